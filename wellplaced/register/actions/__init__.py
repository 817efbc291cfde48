"""Every write of this room but the import itself. A refusal is Django's ValidationError, with the field it is about."""

from wellplaced.register.actions.details import describe_provision
from wellplaced.register.actions.entering import change_entered_provision, enter_provision
from wellplaced.register.actions.judgements import add_judgement, correct_judgement
from wellplaced.register.actions.premises import add_premises, change_premises, close_premises
from wellplaced.register.actions.registrations import correct_registration, link_registration, settle_left

__all__ = [
    "add_judgement",
    "add_premises",
    "change_entered_provision",
    "change_premises",
    "close_premises",
    "correct_judgement",
    "correct_registration",
    "describe_provision",
    "enter_provision",
    "link_registration",
    "settle_left",
]
