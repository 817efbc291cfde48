"""What a file would change, and what an import changes: each rule of the register contract with a made-up file."""

from datetime import date
from typing import Any

import pytest

from tests.people.made import person
from tests.register.made_up import (
    AGENCY,
    HEADER_IN_YEAR,
    HEADER_PLACES,
    HEADER_PREMISES,
    HOME,
    SUPPORTED,
    as_csv,
    as_xlsx,
    provider_level,
    rows_under,
)
from wellplaced.history.models import Event
from wellplaced.people.rights import Role
from wellplaced.register.actions.registrations import correct_registration
from wellplaced.register.importing import Comparison, RegisterChanged, apply, compare, import_file, preview, result
from wellplaced.register.models import Judgement, LocalDetails, Provider, Provision, Registration
from wellplaced.register.reading import read_bytes

pytestmark = pytest.mark.django_db

TODAY = date(2025, 8, 1)
OVERALL = "\nOverall experiences and progress of children and young people"
NUMBER = "\nLatest full inspection event number"
INSPECTED, PUBLISHED = "\nLatest full inspection date", "Latest full inspection publication date"
KIND = "\nLatest Full inspection event type"


def titled(day: str) -> str:
    return f"Provider level as at {day}"


def load(content: bytes, as_at: date | None = None) -> Comparison:
    return import_file(read_bytes(content, as_at), by=None, on=TODAY)


def counts(comparison: Comparison) -> tuple[int, ...]:
    """New, updated, unchanged, new judgements, left."""
    return tuple(comparison.counts.values())


def home() -> Provision:
    return Provision.objects.get(urn="SC900001")


def test_a_first_file_fills_the_register() -> None:
    assert counts(load(provider_level(HOME, AGENCY, SUPPORTED))) == (3, 0, 0, 2, 0)
    registration = Registration.objects.get(urn="SC900001")
    assert (registration.status, registration.as_at) == ("active", date(2025, 3, 31))
    assert registration.ofsted_type == "Children's home"
    provision = registration.provision
    assert (provision.name, provision.address, provision.type, provision.places) == ("", "", "residential", 4)
    assert (provision.urn, provision.status, provision.outcome) == ("SC900001", "active", "requires_improvement")
    assert provision.judged_on == date(2025, 1, 14)
    assert str(provision.provider) == "Alderbrook Care Ltd"
    assert "alderbrook" in provision.search_text
    agency = Provision.objects.get(urn="1900002")
    assert (agency.name, agency.address, agency.postcode) == (
        "Willowmere Fostering",
        "1 Quay Street\nFenmarket",
        "ZZ1 1ZZ",
    )
    judgement = provision.judgements.get()
    assert (judgement.scale, judgement.event_number) == ("four_point", "10360658")
    assert judgement.parts == {"helped_and_protected": "Good"}


def test_a_comparison_writes_nothing() -> None:
    comparison = compare(read_bytes(provider_level(HOME, AGENCY)))
    assert counts(comparison) == (2, 0, 0, 2, 0)
    assert not Registration.objects.exists()
    assert not Event.objects.exists()


def test_the_same_file_again_changes_nothing() -> None:
    content = provider_level(HOME, AGENCY, SUPPORTED)
    load(content)
    before = list(Provision.objects.values()), list(Registration.objects.values()), Event.objects.count()
    again = load(content)
    assert counts(again) == (0, 0, 3, 0, 0)
    assert again.changes_nothing
    assert (list(Provision.objects.values()), list(Registration.objects.values()), Event.objects.count()) == before


def test_a_later_file_updates_with_history_from_what_to_what() -> None:
    load(provider_level(HOME, title=titled("31 March 2024")))
    later = HOME | {
        "Places": "6",
        "Registration status": "Suspended",
        "Organisation which owns the provider": "Reed Ltd",
    }
    assert counts(load(provider_level(later))) == (0, 1, 0, 0, 0)
    assert (home().places, home().status, str(home().provider)) == (6, "suspended", "Reed Ltd")
    assert home().standing_warning == "Registration suspended"
    event = Event.objects.get(verb="registration updated")
    assert event.changes == {
        "places": [4, 6],
        "status": ["active", "suspended"],
        "provider": ["Alderbrook Care Ltd", "Reed Ltd"],
    }
    assert (event.provision_id, event.authority_id) == (home().pk, None)


def test_redacted_and_blank_cells_overwrite_nothing() -> None:
    named = HOME | {"Name": "Larch House", "Address 1": "7 Larch Lane", "Postcode": "ZZ2 2ZZ"}
    load(provider_level(named, title=titled("31 March 2024")))
    assert counts(load(provider_level(HOME | {"Places": ""}))) == (0, 0, 1, 0, 0)
    assert (home().name, home().address, home().places) == ("Larch House", "7 Larch Lane", 4)


