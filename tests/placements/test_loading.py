"""Placements come in from a CSV file: compared, looked at, loaded; the same file twice changes nothing."""

import time
from datetime import date

import pytest

from tests.placements import made_up
from tests.placements.made_up import TODAY
from wellplaced import history
from wellplaced.history.models import Event
from wellplaced.placements import actions
from wellplaced.placements.loading import kind_of
from wellplaced.placements.loading.results import lines_of, problems_of
from wellplaced.placements.models import Placement, Professional, TableLoad, YoungPerson
from wellplaced.register.models import Premises, Registration

HEADINGS = "reference,initials,date_of_birth,ehc_plan,provision,premises,starts_on,ends_on,cancelled,csw_name,csw_email"
ROW = "M1001,AB,01/06/2010,no,1234567,,01/03/2026,,,Casey Worker,casey@fen.example"


def hand_in(by, *rows: str, headings: str = HEADINGS) -> TableLoad:
    content = "\n".join([headings, *rows]).encode()
    return actions.hand_in(kind=kind_of("placements"), file_name="mosaic.csv", content=content, by=by, on=TODAY)


def load(by, *rows: str, headings: str = HEADINGS) -> TableLoad:
    handed_in = hand_in(by, *rows, headings=headings)
    return actions.apply_load(load=handed_in, by=by, on=TODAY, seen_revision=0)


def counted(of: TableLoad) -> tuple[int, int, int, int]:
    return tuple(of.result[name] for name in ("new", "changed", "unchanged", "bad_rows"))


def problems(of: TableLoad) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in problems_of(of.result)]


@pytest.fixture
def alder(db):
    return made_up.provision()


def test_nothing_is_written_before_somebody_decides(manager, alder):
    handed_in = hand_in(manager, ROW)
    assert counted(handed_in) == (1, 0, 0, 0)
    assert lines_of(handed_in.result)[0].what == "AB (M1001) at Alder House from 1 March 2026"
    assert not YoungPerson.objects.exists()


def test_a_row_adds_the_young_person_the_placement_and_the_social_worker(manager, alder):
    load(manager, ROW)
    placement = Placement.objects.get()
    assert placement.young_person.born_on == date(2010, 6, 1)
    assert (placement.provision, placement.starts_on, placement.recorded_on) == (alder, date(2026, 3, 1), TODAY)
    assert Professional.objects.get().starts_on == date(2026, 3, 1)
    verbs = set(Event.objects.filter(young_person_id=placement.young_person_id).values_list("verb", flat=True))
    assert verbs == {"young person added", "placement recorded", "professional added"}


def test_the_same_file_twice_changes_nothing(manager, alder):
    load(manager, ROW)
    before = Event.objects.count()
    again = load(manager, ROW)
    assert counted(again) == (0, 0, 1, 0)
    assert Event.objects.count() == before + 2  # handed in, loaded
    assert Placement.objects.get().revision == 0


def test_a_changed_last_day_updates_the_placement(manager, alder):
    load(manager, ROW)
    again = hand_in(manager, ROW.replace("01/03/2026,,", "01/03/2026,15/03/2026,"))
    (line,) = lines_of(again.result)
    assert [(change.label, change.before, change.after) for change in line.changes] == [
        ("Last day", "none", "15 March 2026")
    ]
    actions.apply_load(load=again, by=manager, on=TODAY, seen_revision=0)
    placement = Placement.objects.get()
    assert (placement.ends_on, placement.revision) == (date(2026, 3, 15), 1)
    assert Event.objects.get(verb="placement ended").changes == {"ends_on": [None, "2026-03-15"]}


def test_a_column_that_the_file_lacks_changes_nothing(manager, alder):
    load(manager, ROW.replace("01/03/2026,,", "01/03/2026,15/03/2026,"))
    headings = "reference,initials,date_of_birth,provision,starts_on"
    again = load(manager, "M1001,AB,01/06/2010,1234567,01/03/2026", headings=headings)
    assert counted(again) == (0, 0, 1, 0)


