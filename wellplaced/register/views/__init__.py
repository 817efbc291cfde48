"""The pages of the register: find, ask, act, answer."""
