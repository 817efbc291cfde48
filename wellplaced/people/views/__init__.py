"""The pages of this room."""

from wellplaced.people.views.account import account, rights
from wellplaced.people.views.typed import discard_typed, typed

__all__ = ["account", "discard_typed", "rights", "typed"]
