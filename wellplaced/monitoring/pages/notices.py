"""Notices as the page shows them: what happened, where, about whom, and where to go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from wellplaced.design.tags import Link
from wellplaced.monitoring.columns import at_place, place
from wellplaced.monitoring.models import Notice
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.timeframes import warnings
from wellplaced.people.models import Person
from wellplaced.people.rights import ROLE_NAMES, Permission, Role

SHOWN = 50  # the newest of those that nobody has seen; the others come up as these are marked
SHOWN_SEEN = 20  # how many of those seen already stand below the new ones


@dataclass(frozen=True)
class Told:
    """One notice."""

    notice: Notice
    what: str
    where: Any
    about: Any
    for_whom: str


@dataclass(frozen=True)
class NoticesPage:
    """Unseen ones, those seen lately, and what managers are told of the timeframes (C26)."""

    unseen: Sequence[Told]
    more: bool  # unseen ones are left that are not shown
    seen: Sequence[Told]
    warnings: Sequence[str]


def notices_page(person: Person, today: date) -> NoticesPage:
    """The notices for the person's roles, and for those of the colleagues for whom they act today."""
    mine = Notice.objects.seen_by(person).filter(for_role__in=person.own_and_lent_roles)
    rows = at_place(mine).select_related("provision", "placement__young_person", "judgement", "seen_by")
    unseen = list(rows.filter(seen_on=None).order_by("-raised_on", "-pk")[: SHOWN + 1])
    sight = Sight.of(person)
    return NoticesPage(
        unseen=[_told(row, sight) for row in unseen[:SHOWN]],
        more=len(unseen) > SHOWN,
        seen=[_told(row, sight) for row in rows.filter(seen_on__isnull=False).order_by("-seen_on", "-pk")[:SHOWN_SEEN]],
        warnings=warnings(person.own_authority.pk, today) if person.may(Permission.KEEP_TIMEFRAMES) else (),
    )


def _told(notice: Any, sight: Sight) -> Told:
    about: Any = ""
    if notice.placement:
        about = sight.name(notice.placement.young_person)
    elif notice.judgement:
        about = Link(str(notice.judgement), reverse("monitoring:action_plan", args=[notice.judgement_id]))
    return Told(notice, str(notice), place(notice), about, ROLE_NAMES[Role(notice.for_role)])
