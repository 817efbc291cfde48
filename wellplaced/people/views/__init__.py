"""The pages of this room."""

from wellplaced.people.views.account import account, change_password, rights
from wellplaced.people.views.approvals import approve, correct_approval, end_approval
from wellplaced.people.views.authorities import add_authority, authorities, change_authority
from wellplaced.people.views.cover import (
    add_closure_day,
    arrange_cover,
    closure_days,
    cover,
    end_cover,
    remove_closure_day,
)
from wellplaced.people.views.staff import (
    add_person,
    change_person,
    deactivate_person,
    person,
    reactivate_person,
    send_link,
    set_roles,
    staff,
)
from wellplaced.people.views.typed import discard_typed, typed

__all__ = [
    "account",
    "add_authority",
    "add_closure_day",
    "add_person",
    "approve",
    "arrange_cover",
    "authorities",
    "change_authority",
    "change_password",
    "change_person",
    "closure_days",
    "correct_approval",
    "cover",
    "deactivate_person",
    "discard_typed",
    "end_approval",
    "end_cover",
    "person",
    "reactivate_person",
    "remove_closure_day",
    "rights",
    "send_link",
    "set_roles",
    "staff",
    "typed",
]