def test_good_rows_go_in_although_others_are_bad(manager, alder):
    loaded = load(
        manager,
        ROW,
        "M1002,CD,01/06/2011,no,9999999,,01/03/2026,,,,",
        "M1003,EF,never,no,1234567,,01/03/2026,,,,",
    )
    assert counted(loaded) == (1, 0, 0, 2)
    assert problems(loaded) == [(3, "provision"), (4, "date_of_birth")]
    lines = bytes(loaded.content).decode("utf-8-sig").splitlines()
    assert lines[0].endswith(",problems")
    assert [line[:5] for line in lines[1:]] == ["M1002", "M1003"]
    mended = bytes(loaded.content).replace(b"9999999", b"1234567").replace(b"never", b"01/06/2011")
    again = actions.hand_in(kind=kind_of("placements"), file_name="mend.csv", content=mended, by=manager, on=TODAY)
    assert counted(again) == (2, 0, 0, 0)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("M1,AB,01/06/2030,no,1234567,,01/03/2026,,,,", "date_of_birth"),
        ("M1,AB,01/06/2010,no,1234567,,01/03/2026,01/02/2026,,,", "ends_on"),
        ("M1,AB,01/06/2010,no,1234567,Flat 1,01/03/2026,,,,", "premises"),
        ("M1,AB,01/06/2010,no,1234567,,01/03/2026,,,Casey,", "csw_email"),
        ("M1,AB,01/06/2010,no,1234567,,01/03/2026,,,,casey@fen.example", "csw_name"),
        ("M1002,AB,01/06/2010,no,9999999.0,,01/03/2026,,,,", "provision"),
        ("M1001,XX,01/06/2010,no,1234567,,02/03/2026,,,,", "initials"),
        ("M1001,AB,01/06/2010,no,1234567,,01/03/2026,,,,", "starts_on"),
    ],
)
def test_a_row_that_cannot_be_names_its_column(manager, alder, row, column):
    assert problems(hand_in(manager, ROW, row)) == [(3, column)]


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ("M1,AB,31/02/2010,no,NOSUCH,,01/03/2026,,,,", {"date_of_birth", "provision"}),
        ("M1,AB,01/06/2010,maybe,1234567,,01/03/2026,01/02/2026,,,", {"ehc_plan", "ends_on"}),
        ("M1,AB,01/06/2030,no,1234567,,first of March,,,Casey,", {"date_of_birth", "starts_on", "csw_email"}),
        ("M1,AB,01/06/2010,no,1234567,,01/03/2026,,,Casey,no address", {"csw_email"}),
        ("M1,AB,01/06/2030,no,9999999,,01/03/2026,,,,", {"date_of_birth", "provision"}),
    ],
)
def test_all_that_is_wrong_with_a_row_is_told_at_once(manager, alder, row, columns):
    found = problems(hand_in(manager, ROW, row))
    assert sorted(found) == sorted((3, column) for column in columns)


def test_all_rows_of_one_young_person_say_the_same_of_an_ehc_plan(manager, alder):
    rows = (ROW.replace(",no,", ",,"), ROW.replace(",no,", ",yes,").replace("01/03", "02/03"))
    load(manager, *rows)
    assert YoungPerson.objects.get().has_ehc_plan
    assert counted(load(manager, *rows)) == (0, 0, 2, 0)
    assert problems(hand_in(manager, rows[1], ROW)) == [(3, "ehc_plan")]


def test_the_preview_says_all_that_a_new_row_writes(manager, alder):
    row = "M1002,CD,01/06/2011,yes,1234567,,01/03/2026,10/03/2026,yes,Casey Worker,casey@fen.example"
    (line,) = lines_of(hand_in(manager, row).result)
    assert [(change.label, change.before, change.after) for change in line.changes] == [
        ("Young person", "", "new, 14 years old, with an EHC plan"),
        ("Last day", "", "10 March 2026"),
        ("Cancelled", "", "yes"),
        ("CSW", "", "Casey Worker"),
    ]


def test_placements_at_the_same_time_are_said_before_they_are_loaded_and_stand_first(manager, alder):
    made_up.provision("Birch House", urn="7654321")
    moved = ROW.replace("1234567", "7654321").replace("01/03/2026", "10/03/2026")
    other = ROW.replace("M1001", "M1002")
    first, second, third = lines_of(hand_in(manager, other, ROW, moved).result)
    (note,) = first.notes
    assert note.startswith("At the same time as the placement at Alder House from 1 March 2026, which has no last day.")
    assert (first.row, second.notes, third.notes) == (4, (), ())
    load(manager, ROW)
    assert lines_of(hand_in(manager, moved).result)[0].notes == first.notes
    ended = ROW.replace("01/03/2026,,", "01/03/2026,10/03/2026,")
    assert not any(line.notes for line in lines_of(hand_in(manager, ended, moved).result))


