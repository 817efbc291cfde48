"""What an authority gathers besides visits: restricted records, professionals, history, notices; another authority near by."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from wellplaced.history.models import Event
from wellplaced.monitoring.models import Assignment, Notice, Refreshed, Task, Visit
from wellplaced.people.models import Authority, Person
from wellplaced.people.rights import Role
from wellplaced.placements.models import NamedOnRecord, Placement, Professional, ProfessionalRole, YoungPerson
from wellplaced.register.models import Judgement, Provision

BATCH = 2_000
RESTRICTED_EVERY, SHARED_EVERY = 25, 10
OF_A_VISIT = ("visit booked", "step recorded", "visit held", "report submitted", "visit closed")


def fill(authority: Authority, officers: Sequence[Person], provisions: Sequence[Provision], today: date) -> None:
    """In bulk, after the visits and before what is owed is computed."""
    _young_people(authority, officers)
    _history(authority, officers)
    _notices_and_tasks(authority, provisions, officers[0], today)
    _another_authority(provisions[::SHARED_EVERY], today)


def _young_people(authority: Authority, officers: Sequence[Person]) -> None:
    """Every 25th record is restricted, half of those to somebody else's eyes; each young person has a CSW and an IRO."""
    everybody = list(YoungPerson.objects.of(authority.pk).order_by("pk"))
    closed = everybody[7::RESTRICTED_EVERY]
    YoungPerson.objects.filter(pk__in=[each.pk for each in closed]).update(restricted=True)
    NamedOnRecord.objects.bulk_create(
        NamedOnRecord(young_person=each, person=officers[n % 2 * (n % len(officers))]) for n, each in enumerate(closed)
    )
    Professional.objects.bulk_create(
        (
            Professional(
                authority=authority,
                young_person=each,
                role=role,
                name=f"{role.upper()} {n % 60}",
                email=f"{role}{n % 60}@bench.example",
                starts_on=date(2015, 1, 1),
            )
            for n, each in enumerate(everybody)
            for role in (ProfessionalRole.CSW, ProfessionalRole.IRO)
        ),
        batch_size=BATCH,
    )


def _history(authority: Authority, officers: Sequence[Person]) -> None:
    """Five events of each visit, one of each placement."""
    names = {each.pk: each.name for each in officers}
    of_visits = (
        Event(
            at=_at(visit.visit_on) + timedelta(days=7 * number - 14),
            verb=verb,
            authority_id=authority.pk,
            about_type=Visit._meta.label_lower,
            about_id=visit.pk,
            provision_id=visit.provision_id,
            by_id=visit.officer_id,
            by_name=names[visit.officer_id or 0],
            changes={"state": ["booked", "held"]} if verb == "visit held" else {},
        )
        for visit in Visit.objects.filter(authority=authority).iterator()
        for number, verb in enumerate(OF_A_VISIT)
    )
    of_placements = (
        Event(
            at=_at(each.recorded_on),
            verb="placement recorded",
            authority_id=authority.pk,
            about_type=Placement._meta.label_lower,
            about_id=each.pk,
            provision_id=each.provision_id,
            young_person_id=each.young_person_id,
            by_id=officers[0].pk,
            by_name=officers[0].name,
        )
        for each in Placement.objects.filter(authority=authority).iterator()
    )
    Event.objects.bulk_create(of_visits, batch_size=BATCH)
    Event.objects.bulk_create(of_placements, batch_size=BATCH)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def _notices_and_tasks(authority: Authority, provisions: Sequence[Provision], by: Person, today: date) -> None:
    """Of each judgement two notices, of which every third is unseen; of each provision three tasks done."""
    judgements = Judgement.objects.filter(provision__in=[each.pk for each in provisions]).order_by("pk")
    Notice.objects.bulk_create(
        (
            Notice(
                authority=authority,
                provision_id=each.provision_id,
                kind=Notice.Kind.JUDGEMENT,
                for_role=role,
                about_type=Judgement._meta.label_lower,
                about_id=each.pk,
                judgement=each,
                raised_on=each.published_on,
                seen_on=None if n % 3 == 0 else today,
                seen_by=None if n % 3 == 0 else by,
            )
            for n, each in enumerate(judgements)
            for role in (Role.PLACEMENT_OFFICER, Role.SENIOR_OFFICER)
        ),
        batch_size=BATCH,
    )
    Task.objects.bulk_create(
        (
            Task(authority=authority, provision=each, what="Mend the window", owner=Task.Owner.PROVIDER, done_on=day)
            for each in provisions
            for day in (today - timedelta(days=back) for back in (100, 400, 800))
        ),
        batch_size=BATCH,
    )


def _another_authority(shared: Sequence[Provision], today: date) -> None:
    """Its own young people at every tenth provision."""
    other = Authority.objects.get(code="other")
    officer = Person.objects.get(authority=other)
    start = today - timedelta(days=60)
    young_people = YoungPerson.objects.bulk_create(
        YoungPerson(authority=other, reference=str(n), initials="CD", born_on=date(2011, 1, 1))
        for n in range(len(shared))
    )
    Placement.objects.bulk_create(
        Placement(authority=other, young_person=one, provision=each, starts_on=start, recorded_on=start)
        for one, each in zip(young_people, shared, strict=True)
    )
    Assignment.objects.bulk_create(
        Assignment(authority=other, provision=each, officer=officer, starts_on=start) for each in shared
    )
    Refreshed.objects.bulk_create(Refreshed(authority=other, provision=each, refreshed_on=today) for each in shared)
