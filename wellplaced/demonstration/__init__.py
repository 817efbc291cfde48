"""The demonstration authority, built by the actions that people use."""
