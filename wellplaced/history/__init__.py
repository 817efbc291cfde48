"""The append-only record of who did what, to what, when, from what to what.

`record` is the one call by which an action tells the rest of the house that something happened. The listeners named in
`settings.HISTORY_LISTENERS` are called in that order with the events, in the same transaction, so that what follows from
a fact (what is owed) is stored together with the fact or not at all. `amend` changes a record that a person had open,
refuses to overwrite what somebody else saved meanwhile, and records each field from what to what. `once` does the work
of a form that is sent twice once; `recorded_that_day` finds what somebody made already that says the same. Inside
`together` several actions are told of at the end, once.
"""

from wellplaced.history.once import made_before, once, recorded_that_day
from wellplaced.history.recording import Conflict, NewEvent, amend, record, record_many, together

__all__ = [
    "Conflict",
    "NewEvent",
    "amend",
    "made_before",
    "once",
    "record",
    "record_many",
    "recorded_that_day",
    "together",
]
