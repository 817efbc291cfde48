"""Leave and cover: somebody acts for another for a named period, on record."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.design.words import day as in_words
from wellplaced.people.actions.alone import alone_with
from wellplaced.people.covering import needed_to_act_for
from wellplaced.people.models import Authority, Cover, Person


@transaction.atomic
def arrange_cover(
    *, absent: Person, covering: Person, starts_on: date, ends_on: date, by: Person, reason: str = ""
) -> Cover:
    """Let `covering` act for `absent` from the first to the last day, both included."""
    authority = _authority(absent, covering, by)
    covering = alone_with(covering, absent)
    if problems := _problems(absent, covering, starts_on, ends_on):
        raise ValidationError(problems)
    _check_free(absent, covering, starts_on, ends_on)
    cover = Cover.objects.create(
        authority=authority,
        absent=absent,
        covering=covering,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
    )
    changes = {name: [None, getattr(cover, name)] for name in ("absent_id", "covering_id", "starts_on", "ends_on")}
    history.record("cover arranged", about=cover, by=by, for_id=absent.pk, happened_on=starts_on, changes=changes)
    return cover


@transaction.atomic
def end_cover(*, cover: Cover, on: date, seen_revision: int | None, by: Person, reason: str = "") -> Cover:
    """End cover before its last day: from `on` nobody acts any more. Before its first day: it never begins."""
    if cover.authority_id != by.authority_id:
        raise ValidationError("Cover is ended by the authority that arranged it.")
    if on > cover.ends_on:
        raise ValidationError(f"This cover ended on {in_words(cover.ends_on)}. There is nothing left to end.")
    if cover.ended_early_on is not None:
        raise ValidationError("This cover has been ended already.")
    return history.amend(
        cover,
        verb="cover ended",
        by=by,
        seen_revision=seen_revision,
        happened_on=on,
        reason=reason,
        ended_early_on=on,
    )


def _authority(absent: Person, covering: Person, by: Person) -> Authority:
    if absent.authority is None or {absent.authority_id, covering.authority_id} != {by.authority_id}:
        raise ValidationError("Cover is arranged between colleagues of one authority.")
    return absent.authority


def _problems(absent: Person, covering: Person, starts_on: date, ends_on: date) -> dict[str, str]:
    """All that is wrong, each with the field that it is said at."""
    found = {}
    if absent.pk == covering.pk:
        found["covering"] = "Choose somebody else: nobody covers for themselves."
    elif not covering.is_active:
        found["covering"] = f"{covering} no longer works here. Choose somebody else."
    elif (needed := needed_to_act_for(absent)) and not covering.may(needed):
        found["covering"] = f"{covering} cannot act for {absent}: choose somebody who may {needed.value}"
    if ends_on < starts_on:
        found["ends_on"] = "The last day must be on or after the first day."
    return found


def _check_free(absent: Person, covering: Person, starts_on: date, ends_on: date) -> None:
    standing = Cover.objects.filter(ended_early_on=None).overlapping(starts_on, ends_on)
    if clash := standing.filter(absent=absent, covering=covering).first():
        raise ValidationError(f"{covering} covers for {absent} already, until {in_words(clash.ends_on)}.")
    if clash := standing.filter(absent=covering).first():
        away = f"from {in_words(clash.starts_on)} to {in_words(clash.ends_on)}"
        raise ValidationError({"covering": f"{covering} is away too, {away}. Choose somebody else or other days."})
