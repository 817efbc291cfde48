"""The demonstration: built by the actions that people use, dated relative to today, the same each time."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Min

from wellplaced.demonstration.people import sign_ins
from wellplaced.demonstration.story import tell
from wellplaced.guidance.steps import STEPS
from wellplaced.history import clock
from wellplaced.history.models import Event
from wellplaced.monitoring.models import Concern, Requirement, Step, Visit
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.rights import Role
from wellplaced.placements.models import Placement, YoungPerson
from wellplaced.register.models import Premises, Provision
from wellplaced.reports.models import Report, Round


def told(today: date) -> dict[str, Any]:
    """The story in a transaction of its own that is undone; what it held, without numbers of rows."""
    with transaction.atomic():
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
        }
        transaction.set_rollback(True)
    return found


def _shared() -> int:
    of_each = [
        set(Placement.objects.filter(authority__name__startswith=name).values_list("provision", flat=True))
        for name in ("Fenmarket", "Alderbrook")
    ]
    return len(set.intersection(*of_each))


@pytest.mark.django_db
def test_the_demonstration_is_whole_and_the_same_each_time() -> None:
    today = clock.today()
    first = told(today)
    monitored = {kind: first["types"][kind] for kind, _ in ProvisionType.monitored()}
    assert all(monitored.values()), "provisions of all four types"
    assert sum(monitored.values()) >= 60
    assert first["flats"] > 10
    assert len(first["young_people"]) == 120
    assert (today - first["first"]).days > 500, "eighteen months of history"
    assert first["late"] > 3, "some of it late"
    assert first["overdue"] > 3
    assert first["open"] >= set(STEPS), "visits stand at every step"
    assert first["reports"] >= {"with_reviewer", "actions_needed", "out_for_comment", "closed", "agreed"}
    assert first["rounds"] > 3, "reports that went to the senior officer twice"
    assert first["late comments"] > 3
    assert first["silent"] > 3
    assert first["chased"] > 3, "questionnaires on paper, chased"
    assert first["refused"], "a visit refused at the door"
    assert first["shared"] > 3, "the second authority shares provisions"
    assert first["roles"] == set(Role)
    assert "manager@" in first["sign_ins"]
    assert told(today) == first
