"""The demonstration: built by the actions that people use, dated relative to today, the same each time."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.models import Min, QuerySet
from django.test import Client

from wellplaced.bankholidays import england
from wellplaced.demonstration.people import FIRST, sign_ins
from wellplaced.demonstration.story import tell
from wellplaced.desk.pages.my_work import my_work
from wellplaced.guidance.steps import STEPS
from wellplaced.history import clock
from wellplaced.history.models import Event
from wellplaced.monitoring.models import (
    Concern,
    Feedback,
    OtherAuthorityCheck,
    Outcome,
    PlanChase,
    Recipient,
    Requirement,
    RequirementState,
    Step,
    StepRecord,
    Task,
    Visit,
    VisitState,
    Waiver,
)
from wellplaced.people.models import Cover, Person, ProvisionType
from wellplaced.people.rights import Role
from wellplaced.placements.models import Placement, YoungPerson
from wellplaced.register.models import Judgement, LocalDetails, Premises, Provision
from wellplaced.reports.models import MosaicUpload, Report, ReportState, Round

WEDNESDAY, CHRISTMAS = date(2026, 11, 25), date(2026, 12, 25)


def told(today: date) -> dict[str, Any]:
    """The story in a transaction of its own that is undone; what it held, without numbers of rows."""
    with time_machine.travel(datetime(today.year, today.month, today.day, 9, tzinfo=UTC)), transaction.atomic():
        tell(today, lambda line: None)
        found = {
            "types": Counter(Provision.objects.values_list("type", flat=True)),
            "flats": Premises.objects.filter(kind="flat").count(),
            "young_people": sorted(YoungPerson.objects.values_list("reference", "initials", "born_on")),
            "owed": sorted(Requirement.objects.values_list("kind", "clause", "state", "due_on"), key=repr),
            "visits": sorted(Visit.objects.values_list("visit_on", "state", "officer__name"), key=repr),
            "concerns": sorted(Concern.objects.values_list("raised_on", "summary")),
            "first": Placement.objects.aggregate(first=Min("starts_on"))["first"],
            "late": Requirement.objects.filter(state="discharged", in_time=False).count(),
            "overdue": Requirement.objects.overdue(today).count(),
            "steps": sorted(Step.objects.values_list("step", "state", "due_on", "done_on"), key=repr),
            "open": set(Step.objects.live().open().values_list("step", flat=True)),
            "rounds": Round.objects.filter(number=2).count(),
            "reports": set(Report.objects.values_list("state", flat=True)),
            "refused": Event.objects.filter(verb="visit not held", reason="").exists(),
            "late comments": Step.objects.filter(step="comment_received", in_time=False).count(),
            "silent": Step.objects.filter(step="comment_received").overdue(today).count(),
            "chased": Step.objects.filter(step="questionnaires_chased", state="done").count(),
            "shared": _shared(),
            "roles": {Role(role) for role in Person.objects.values_list("roles__role", flat=True)},
            "sign_ins": sign_ins(),
            "visits in": set(Visit.objects.values_list("state", flat=True)),
            "outcomes": set(
                Event.objects.filter(verb__startswith="visit ").values_list("changes__outcome__1", flat=True)
            ),
            "owed in": set(Requirement.objects.values_list("state", flat=True)),
            "around": _around(),
            "off days": _off_days(),
            "pages": _pages(),
            "work": {mailbox: _work(mailbox, today) for mailbox in ("officer", "senior", "manager")},
        }
        transaction.set_rollback(True)
    return found


once_told = cache(told)


def _shared() -> int:
    of_each = [
        set(Placement.objects.filter(authority__name__startswith=name).values_list("provision", flat=True))
        for name in ("Fenmarket", "Alderbrook")
    ]
    return len(set.intersection(*of_each))


def _around() -> set[str]:
    """What else the first authority's story tells of."""
    own = Visit.objects.filter(authority__name__startswith="Fenmarket")
    there: dict[str, QuerySet[Any]] = {
        "unannounced": own.exclude(unannounced_because=""),
        "short notice": own.exclude(short_notice_because=""),
        "feedback awaited": Feedback.objects.filter(asked_on__isnull=False, answered_on=None, visit__in=own),
        "plan chased": PlanChase.objects.all(),
        "plan received": Event.objects.filter(verb="action plan received"),
        "other authority asked": OtherAuthorityCheck.objects.all(),
        "waiver": Waiver.objects.all(),
        "restricted": YoungPerson.objects.filter(restricted=True),
        "cover": Cover.objects.all(),
        "contract": LocalDetails.objects.exclude(under_contract_from=None),
        "move to come": Placement.objects.filter(starts_on__gt=clock.today()),
        "reopened": Event.objects.filter(verb="visit reopened"),
    }
    return {what for what, rows in there.items() if rows.exists()}