def test_what_an_authority_typed_is_never_touched(authority: Any) -> None:
    load(provider_level(HOME, title=titled("31 March 2024")))
    typed = LocalDetails.objects.create(
        authority=authority, provision=home(), name="Larch House", address="7 Larch Lane"
    )
    load(provider_level(HOME | {"Name": "REDACTED", "Places": "5"}))
    typed.refresh_from_db()
    assert (typed.name, typed.address, typed.revision) == ("Larch House", "7 Larch Lane", 0)


def test_an_owner_in_another_spelling_is_the_same_owner() -> None:
    load(provider_level(HOME | {"Organisation which owns the provider": "Homes 2 Grow Limited"}))
    again = HOME | {"URN": "SC900009", NUMBER: "7", "Organisation which owns the provider": "Homes2Grow Ltd 01234567"}
    assert (
        counts(load(provider_level(HOME | {"Organisation which owns the provider": "HOMES 2 GROW LTD."}, again)))[1]
        == 0
    )
    assert Provider.objects.get().name == "Homes 2 Grow Limited"


def test_an_older_file_overwrites_nothing_and_adds_its_judgement() -> None:
    load(provider_level(HOME))
    older = HOME | {"Places": "9", OVERALL: "Good", NUMBER: "555", INSPECTED: "01/02/2022", PUBLISHED: "01/03/2022"}
    assert counts(load(provider_level(older, title=titled("31 March 2022")))) == (0, 0, 1, 1, 0)
    assert (home().places, home().outcome) == (4, "requires_improvement")
    assert [row.outcome for row in home().judgements.order_by("published_on")] == ["good", "requires_improvement"]
    assert Registration.objects.get().as_at == date(2025, 3, 31)


def test_a_file_without_a_day_says_less_than_a_dated_one() -> None:
    load(provider_level(HOME))
    assert counts(load(provider_level(HOME | {"Places": "9"}, title="Provider level"))) == (0, 0, 1, 0, 0)
    assert counts(load(provider_level(HOME | {"Places": "9"}, title="x"), as_at=date(2025, 6, 30))) == (0, 1, 0, 0, 0)


def test_a_registration_that_a_later_full_file_no_longer_lists_is_marked_and_kept() -> None:
    load(provider_level(HOME, AGENCY, title=titled("31 March 2024")))
    later = load(provider_level(AGENCY))
    assert counts(later) == (0, 0, 1, 0, 1)
    marked = Registration.objects.get(urn="SC900001")
    assert (marked.left_marked_on, marked.status) == (TODAY, "active")
    assert Event.objects.get(verb="registration no longer listed").about_id == marked.pk
    assert counts(load(provider_level(AGENCY))) == (0, 0, 1, 0, 0)  # marked once


def test_a_registration_that_is_listed_again_is_unmarked_by_no_older_file() -> None:
    first = provider_level(HOME, AGENCY, title=titled("31 March 2023"))
    load(first)
    load(provider_level(AGENCY, title=titled("31 March 2024")))
    assert counts(load(first)) == (0, 0, 2, 0, 0)
    assert Registration.objects.get(urn="SC900001").left_marked_on == TODAY
    assert counts(load(provider_level(HOME, AGENCY)))[1] == 1
    assert Registration.objects.get(urn="SC900001").left_marked_on is None


def test_a_refused_row_is_listed_all_the_same() -> None:
    load(provider_level(HOME, AGENCY, title=titled("31 March 2024")))
    assert counts(load(provider_level(HOME | {"Registration date": "soon"}, AGENCY)))[4] == 0


def test_only_a_full_file_tells_who_left() -> None:
    load(provider_level(HOME, AGENCY, title=titled("31 March 2024")))
    places = as_csv([["Providers and places at 31 March 2025"], *rows_under(HEADER_PLACES, [AGENCY])])
    assert counts(load(places))[4] == 0


def test_what_only_an_older_file_lists_is_marked_for_a_person_to_look_at() -> None:
    load(provider_level(AGENCY))
    load(provider_level(HOME, AGENCY, title=titled("31 March 2020")))
    assert Registration.objects.get(urn="SC900001").left_marked_on == TODAY


def test_a_part_of_the_list_that_is_newer_marks_nobody_whom_an_older_full_file_adds() -> None:
    """Premises, inspections of a year and authorities' lists do not tell who is listed no more."""
    places = as_csv([["Providers and places at 30 June 2025"], *rows_under(HEADER_PLACES, [AGENCY])])
    load(places)
    load(provider_level(HOME, AGENCY))
    assert Registration.objects.get(urn="SC900001").left_marked_on is None


