"""Tests of the report of a visit, its rounds of review, comments, Mosaic and the close (C18 to C23)."""
