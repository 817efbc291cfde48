"""Finished words for the pages that need more than a record and a form."""
