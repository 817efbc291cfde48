"""What a person should know before and after a placement is saved; none of it stops the placement from being recorded."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from wellplaced.people.models import ProvisionType
from wellplaced.placements.models import Placement, YoungPerson
from wellplaced.register.models import Premises, Provision

YOUNGEST, OLDEST = 16, 17  # full years, of whom 16+ supported accommodation is for
# What is asked and said of a first day, in days from today; nothing falls due by it
OUT_OF_HOURS = 14  # recorded no later than that, it may well have been made out of hours
MISTYPED = 180  # further away than that, the year may be mistyped


@dataclass(frozen=True)
class ToKnow:
    """One thing to know. `asks`: it is shown before saving; `manager_told`: a manager finds a notice of it at once."""

    code: str
    text: str
    manager_told: bool = False
    asks: bool = True

    def telling(self, told: str) -> "ToKnow":
        """The same, with the sentence that says whether the manager knows already."""
        return replace(self, text=f"{self.text} {told}") if self.manager_told and told else self


def is_outside_age(young_person: YoungPerson, provision: Provision, starts_on: date) -> bool:
    """Whether somebody is under 16 or over 17 on the first day in 16+ supported accommodation."""
    if provision.type != ProvisionType.SUPPORTED_ACCOMMODATION:
        return False
    return not YOUNGEST <= young_person.age_on(starts_on) <= OLDEST


def warnings_of(placement: Placement, today: date) -> list[ToKnow]:
    """The warnings about a placement that is on record, as it stands today."""
    if placement.cancelled:
        return []
    return warnings_about(
        young_person=placement.young_person,
        provision=placement.provision,
        premises=placement.premises,
        starts_on=placement.starts_on,
        ends_on=placement.ends_on,
        recorded_on=placement.recorded_on,
        today=today,
        but=placement,
        saved=True,
    )


def warnings_about(
    *,
    young_person: YoungPerson,
    provision: Provision,
    premises: Premises | object | None,
    starts_on: date,
    ends_on: date | None,
    recorded_on: date,
    today: date,
    but: Placement | None = None,
    saved: bool = False,
) -> list[ToKnow]:
    """The warnings about a placement with these facts, on record (`saved`) or about to be."""
    new = recorded_on == today or (but is not None and but.starts_on != starts_on)
    over = ends_on is not None and ends_on < today
    found = [
        _age(young_person, provision, starts_on),
        None if over else _standing(provision),
        None if over else _premises(provision, premises),
        _overlap(young_person, starts_on, ends_on, but),
        _after_the_fact(starts_on, recorded_on) if recorded_on == today else None,
        _year(starts_on, today) if new or starts_on > today else None,
        _not_monitored(provision),
    ]
    told = _told(saved=saved, at_once=recorded_on == today)
    return [warning.telling(told) for warning in found if warning is not None]


def _told(*, saved: bool, at_once: bool) -> str:
    """A manager is told when it is saved; of a home that was suspended since nobody was told by this placement."""
    if not saved:
        return "The manager is told at once."
    return "The manager has been told." if at_once else ""


def _age(young_person: YoungPerson, provision: Provision, starts_on: date) -> ToKnow | None:
    if not is_outside_age(young_person, provision, starts_on):
        return None
    return ToKnow(
        "age",
        f"{young_person.initials} is {young_person.age_on(starts_on)} on the first day. 16+ supported accommodation is "
        "for young people of 16 and 17. Check the date of birth and the placement.",
        manager_told=True,
    )


def _standing(provision: Provision) -> ToKnow | None:
    if not provision.standing_warning:
        return None
    return ToKnow(
        "standing",
        f"{provision.known_as}: {provision.standing_warning.lower()}. Check with the provider and with Ofsted before "
        "anybody is placed here.",
        manager_told=True,
    )


def _premises(provision: Provision, premises: object | None) -> ToKnow | None:
    if provision.type != ProvisionType.SUPPORTED_ACCOMMODATION or premises is not None:
        return None
    return ToKnow(
        "premises",
        "No flat or shared house is given. In 16+ supported accommodation the premises are what a visit must see (R7): "
        "add them as soon as they are known.",
    )


def _overlap(young_person: YoungPerson, starts_on: date, ends_on: date | None, but: Placement | None) -> ToKnow | None:
    own = Placement.objects.of(young_person.authority_id).filter(young_person=young_person, cancelled=False)
    others = own.exclude(pk__in=[but.pk] if but else []).with_local_names(young_person.authority_id)
    clash = next((each for each in others if share_a_day(each, starts_on, ends_on)), None)
    if clash is None:
        return None
    return ToKnow(
        "overlap",
        f"{young_person.initials} has another placement at the same time: {clash.provision.known_as}, {_from_to(clash)}",
    )


def _from_to(clash: Placement) -> str:
    """Its days, and what to do about them: an end is given, or a wrong one corrected."""
    if clash.ends_on is None:
        return f"from {_day(clash.starts_on)}, with no end yet. End that one if it is over."
    return f"from {_day(clash.starts_on)} to {_day(clash.ends_on)}. Correct the days of whichever is wrong."


class Days(Protocol):
    """A placement, on record or of a file."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date | None: ...


def share_a_day(other: Days, starts_on: date, ends_on: date | None) -> bool:
    """One that ends on the day on which the other starts is a move, and no overlap."""
    return (ends_on is None or other.starts_on < ends_on) and (other.ends_on is None or other.ends_on > starts_on)


def _after_the_fact(starts_on: date, recorded_on: date) -> ToKnow | None:
    late = (recorded_on - starts_on).days
    if not 0 < late <= MISTYPED:
        return None
    normal = "That is normal for a placement made out of hours. " if late <= OUT_OF_HOURS else ""
    return ToKnow(
        "after_the_fact",
        f"Recorded {late} day{'' if late == 1 else 's'} after the start. {normal}Days count from the start, so the initial "
        "visit may be overdue already: the provision’s page says by when it was due and what to do now (C4).",
        asks=False,
    )


def _year(starts_on: date, today: date) -> ToKnow | None:
    """The year of a first day is easily mistyped, and every date would follow from it."""
    away = (starts_on - today).days
    if abs(away) <= MISTYPED:
        return None
    how_far = f"{-away:,} days ago" if away < 0 else f"{away:,} days ahead"
    return ToKnow(
        "year", f"The start, {_day(starts_on)}, is {how_far}: is the year right? Every due date follows from it."
    )


def _not_monitored(provision: Provision) -> ToKnow | None:
    if provision.type != ProvisionType.NOT_MONITORED:
        return None
    return ToKnow(
        "not_monitored",
        "Provisions of this kind are not monitored under the guidance: no visit will be owed. Check that this is the "
        "right provision.",
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
