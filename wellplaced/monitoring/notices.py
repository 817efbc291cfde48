"""Who is told at once, and of what: a listener of the history that writes notices in the same transaction."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from wellplaced.history import clock
from wellplaced.history.models import Event
from wellplaced.monitoring.models import Assignment, Notice
from wellplaced.people.rights import Role
from wellplaced.placements.loading.writing import LOADED
from wellplaced.placements.models import Placement
from wellplaced.placements.warnings import is_outside_age
from wellplaced.register.models import Judgement

PLACEMENT, JUDGEMENT, YOUNG_PERSON = "placements.placement", "register.judgement", "placements.youngperson"


def give(events: Sequence[Event]) -> None:
    """Listener: notices about placements that were recorded or changed, of young people whose age was corrected, and about
    judgements that are new."""
    today = clock.today()
    placements = {event.about_id for event in events if event.about_type == PLACEMENT}
    by_hand = {event.about_id for event in events if event.about_type == PLACEMENT and event.reason != LOADED}
    placements |= _of_corrected_age(events, today)
    judgements = {event.about_id for event in events if event.about_type == JUDGEMENT}
    notices = [
        *_about_placements(placements, today),
        *_where_nobody_looks_after(by_hand, today),
        *_about_judgements(judgements, today),
    ]
    if notices:
        Notice.objects.bulk_create(notices, ignore_conflicts=True)


def _of_corrected_age(events: Sequence[Event], today: date) -> set[int]:
    """The placements, not over yet, of those whose date of birth changed."""
    corrected = {each.about_id for each in events if each.about_type == YOUNG_PERSON and "born_on" in each.changes}
    if not corrected:
        return set()
    rows = Placement.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), young_person__in=corrected)
    return set(rows.values_list("pk", flat=True))


def _about_placements(numbers: set[int], today: date) -> list[Notice]:
    if not numbers:
        return []
    rows = Placement.objects.filter(pk__in=numbers, cancelled=False).select_related("young_person", "provision")
    notices = []
    for row in rows:
        if is_outside_age(row.young_person, row.provision, row.starts_on):
            notices.append(_notice(row, Notice.Kind.AGE, today))
        if row.provision.standing_warning and (row.ends_on is None or row.ends_on >= today):
            notices.append(_notice(row, Notice.Kind.STANDING, today))
    return notices


def _where_nobody_looks_after(numbers: set[int], today: date) -> list[Notice]:
    """What is owed there stands on no officer's page until a manager has said whose it is: one notice a provision.

    Not of a file that is loaded: on going live nobody looks after anything yet, and the page of the file says what to do.
    """
    if not numbers:
        return []
    here = {"authority": OuterRef("authority"), "provision": OuterRef("provision")}
    told = Notice.objects.filter(**here, kind=Notice.Kind.UNASSIGNED, seen_on=None)
    rows = Placement.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), pk__in=numbers, cancelled=False)
    rows = rows.exclude(Exists(Assignment.objects.filter(**here, ends_on=None))).exclude(Exists(told))
    first = {(row.authority_id, row.provision_id): row for row in rows.order_by("-pk")}
    return [_notice(row, Notice.Kind.UNASSIGNED, today) for row in first.values()]


def _notice(placement: Placement, kind: str, today: date) -> Notice:
    return Notice(
        authority_id=placement.authority_id,
        provision_id=placement.provision_id,
        kind=kind,
        for_role=Role.MANAGER,
        about_type=PLACEMENT,
        about_id=placement.pk,
        placement=placement,
        raised_on=today,
    )


def _about_judgements(numbers: set[int], today: date) -> list[Notice]:
    """C7, C8: officers and senior officers of every authority that has a young person placed there are told."""
    if not numbers:
        return []
    current = Placement.objects.current_on(today)
    in_force = Q(provision__judged_on=None) | Q(published_on__gte=F("provision__judged_on"))  # no old news
    new = Judgement.objects.filter(in_force, pk__in=numbers, provision__in=current.values("provision"))
    judgements = {row.provision_id: row for row in new.order_by("published_on")}
    pairs = current.filter(provision__in=judgements).values_list("authority_id", "provision_id").distinct().order_by()
    return [
        Notice(
            authority_id=authority_id,
            provision_id=provision_id,
            kind=Notice.Kind.JUDGEMENT,
            for_role=role,
            about_type=JUDGEMENT,
            about_id=judgements[provision_id].pk,
            judgement=judgements[provision_id],
            raised_on=today,
        )
        for authority_id, provision_id in pairs
        for role in (Role.PLACEMENT_OFFICER, Role.SENIOR_OFFICER)
    ]
