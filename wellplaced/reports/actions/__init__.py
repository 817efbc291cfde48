"""Every write of this room: a verb, keyword-only, atomic, with `by` and `on` (today), recorded in the history."""