def test_a_provision_is_found_by_an_earlier_urn_or_by_the_authoritys_own_alias(manager, stranger, alder):
    Registration.objects.create(provision=alder, urn="1111111", ofsted_type="Children's home")
    made_up.alias(manager.authority, alder, "HOME-7")
    made_up.alias(stranger.authority, alder, "THEIRS")
    rows = [ROW.replace("1234567", word).replace("M1001", word[:5]) for word in ("1111111", "home-7", "THEIRS")]
    handed_in = hand_in(manager, *rows)
    assert counted(handed_in) == (2, 0, 0, 1)
    assert problems(handed_in) == [(4, "provision")]


def test_a_flat_that_is_not_on_record_is_added_once(manager):
    made_up.supported()
    rows = [
        f"M{n},AB,01/06/2009,no,2700001,{flat},01/03/2026,,,,"
        for n, flat in ((1, "Flat 2"), (2, "flat 2"), (3, "No 5"))
    ]
    load(manager, *rows)
    assert dict(Premises.objects.values_list("label", "kind")) == {"Flat 2": "flat", "No 5": "shared_house"}
    assert Placement.objects.filter(premises__label="Flat 2").count() == 2


def test_somebody_under_16_in_16_plus_is_loaded_and_said_so_before(manager):
    made_up.supported()
    handed_in = hand_in(manager, "M1,AB,02/03/2010,no,2700001,Flat 2,01/03/2026,,,,")
    assert "15 years old" in lines_of(handed_in.result)[0].notes[0]


def test_a_cancelled_placement_is_cancelled_and_only_an_explicit_no_takes_it_back(manager, alder):
    load(manager, ROW)
    cancelled = ROW.replace("01/03/2026,,,", "01/03/2026,,yes,")
    assert counted(load(manager, cancelled)) == (0, 1, 0, 0)
    assert Placement.objects.get().cancelled_because
    assert counted(load(manager, ROW)) == (0, 0, 1, 0)
    assert counted(load(manager, ROW.replace("01/03/2026,,,", "01/03/2026,,no,"))) == (0, 1, 0, 0)
    assert not Placement.objects.get().cancelled


def test_a_new_social_worker_ends_the_one_before(manager, alder):
    load(manager, ROW)
    load(manager, ROW.replace("Casey Worker,casey", "Drew Worker,drew"))
    assert list(Professional.objects.order_by("starts_on").values_list("name", "starts_on", "ends_on")) == [
        ("Casey Worker", date(2026, 3, 1), date(2026, 3, 19)),
        ("Drew Worker", TODAY, None),
    ]
    assert counted(load(manager, ROW.replace("Casey Worker,casey", "Drew Worker,drew"))) == (0, 0, 1, 0)


def test_what_the_file_says_of_a_young_person_is_corrected(manager, alder):
    load(manager, ROW)
    load(manager, ROW.replace("AB,01/06/2010,no", "AC,02/06/2010,yes"))
    young_person = YoungPerson.objects.get()
    assert (young_person.initials, young_person.born_on, young_person.has_ehc_plan) == ("AC", date(2010, 6, 2), True)
    assert young_person.revision == 1


def test_a_restricted_record_is_not_changed_by_somebody_not_named_on_it(manager, officer, alder):
    load(manager, ROW)
    actions.restrict_record(
        young_person=YoungPerson.objects.get(), named=[officer], reason="Witness", by=manager, seen_revision=0
    )
    handed_in = hand_in(manager, ROW.replace("AB", "XY"))
    assert problems(handed_in) == [(2, "reference")]
    assert "restricted" not in problems_of(handed_in.result)[0].why


def test_rows_are_shown_again_where_the_records_changed_between_looking_and_loading(manager, officer, alder):
    load(manager, ROW)
    handed_in = hand_in(manager, ROW.replace("01/03/2026,,", "01/03/2026,15/03/2026,"))
    actions.end_placement(placement=Placement.objects.get(), ends_on=date(2026, 3, 12), by=officer, seen_revision=0)
    shown_again = actions.apply_load(load=handed_in, by=manager, on=TODAY, seen_revision=0)
    assert shown_again.state == TableLoad.State.COMPARED
    assert Placement.objects.get().ends_on == date(2026, 3, 12)
    assert lines_of(shown_again.result)[0].changes[0].before == "12 March 2026"
    done = actions.apply_load(load=shown_again, by=manager, on=TODAY, seen_revision=1)
    assert done.state == TableLoad.State.APPLIED
    assert Placement.objects.get().ends_on == date(2026, 3, 15)


