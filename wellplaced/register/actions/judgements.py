"""A judgement typed by hand: of a provision entered by hand, or published by Ofsted before the next file is out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from wellplaced import history
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.rights import Permission
from wellplaced.register import standing
from wellplaced.register.models import GRADED, Judgement, Outcome, Provision, Scale

FIELDS = ("outcome", "words", "event_type", "event_number", "inspected_on", "published_on")
SUPPORTED = [Outcome.CONSISTENTLY_STRONG, Outcome.INCONSISTENT, Outcome.SERIOUS_WEAKNESSES]


def outcomes_for(provision_type: str) -> list[Outcome]:
    """What an inspection of such a provision can conclude, on its scale."""
    scale = SUPPORTED if provision_type == ProvisionType.SUPPORTED_ACCOMMODATION else GRADED
    return [*scale, Outcome.NOT_JUDGED]


def scale_of(outcome: str) -> Scale:
    """The scale to which an outcome belongs."""
    if outcome in GRADED:
        return Scale.FOUR_POINT
    return Scale.SUPPORTED_ACCOMMODATION if outcome in SUPPORTED else Scale.NOT_JUDGED


def may_judge(person: Person, provision: Provision) -> bool:
    """Of one's own authority's provisions who may enter them; of shared ones who may correct the register."""
    if provision.entered_by_id is None:
        return person.may(Permission.CORRECT_REGISTER)
    return person.may(Permission.ENTER_PROVISION) and provision.entered_by_id == person.authority_id


def may_correct(person: Person, judgement: Judgement) -> bool:
    """One's own authority's judgement who may enter provisions; a shared one who may correct the register."""
    if judgement.entered_by_id is None:
        return person.may(Permission.CORRECT_REGISTER)
    return person.may(Permission.ENTER_PROVISION) and judgement.entered_by_id == person.authority_id


@transaction.atomic
def add_judgement(
    *,
    provision: Provision,
    outcome: str,
    published_on: date,
    inspected_on: date | None = None,
    words: str = "",
    event_type: str = "",
    event_number: str = "",
    by: Person,
    on: date,
) -> Judgement:
    """Record what an inspection concluded; what is owed at the provision follows from the day of publication (C7, C8).

    Raises ValidationError where the outcome is not of the provision's scale or a day cannot be.
    """
    if not may_judge(by, provision):
        raise PermissionDenied
    judgement = Judgement(
        provision=provision,
        registration=standing.registration_that_counts(provision.registrations.all()),
        scale=scale_of(outcome),
        outcome=outcome,
        published_on=published_on,
        inspected_on=inspected_on,
        words=words.strip(),
        event_type=event_type.strip(),
        event_number=event_number.strip(),
        entered_by_id=provision.entered_by_id,
    )
    _check(judgement, on)
    with _one_record_an_inspection():
        judgement.save()
    standing.refresh([provision.pk])
    changes = {field: [None, value] for field in FIELDS if (value := getattr(judgement, field))}
    history.record("judgement recorded", about=judgement, by=by, happened_on=published_on, changes=changes)
    return judgement


@transaction.atomic
def correct_judgement(
    *, judgement: Judgement, by: Person, on: date, seen_revision: int | None, **values: Any
) -> Judgement:
    """Correct any of FIELDS. Raises Conflict where somebody else saved first, ValidationError as `add_judgement`."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"a judgement has no {', '.join(sorted(unknown))}")
    if not may_correct(by, judgement):
        raise PermissionDenied
    for name, value in values.items():
        setattr(judgement, name, value)
    judgement.scale = scale_of(judgement.outcome)
    _check(judgement, on)
    values["scale"] = judgement.scale
    with _one_record_an_inspection():
        corrected = history.amend(judgement, verb="judgement corrected", by=by, seen_revision=seen_revision, **values)
    standing.refresh([corrected.provision_id])
    return corrected


def _check(judgement: Judgement, on: date) -> None:
    if judgement.outcome not in outcomes_for(judgement.provision.type):
        raise ValidationError(
            {"outcome": "Choose an outcome of the scale that Ofsted uses for this type of provision."}
        )
    if judgement.published_on > on:
        raise ValidationError(
            {"published_on": "The day of publication is still to come. Record it once it is published."}
        )
    if judgement.entered_by_id is None and not judgement.inspected_on:  # Ofsted's file finds it by that day
        raise ValidationError(
            {"inspected_on": "Enter the day of the inspection, so that Ofsted’s file does not repeat it."}
        )
    if judgement.inspected_on and judgement.inspected_on > judgement.published_on:
        raise ValidationError({"inspected_on": "The inspection must be on or before the day of publication."})


@contextmanager
def _one_record_an_inspection() -> Iterator[None]:
    """The database holds an inspection's number once a registration; say so on the field."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        said = "This inspection is recorded here already. Correct that record instead."
        raise ValidationError({"event_number": said}) from error
