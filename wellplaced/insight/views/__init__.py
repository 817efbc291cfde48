"""The views of this room: find, ask, act, answer."""