def _off_days() -> set[tuple[str, date]]:
    """Weekends and bank holidays on which somebody is said to have visited, booked, written or published."""
    worked = (
        (Visit, "visit_on"), (Visit, "booked_on"), (Visit, "closed_on"), (StepRecord, "done_on"), (Recipient, "answered_on"),
        (Feedback, "asked_on"), (Round, "submitted_on"), (Round, "returned_on"), (MosaicUpload, "uploaded_on"),
        (Concern, "raised_on"), (Judgement, "inspected_on"), (Judgement, "published_on"), (PlanChase, "chased_on"),
        (Waiver, "waived_on"), (OtherAuthorityCheck, "asked_on"), (Task, "done_on"),
    )  # fmt: skip
    return {
        (f"{model.__name__}.{name}", day)
        for model, name in worked
        for day in model._default_manager.exclude(**{name: None}).values_list(name, flat=True)
        if not england().is_working(day)
    }


def _pages() -> dict[str, Counter[str]]:
    """For each role: of each page that its navigation leads to, whether it has something to show."""
    found = {}
    for mailbox in ("officer", "senior", "manager", "administrator", "viewer"):
        client = Client()
        client.force_login(Person.objects.get(email=f"{mailbox}@{FIRST}"), backend="wellplaced.people.sign_in.Backend")
        home = client.get("/").content.decode()
        navigation = re.findall(r'govuk-service-navigation__link" href="([^"]+)"', home)
        assert len(navigation) > 3, f"{mailbox} has somewhere to go"
        empty = [page for page in navigation if 'class="wp-empty"' in client.get(page).content.decode()]
        found[mailbox] = Counter({"pages": len(navigation), **dict.fromkeys(empty, 1)})
    return found


def _work(mailbox: str, today: date) -> set[str]:
    page = my_work(Person.objects.get(email=f"{mailbox}@{FIRST}"), today)
    return {section.key for section in page.filled}


@pytest.mark.django_db
def test_the_demonstration_is_whole_and_the_same_each_time() -> None:
    first = once_told(WEDNESDAY)
    monitored = {kind: first["types"][kind] for kind, _ in ProvisionType.monitored()}
    assert all(monitored.values()), "provisions of all four types"
    assert sum(monitored.values()) >= 60
    assert first["flats"] > 10
    assert len(first["young_people"]) == 120
    assert (WEDNESDAY - first["first"]).days > 500, "eighteen months of history"
    assert first["shared"] > 3, "the second authority shares provisions"
    assert first["roles"] == set(Role)
    assert "manager@" in first["sign_ins"]
    assert first["work"]["officer"] >= {"overdue", "waiting", "today", "week", "later"}
    assert first["work"]["senior"] >= {"overdue", "waiting", "today", "week", "later"}
    assert first["work"]["manager"] >= {"waiting"}
    assert told(WEDNESDAY) == first


@pytest.mark.django_db
@pytest.mark.parametrize("today", [WEDNESDAY, CHRISTMAS], ids=str)
def test_every_state_is_there_and_nobody_works_on_a_closed_day(today: date) -> None:
    first = once_told(today)
    assert not first["off days"]
    assert first["late"] > 3, "some of it late"
    assert first["overdue"] > 3
    assert first["visits in"] == set(VisitState), "visits in every state"
    assert first["outcomes"] >= set(Outcome), "refused, broken off, nobody living there"
    assert first["owed in"] == set(RequirementState), "requirements in every state"
    assert first["open"] >= set(STEPS), "visits stand at every step"
    assert first["reports"] >= set(ReportState) - {ReportState.DRAFTING}
    assert first["rounds"] > 3, "reports that went to the senior officer twice"
    assert first["late comments"] > 0
    assert first["silent"] > 0
    assert first["chased"] > 3, "questionnaires on paper, chased"
    assert first["around"] == {"unannounced", "short notice", "feedback awaited", "plan chased", "plan received",
        "other authority asked", "waiver", "restricted", "cover", "contract", "move to come", "reopened"}  # fmt: skip
    for mailbox, pages in first["pages"].items():
        assert list(pages) == ["pages"], f"{mailbox} opens pages that are empty"