def test_a_load_is_decided_once(manager, alder):
    handed_in = hand_in(manager, ROW)
    actions.leave_load(load=handed_in, by=manager, seen_revision=0)
    with pytest.raises(history.Conflict):
        actions.apply_load(load=handed_in, by=manager, on=TODAY, seen_revision=None)
    handed_in.refresh_from_db()
    assert (handed_in.content, Placement.objects.count()) == (None, 0)


def test_another_authority_sees_neither_the_file_nor_the_young_people(manager, stranger, officer, alder):
    load(manager, ROW)
    assert not TableLoad.objects.seen_by(stranger).exists()
    assert TableLoad.objects.seen_by(officer).exists()
    assert not TableLoad.objects.opened_by(officer).exists()
    assert counted(hand_in(stranger, ROW)) == (1, 0, 0, 0)


def test_a_thousand_rows_load_within_five_seconds_in_few_queries(manager, alder, django_assert_max_num_queries):
    rows = [ROW.replace("M1001", f"M{number}") for number in range(1000)]
    handed_in = hand_in(manager, *rows)
    began = time.process_time()
    with django_assert_max_num_queries(200):
        actions.apply_load(load=handed_in, by=manager, on=TODAY, seen_revision=0)
    assert time.process_time() - began < 5
    assert Placement.objects.count() == 1000


def test_a_reference_is_the_same_however_it_was_pasted(manager, alder):
    load(manager, ROW)
    for pasted in ("M1001\u200b", "\ufeffM1001", "\uff2d\uff11\uff10\uff10\uff11", "M1001\u00a0", "\u202dM1001\u202c"):
        assert counted(load(manager, ROW.replace("M1001", pasted))) == (0, 0, 1, 0)
    for none in ("\u200b", "\u337f" * 40):
        assert problems(hand_in(manager, ROW.replace("M1001", none))) == [(2, "reference")]
    assert YoungPerson.objects.get().reference == "M1001"


HANDOVER = date(2026, 4, 1)  # after TODAY


def handed_over(by) -> YoungPerson:
    """Casey until the end of March, from then on Robin, both on record ahead."""
    whom = made_up.young_person(by)
    made_up.placed(by, whom, made_up.provision())
    for name, starts_on, ends_on in (
        ("Casey Worker", date(2026, 3, 1), date(2026, 3, 31)),
        ("Robin Hart", HANDOVER, None),
    ):
        actions.add_professional(
            young_person=whom, role="csw", name=name, email=f"{name.split()[0].lower()}@fen.example",
            starts_on=starts_on, ends_on=ends_on, by=by,
        )  # fmt: skip
    return whom


def on_record() -> list[tuple[str, date, date | None]]:
    return list(Professional.objects.order_by("starts_on").values_list("name", "starts_on", "ends_on"))


def test_a_file_that_names_todays_social_worker_leaves_the_one_who_follows(manager):
    handed_over(manager)
    before = on_record()
    assert counted(load(manager, ROW)) == (0, 0, 1, 0)
    assert on_record() == before


def test_somebody_else_today_ends_the_day_before_the_one_who_follows(manager):
    handed_over(manager)
    load(manager, ROW.replace("Casey Worker", "Ash Grove").replace("casey@", "ash@"))
    assert on_record() == [
        ("Casey Worker", date(2026, 3, 1), date(2026, 3, 19)),
        ("Ash Grove", TODAY, date(2026, 3, 31)),
        ("Robin Hart", HANDOVER, None),
    ]


def test_whoever_was_to_follow_and_is_named_today_begins_today(manager):
    handed_over(manager)
    row = ROW.replace("Casey Worker", "Robin Hart").replace("casey@", "robin@")
    load(manager, row)
    assert on_record() == [("Casey Worker", date(2026, 3, 1), date(2026, 3, 19)), ("Robin Hart", TODAY, None)]
    assert counted(load(manager, row)) == (0, 0, 1, 0)
