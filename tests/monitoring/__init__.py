"""Tests of what is owed, of the actions behind it, and of its pages."""
