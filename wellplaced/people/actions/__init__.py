"""Every write of this room. A refusal is Django's ValidationError, in words for the page, with the field it is about."""

from wellplaced.people.actions.approvals import approve, correct_approval, end_approval
from wellplaced.people.actions.authorities import (
    add_authority,
    add_closure_day,
    add_operator,
    change_authority,
    remove_closure_day,
)
from wellplaced.people.actions.cover import arrange_cover, end_cover
from wellplaced.people.actions.staff import (
    add_person,
    change_person,
    deactivate_person,
    reactivate_person,
    set_password,
    set_roles,
    share_password,
)

__all__ = [
    "add_authority",
    "add_closure_day",
    "add_operator",
    "add_person",
    "approve",
    "arrange_cover",
    "change_authority",
    "change_person",
    "correct_approval",
    "deactivate_person",
    "end_approval",
    "end_cover",
    "reactivate_person",
    "remove_closure_day",
    "set_password",
    "set_roles",
    "share_password",
]
