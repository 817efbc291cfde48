"""A file on the import page: handed in, then applied or left by a person's decision; the worker does the long parts."""

import hashlib
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.history import clock
from wellplaced.people.models import Authority, Person
from wellplaced.people.rights import Permission
from wellplaced.register.actions.working import apply_file, compare_file
from wellplaced.register.models import RegisterImport

State = RegisterImport.State


@transaction.atomic
def hand_in(
    *, file_name: str, content: bytes, as_at: date | None, authority: Authority | None, by: Person, on: date
) -> RegisterImport:
    """Keep a file and have it compared; with `authority` it is read as the list that Ofsted sends that authority."""
    _check_may(by, authority.pk if authority else None)
    handed_in = RegisterImport.objects.create(
        authority=authority,
        file_name=file_name[-200:],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        as_at=as_at,
        handed_in_by=by,
        handed_in_at=clock.now(),
    )
    history.record("file handed in", about=handed_in, by=by, changes={"file_name": [None, handed_in.file_name]})
    compare_file.enqueue(handed_in.pk)
    return handed_in


@transaction.atomic
def compare_again(*, handed_in: RegisterImport, by: Person, on: date, seen_revision: int | None) -> RegisterImport:
    """Compare a file anew: the register changed, or the comparison was interrupted. Raises Conflict."""
    _check_may(by, handed_in.authority_id)
    _check_state(handed_in, State.COMPARING, State.COMPARED, State.APPLYING)
    again = _move(handed_in, State.COMPARING, "comparison asked for again", by, seen_revision)
    compare_file.enqueue(again.pk)
    return again


@transaction.atomic
def decide_to_apply(*, handed_in: RegisterImport, by: Person, on: date, seen_revision: int | None) -> RegisterImport:
    """Have the changes made that were shown. Raises Conflict where somebody else decided first."""
    _check_may(by, handed_in.authority_id)
    _check_state(handed_in, State.COMPARED)
    decided = _move(handed_in, State.APPLYING, "import decided", by, seen_revision)
    apply_file.enqueue(decided.pk, by.pk)
    return decided


@transaction.atomic
def leave(*, handed_in: RegisterImport, by: Person, on: date, seen_revision: int | None) -> RegisterImport:
    """Do not apply the file; its content is dropped. Raises Conflict where somebody else decided first."""
    _check_may(by, handed_in.authority_id)
    _check_state(handed_in, State.COMPARED, State.COMPARING)
    left = _move(handed_in, State.LEFT, "import left", by, seen_revision)
    RegisterImport.objects.filter(pk=left.pk).update(content=None, preview=None)
    return left


def _move(
    handed_in: RegisterImport, state: RegisterImport.State, verb: str, by: Person, seen_revision: int | None
) -> RegisterImport:
    moved = history.amend(handed_in, verb=verb, by=by, seen_revision=seen_revision, state=state.value)
    RegisterImport.objects.filter(pk=moved.pk).update(progress=0)
    return moved


def _check_state(handed_in: RegisterImport, *expected: str) -> None:
    """What the record is now, and not what it was on the page, decides."""
    held = RegisterImport.objects.select_for_update().defer("content", "preview", "result").get(pk=handed_in.pk)
    if held.state not in expected:
        raise ValidationError(f"That cannot be done with this file any more: it is {held.get_state_display().lower()}.")


def _check_may(by: Person, authority_id: int | None) -> None:
    if authority_id is None:
        allowed = by.may(Permission.KEEP_REGISTER)
    else:
        allowed = by.may(Permission.LOAD_AUTHORITY_LIST) and by.authority_id == authority_id
    if not allowed:
        raise PermissionDenied
