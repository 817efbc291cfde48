"""The desk's pages as frozen dataclasses of finished words: the templates speak and do not think."""
