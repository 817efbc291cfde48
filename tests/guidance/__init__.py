"""Tests of the guidance: tables of cases and refusals, properties, a slow reckoning to compare with, the command."""
