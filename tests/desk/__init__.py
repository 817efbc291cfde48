"""Tests of the pages at the top of the house."""
