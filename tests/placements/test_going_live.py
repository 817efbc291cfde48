"""Going live: placements, contracts, past visits and open tasks from CSV files, so that the first morning is not all red."""

from datetime import date

import pytest

from tests.placements import made_up
from tests.placements.made_up import TODAY
from wellplaced.history.models import Event
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Requirement, Task, Visit
from wellplaced.placements import actions
from wellplaced.placements.loading import kind_of, kinds
from wellplaced.placements.loading.results import lines_of, problems_of
from wellplaced.placements.models import TableLoad
from wellplaced.register import actions as register
from wellplaced.register.models import LocalDetails

VISITS = "provision,visited_on,kind,officer,premises,note"


def load(kind: str, by, headings: str, *rows: str) -> TableLoad:
    content = "\n".join([headings, *rows]).encode()
    handed_in = actions.hand_in(kind=kind_of(kind), file_name=f"{kind}.csv", content=content, by=by, on=TODAY)
    return actions.apply_load(load=handed_in, by=by, on=TODAY, seen_revision=0)


def counted(of: TableLoad) -> tuple[int, int, int, int]:
    return tuple(of.result[name] for name in ("new", "changed", "unchanged", "bad_rows"))


def owed(by) -> dict[str, tuple[str, date | None]]:
    rows = Requirement.objects.of(by.authority_id).owed()
    return {row.key.partition(":")[0]: (row.state, row.due_on) for row in rows}


@pytest.fixture
def alder(db):
    return made_up.provision()


def test_the_tables_are_offered_in_the_order_of_going_live():
    assert [kind.code for kind in kinds()] == ["placements", "contracts", "visits", "tasks"]


def test_a_past_visit_after_the_placement_began_discharges_its_initial_visit_and_the_next_annual_one_is_owed(
    manager, officer, alder
):
    """C3, C5, R5: nothing is red on the first morning; the annual visit falls due 12 months after the visit."""
    made_up.placed(officer, made_up.young_person(officer), alder, date(2025, 6, 1))
    assert owed(manager)["initial"] == ("open", date(2025, 6, 4))
    loaded = load("visits", manager, VISITS, f"1234567,03/06/2025,initial,{officer.email},,")
    assert counted(loaded) == (1, 0, 0, 0)
    assert owed(manager) == {"annual": ("open", date(2026, 6, 3))}
    assert Requirement.objects.get(kind="initial").state == "discharged"
    visit = Visit.objects.get()
    assert (visit.loaded, visit.whole_form, visit.officer, visit.booked_on) == (True, True, officer, date(2025, 6, 3))


def test_a_past_visit_before_the_placement_keeps_the_initial_one_from_being_owed(manager, officer, alder):
    """R7: a home seen in the 12 months before needs no initial visit."""
    made_up.placed(officer, made_up.young_person(officer), alder, date(2026, 3, 1))
    load("visits", manager, VISITS, "1234567,01/05/2025,annual,Former Officer,,")
    assert owed(manager) == {"annual": ("open", date(2026, 5, 1))}
    assert Visit.objects.get().by_whom == "Former Officer"


def test_a_visit_about_a_concern_only_does_not_count(manager, officer, alder):
    """R5: a concern visit restarts the 12 months only where it covered the whole form."""
    made_up.placed(officer, made_up.young_person(officer), alder, date(2025, 6, 1))
    load("visits", manager, VISITS, "1234567,03/06/2025,concern,Former Officer,,")
    assert set(owed(manager)) == {"initial"}
    assert not Visit.objects.get().whole_form


def test_a_flat_that_was_not_seen_still_needs_its_visit(manager, officer):
    """R7, C9: in 16+ supported accommodation the premises are what counts."""
    home = made_up.supported()
    for label, reference in (("Flat 2", "M2"), ("Flat 5", "M5")):
        actions.record_placement(
            young_person=made_up.young_person(officer, reference, born_on=date(2009, 1, 1)),
            provision=home,
            premises=made_up.flat(officer.authority, home, label),
            starts_on=date(2026, 2, 1),
            by=officer,
            on=TODAY,
        )
    load("visits", manager, VISITS, "2700001,10/02/2026,initial,Former Officer,flat 2,")
    rows = Requirement.objects.filter(kind="initial").order_by("placement")
    assert [(row.placement.premises.label, row.state) for row in rows] == [("Flat 2", "discharged"), ("Flat 5", "open")]


def test_the_same_visits_twice_change_nothing_and_more_placements_are_discharged_by_loading_them_again(
    manager, officer, alder
):
    row = "1234567,03/06/2025,initial,Former Officer,,Seen by two of us"
    load("visits", manager, VISITS, row)
    before = Event.objects.filter(about_type="monitoring.visit").count()
    assert counted(load("visits", manager, VISITS, row)) == (0, 0, 1, 0)
    assert Event.objects.filter(about_type="monitoring.visit").count() == before
    made_up.placed(officer, made_up.young_person(officer), alder, date(2025, 6, 1))
    assert "initial" in owed(manager)
    assert counted(load("visits", manager, VISITS, row)) == (0, 1, 0, 0)
    assert "initial" not in owed(manager)
    assert counted(load("visits", manager, VISITS, row)) == (0, 0, 1, 0)


