"""The report of a visit: the document, its rounds with the senior officer, comments, Mosaic, the close (C18 to C23)."""
