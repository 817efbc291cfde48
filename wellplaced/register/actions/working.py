"""The worker's parts of an import: comparing a file that was handed in with the register, and making its changes."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django_tasks import task

from wellplaced import history
from wellplaced.history import clock
from wellplaced.people.models import Authority, Person
from wellplaced.register import importing
from wellplaced.register.models import RegisterImport
from wellplaced.register.reading import RegisterFile, UnreadableFile, read_bytes

State = RegisterImport.State
PUBLIC = (
    "This is a file that Ofsted publishes: whoever keeps the shared register imports it. "
    "Here you load the list that Ofsted sends your authority."
)
CONFIDENTIAL = (
    "This is the list that Ofsted sends to one authority, with names and addresses. "
    "It is loaded for that authority only, and not into the shared register."
)
CHANGED = "The register changed after the file was compared. It is compared again: look at the changes once more."


@task()
def compare_file(number: int) -> None:
    """The worker's first part: read the file, compare it, and keep what it would change; or say why it is refused."""
    handed_in = RegisterImport.objects.get(pk=number)
    if handed_in.state != State.COMPARING:
        return
    try:
        comparison = _compared(handed_in)
    except UnreadableFile as refusal:
        _set(handed_in, State.COMPARING, state=State.REFUSED, why_refused=str(refusal), content=None)
        return
    _set(handed_in, State.COMPARING, state=State.COMPARED, why_refused="", **_shown(comparison))


@task()
def apply_file(number: int, by_id: int) -> None:
    """The worker's second part: make the changes that were shown; where they are others by now, show those instead."""
    handed_in = RegisterImport.objects.get(pk=number)
    if handed_in.state != State.APPLYING:
        return
    by = Person.objects.get(pk=by_id)
    comparison = _compared(handed_in)
    shown = _shown(comparison)
    applied = False
    if shown["preview"] == handed_in.preview:
        try:
            importing.apply(comparison, by=by, on=clock.today())
            applied = True
        except importing.RegisterChanged:
            shown = _shown(_compared(handed_in))
    if not applied:
        _set(handed_in, State.APPLYING, state=State.COMPARED, why_refused=CHANGED, **shown)
        return
    _finish(handed_in, by)


@transaction.atomic
def _finish(handed_in: RegisterImport, by: Person) -> None:
    _set(handed_in, State.APPLYING, state=State.APPLIED, applied_at=clock.now(), content=None, progress=100)
    counts = (handed_in.result or {}).get("changes", {})
    changes = {name: [0, count] for name, count in counts.items() if count}
    history.record("file applied", about=handed_in, by=by, changes=changes)


def _compared(handed_in: RegisterImport) -> importing.Comparison:
    _tell(handed_in, 5)
    file = read_bytes(bytes(handed_in.content or b""), handed_in.as_at)
    if why := _misplaced(file, handed_in.authority):
        raise NotHere(why)
    return importing.compare(
        file, authority=handed_in.authority, progress=lambda per_cent: _tell(handed_in, min(per_cent, 99))
    )


class NotHere(UnreadableFile):
    """A file of Ofsted's that is handed in at the wrong place. Its text says where it belongs."""

    def __init__(self, why: str) -> None:
        Exception.__init__(self, why)


def _misplaced(file: RegisterFile, authority: Authority | None) -> str:
    layouts = {sheet.layout for sheet in file.sheets}
    if authority:
        return PUBLIC if layouts - {"authority_list"} else ""
    return CONFIDENTIAL if "authority_list" in layouts else ""


def _shown(comparison: importing.Comparison) -> dict[str, Any]:
    """What the page shows of a comparison, as it comes back from the database."""
    result, preview = importing.result(comparison), importing.preview(comparison)
    as_at = comparison.file.as_at
    stored: Mapping[str, Any] = json.loads(json.dumps({"result": result, "preview": preview}, default=str))
    return {**stored, "as_at": as_at}


def _tell(handed_in: RegisterImport, per_cent: int) -> None:
    RegisterImport.objects.filter(pk=handed_in.pk).update(progress=per_cent)


def _set(handed_in: RegisterImport, expected: str, **values: Any) -> None:
    """Set what the worker found, unless a person decided otherwise meanwhile."""
    own = RegisterImport.objects.filter(pk=handed_in.pk, state=expected)
    own.update(revision=F("revision") + 1, **values)