def test_a_visit_recorded_by_hand_is_left_alone(manager, officer, alder):
    monitoring.record_past_visit(
        provision=alder, visit_on=date(2025, 6, 3), officer_name="Olive Officer", note="By hand", by=officer
    )
    assert counted(load("visits", manager, VISITS, "1234567,03/06/2025,annual,Other,,x")) == (0, 0, 1, 0)
    assert Visit.objects.get().note == "By hand"


def test_a_corrected_visit_is_changed(manager, alder):
    load("visits", manager, VISITS, "1234567,03/06/2025,annual,Former Officer,,")
    changed = load("visits", manager, VISITS, "1234567,03/06/2025,concern,Other Officer,,")
    assert counted(changed) == (0, 1, 0, 0)
    assert not Visit.objects.get().whole_form
    event = Event.objects.get(verb="visit corrected")
    assert event.changes["officer_name"] == ["Former Officer", "Other Officer"]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("1234567,21/03/2026,annual,Former Officer,,", "visited_on"),
        ("1234567,03/06/2025,annual,Former Officer,,", "visited_on"),
        ("1234567,04/06/2025,annual,Former Officer,Flat 2,", "premises"),
        ("2700001,04/06/2025,annual,Former Officer,Flat 2,", "premises"),
        ("1234567,04/06/2025,yearly,Former Officer,,", "kind"),
        ("1234567,04/06/2025,annual,,,", "officer"),
        ("999,04/06/2025,annual,Former Officer,,", "provision"),
    ],
)
def test_a_visit_that_cannot_be_names_its_column(manager, alder, row, column):
    made_up.supported()
    loaded = load("visits", manager, VISITS, "1234567,03/06/2025,annual,Former Officer,,", row)
    assert [(problem.row, problem.column) for problem in problems_of(loaded.result)] == [(3, column)]


def test_a_contract_makes_an_annual_visit_owed_although_nobody_is_placed(manager, alder):
    """R6: the first is due 12 months after the contract starts."""
    headings = "provision,under_contract_from"
    assert counted(load("contracts", manager, headings, "1234567,01/05/2025")) == (1, 0, 0, 0)
    assert owed(manager) == {"annual": ("open", date(2026, 5, 1))}
    assert counted(load("contracts", manager, headings, "1234567,01/05/2025")) == (0, 0, 1, 0)
    assert counted(load("contracts", manager, headings, "1234567,01/06/2025")) == (0, 1, 0, 0)
    assert LocalDetails.objects.get().under_contract_from == date(2025, 6, 1)
    assert counted(load("contracts", manager, headings, "1234567,")) == (0, 1, 0, 0)
    assert owed(manager) == {}


def test_a_contract_leaves_what_the_authority_typed_of_the_provision(manager, alder):
    register.describe_provision(provision=alder, name="Kestrel", alias="K1", by=manager, on=TODAY, seen_revision=0)
    load("contracts", manager, "provision,under_contract_from", "k1,01/05/2025")
    details = LocalDetails.objects.get()
    assert (details.name, details.alias, details.under_contract_from) == ("Kestrel", "K1", date(2025, 5, 1))


def test_open_tasks_come_in_and_are_changed_by_their_reference(manager, alder):
    headings = "reference,provision,what,owner,due_on,done_on"
    row = "T1,1234567,Repair the back door,Provider,30/04/2026,"
    assert counted(load("tasks", manager, headings, row)) == (1, 0, 0, 0)
    assert counted(load("tasks", manager, headings, row)) == (0, 0, 1, 0)
    done = load("tasks", manager, headings, row.replace("2026,", "2026,19/03/2026"))
    assert counted(done) == (0, 1, 0, 0)
    assert Task.objects.get().done_on == date(2026, 3, 19)
    assert Event.objects.filter(verb="task done").count() == 1
    wrong = load("tasks", manager, headings, row.replace("T1", "T2"), row.replace("T1", "T2"), "T3,1234567,x,nobody,,")
    assert [(problem.row, problem.column) for problem in problems_of(wrong.result)] == [(3, "reference"), (4, "owner")]


def test_all_that_is_wrong_with_a_row_of_visits_or_tasks_is_told_at_once(manager, alder):
    def columns(code, headings, row):
        return {problem.column for problem in problems_of(load(code, manager, headings, row).result)}

    assert columns("visits", VISITS, "999,21/03/2027,annual,Former Officer,,") == {"provision", "visited_on"}
    assert columns("visits", VISITS, "999,04/06/2025,yearly,Former Officer,,") == {"provision", "kind"}
    tasks = "reference,provision,what,owner,due_on,done_on"
    assert columns("tasks", tasks, "T1,999,Repair the door,nobody,,21/03/2027") == {"provision", "owner", "done_on"}


def test_the_preview_of_a_visit_says_what_it_discharges_without_naming_anybody(manager, officer, alder):
    made_up.placed(officer, made_up.young_person(officer), alder, date(2025, 6, 1))
    content = f"{VISITS}\n1234567,03/06/2025,initial,{officer.email},,".encode()
    handed_in = actions.hand_in(kind=kind_of("visits"), file_name="v.csv", content=content, by=manager, on=TODAY)
    (line,) = lines_of(handed_in.result)
    assert line.notes == ("Discharges 1 visit that is owed.",)
    assert "AB" not in line.what