def test_a_status_corrected_by_hand_marks_nobody_whom_the_next_full_file_adds() -> None:
    olive = person(None, "Olive Stone", Role.OPERATOR)
    load(provider_level(AGENCY, title=titled("31 March 2024")))
    agency = Registration.objects.get(urn="1900002")
    correct_registration(registration=agency, status="suspended", by=olive, on=TODAY, seen_revision=agency.revision)
    load(provider_level(HOME, AGENCY))
    assert Registration.objects.get(urn="SC900001").left_marked_on is None
    load(provider_level(HOME | {"URN": "SC900003"}, title=titled("31 March 2023")))
    assert Registration.objects.get(urn="SC900003").left_marked_on == TODAY


def test_monitoring_and_assurance_visits_never_blank_the_grade_in_force() -> None:
    load(provider_level(HOME))
    visits = [
        HOME | {KIND: kind, NUMBER: str(n), INSPECTED: "03/03/2025", PUBLISHED: "31/03/2025", OVERALL: ""}
        for n, kind in enumerate(("Monitoring inspection", "Assurance visit"), start=900)
    ]
    in_year = as_csv([["Provider level at 31 March 2025"], *rows_under(HEADER_IN_YEAR, visits)])
    assert counts(load(in_year)) == (0, 0, 1, 0, 0)
    assert (home().outcome, home().judgements.count()) == ("requires_improvement", 1)


def test_a_graded_monitoring_inspection_counts() -> None:
    load(provider_level(HOME))
    visit = HOME | {KIND: "Monitoring inspection", NUMBER: "901", INSPECTED: "03/03/2025", PUBLISHED: "30/03/2025",
                    OVERALL: "Inadequate"}  # fmt: skip
    assert counts(load(as_csv([["as at 31 March 2025"], *rows_under(HEADER_IN_YEAR, [visit])]))) == (0, 0, 1, 1, 0)
    assert (home().outcome, home().judged_on) == ("inadequate", date(2025, 3, 30))
    event = Event.objects.filter(verb="judgement published").latest("pk")
    assert (event.about_type, event.happened_on, event.provision_id) == (
        "register.judgement",
        date(2025, 3, 30),
        home().pk,
    )


def test_an_event_number_that_two_registrations_share_is_two_judgements() -> None:
    twin = HOME | {"URN": "SC900002"}
    assert counts(load(provider_level(HOME, twin)))[3] == 2
    assert Judgement.objects.filter(event_number="10360658").count() == 2


def test_an_inspection_without_a_number_is_known_by_its_day() -> None:
    load(provider_level(HOME | {NUMBER: ""}))
    assert counts(load(provider_level(HOME))) == (0, 1, 0, 0, 0)
    assert home().judgements.get().event_number == "10360658"


def test_a_judgement_corrected_by_a_newer_file_keeps_its_history() -> None:
    load(provider_level(HOME, title=titled("31 March 2024")))
    assert counts(load(provider_level(HOME | {OVERALL: "Good"}))) == (0, 1, 0, 0, 0)
    assert home().outcome == "good"
    event = Event.objects.get(verb="judgement corrected")
    assert event.changes["outcome"] == ["requires_improvement", "good"]


def test_a_file_without_publication_days_leaves_those_that_are_known() -> None:
    load(provider_level(HOME))
    assert counts(load(provider_level(HOME | {PUBLISHED: ""}))) == (0, 0, 1, 0, 0)
    load(provider_level(HOME | {"URN": "SC900007", PUBLISHED: ""}))
    assert Judgement.objects.get(registration__urn="SC900007").published_on == date(2024, 11, 5)


def test_adequate_keeps_its_own_word() -> None:
    load(provider_level(HOME | {OVERALL: "Adequate"}))
    assert (home().outcome, home().judgements.get().words) == ("requires_improvement", "Adequate")


def test_supported_accommodation_has_a_scale_of_its_own() -> None:
    judged = SUPPORTED | {KIND: "Full inspection", NUMBER: "3", INSPECTED: "05/11/2024", PUBLISHED: "14/01/2025",
                          "Supported Accommodation outcome": "Serious or widespread weaknesses"}  # fmt: skip
    load(provider_level(judged))
    judgement = Judgement.objects.get()
    assert (judgement.scale, judgement.outcome) == ("supported_accommodation", "serious_weaknesses")


