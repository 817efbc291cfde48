"""The demonstration authority."""
