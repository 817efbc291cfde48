"""Every write of this room: a verb, keyword-only, atomic, with `by`, recorded in the history, which refreshes what is owed.

A refusal is Django's ValidationError, in words for the page, with the field that it is about. A record that somebody else
saved meanwhile raises history.Conflict; a fact that cannot be raises guidance.Refusal; in each case nothing is written.
"""

from wellplaced.placements.actions.loads import apply_load, hand_in, leave_load
from wellplaced.placements.actions.placements import (
    NewPremises,
    cancel_placement,
    change_placement,
    end_placement,
    record_placement,
    reinstate_placement,
)
from wellplaced.placements.actions.professionals import add_professional, change_professional, end_professional
from wellplaced.placements.actions.young_people import (
    add_young_person,
    change_young_person,
    lift_restriction,
    name_on_record,
    open_record,
    restrict_record,
)

__all__ = [
    "NewPremises",
    "add_professional",
    "add_young_person",
    "apply_load",
    "cancel_placement",
    "change_placement",
    "change_professional",
    "change_young_person",
    "end_placement",
    "end_professional",
    "hand_in",
    "leave_load",
    "lift_restriction",
    "name_on_record",
    "open_record",
    "record_placement",
    "reinstate_placement",
    "restrict_record",
]
