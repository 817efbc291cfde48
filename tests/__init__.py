"""Tests, by room; journeys walk the procedure in a browser, architecture holds the conventions."""
