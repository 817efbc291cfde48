"""Journeys: a real browser walks the procedure, one story a clause; axe finds nothing on any page on the way."""
