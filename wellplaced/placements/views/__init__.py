"""The pages of this room: find, ask, act, answer."""