def test_public_premises_are_counted_by_place_and_category() -> None:
    flat = {"URN": "1900003", "Provider name": "Brightwater Living", "Provision type": "Supported Accommodation",
            "Registration status": "Active", "Service category (Note 4)": "Category 1", "Places": 1,
            "Premises Local Authority": "Alderbrook"}  # fmt: skip
    house = flat | {"Service category (Note 4)": "Category 2", "Places": 4, "Premises Local Authority": "Fenmarket"}
    content = as_xlsx(
        {
            "Provider_level_at_31_Mar_2025": rows_under(list(SUPPORTED), [SUPPORTED]),
            "SA_Premises_at_31_Mar_2025": rows_under(HEADER_PREMISES, [flat, flat, house]),
        }
    )
    assert counts(load(content)) == (1, 0, 0, 0, 0)
    assert Provision.objects.get().public_premises == [
        {"local_authority": "Alderbrook", "category": "Category 1", "premises": 2, "places": 2},
        {"local_authority": "Fenmarket", "category": "Category 2", "premises": 1, "places": 4},
    ]
    assert counts(load(content)) == (0, 0, 1, 0, 0)


def test_sheets_of_one_file_that_differ_do_not_fight() -> None:
    content = as_xlsx(
        {
            "Provider_level_at_31_Mar_2025": rows_under(list(HOME), [HOME]),
            "Providers+places_at_31_Mar_2025": rows_under(HEADER_PLACES, [HOME | {"Sector": "Voluntary"}]),
        }
    )
    load(content)
    assert home().sector == "Private"
    assert counts(load(content)) == (0, 0, 1, 0, 0)


def test_a_provision_with_two_registrations_is_described_by_the_one_that_counts() -> None:
    """A re-registered home: the old URN still stands in a file of inspections, and must not speak for the home."""
    old = HOME | {"URN": "SC900000", "Registration status": "Resigned", "Places": "2", NUMBER: "1"}
    content = provider_level(HOME, old)
    load(content)
    moved = Registration.objects.get(urn="SC900000")
    moved.provision = home()
    moved.save()
    assert counts(load(content)) == (0, 0, 2, 0, 0)
    later = provider_level(HOME | {"Places": "5"}, old | {"Places": "3"}, title=titled("30 June 2025"))
    assert counts(load(later)) == (0, 1, 1, 0, 0)
    assert (home().places, home().revision) == (5, 1)


def test_a_register_that_changed_after_the_comparison_is_compared_again() -> None:
    load(provider_level(HOME, title=titled("31 March 2024")))
    file = read_bytes(provider_level(HOME | {"Places": "6"}, AGENCY))
    stale = compare(file)
    load(provider_level(HOME | {"Places": "5"}, title=titled("30 June 2024")))
    before = Event.objects.count()
    with pytest.raises(RegisterChanged):
        apply(stale, by=None, on=TODAY)
    assert (home().places, Event.objects.count()) == (5, before)
    assert not Provision.objects.filter(urn="1900002").exists()
    import_file(file, by=None, on=TODAY)
    assert home().places == 6


def test_two_imports_of_one_file_at_once_make_one_register() -> None:
    file = read_bytes(provider_level(HOME))
    first, second = compare(file), compare(file)
    apply(first, by=None, on=TODAY)
    with pytest.raises(RegisterChanged):
        apply(second, by=None, on=TODAY)
    assert Registration.objects.count() == 1


def test_text_longer_than_its_column_is_shortened() -> None:
    load(provider_level(HOME | {"Postcode": "Z" * 40, "Organisation which owns the provider": "O" * 400}))
    assert (len(home().postcode), len(str(home().provider))) == (12, 255)


def test_the_preview_shows_every_change() -> None:
    load(provider_level(HOME, SUPPORTED, title=titled("31 March 2024")))
    overall_good = HOME | {"Places": "6", OVERALL: "Good", NUMBER: "11", PUBLISHED: "01/03/2025"}
    comparison = compare(read_bytes(provider_level(overall_good, AGENCY, AGENCY | {"URN": "nothing"})))
    shown = preview(comparison)
    assert [entry["urn"] for entry in shown["new"]] == ["1900002"]
    assert [(entry["urn"], entry["changes"]) for entry in shown["updated"]] == [("SC900001", {"places": [4, 6]})]
    assert {(entry["urn"], entry["outcome"]) for entry in shown["judgements"]} == {
        ("SC900001", "good"),
        ("1900002", "outstanding"),
    }
    assert [entry["urn"] for entry in shown["left"]] == ["1900003"]
    assert result(comparison)["refused"][0]["value"] == "nothing"


def test_progress_is_told_up_to_the_end() -> None:
    told: list[int] = []
    compare(read_bytes(provider_level(HOME)), progress=told.append)
    assert told[-1] == 100
    assert told == sorted(told)
