"""The pages of this room, by subject: find, ask, act, answer."""
