"""C18: versions of the completed form: uploaded, checked by content, kept once, downloaded without anybody's name."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tests.monitoring.browsing import signed_in, text_of
from tests.monitoring.world import World, make_world
from tests.reports.files import pdf, word
from tests.reports.making import held_visit, returned, submitted, uploaded
from wellplaced.history.models import Event
from wellplaced.monitoring.models import Visit
from wellplaced.people.models import Person
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements
from wellplaced.placements.models import YoungPerson
from wellplaced.reports.models import Document

NAMED = "Report on Jordan Ash.docx"  # an invented name, as file names hold them


def page_of(visit: Visit) -> str:
    return f"/visits/{visit.pk}/report/"


def upload(person: Person, visit: Visit, content: bytes, name: str = NAMED, **more: str) -> HttpResponse:
    answer = signed_in(person).post(page_of(visit), {"file": SimpleUploadedFile(name, content), **more})
    assert isinstance(answer, HttpResponse)
    return answer


def test_an_officer_uploads_the_completed_form_and_reads_it_again(world: World, visit: Visit) -> None:
    answer = upload(world.officer, visit, word("All of it"), note="First draft")
    assert answer.status_code == 302
    kept = Document.objects.get()
    assert (kept.number, kept.kind, kept.note, kept.uploaded_by) == (1, "word", "First draft", world.officer)
    back = signed_in(world.senior).get(kept.get_absolute_url())
    assert back.content == word("All of it")  # type: ignore[attr-defined]


def test_a_download_names_the_visit_and_the_version_and_nobody(world: World, visit: Visit) -> None:
    upload(world.officer, visit, pdf(), NAMED)
    answer = signed_in(world.senior).get(f"{page_of(visit)}versions/1/")
    name = f"visit-{visit.pk}-report-version-1-not-scanned.pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_who_downloaded_what_is_on_record(world: World, visit: Visit) -> None:
    kept = uploaded(world, visit)
    signed_in(world.senior).get(kept.get_absolute_url())
    assert Event.objects.of(kept).get(verb="report downloaded").by_id == world.senior.pk


def test_the_page_says_that_nothing_is_scanned(world: World, visit: Visit) -> None:
    uploaded(world, visit)
    assert "Not scanned" in text_of(signed_in(world.senior).get(page_of(visit)))


def test_the_same_file_twice_is_one_version_and_says_so(world: World, visit: Visit) -> None:
    upload(world.officer, visit, word())
    answer = upload(world.senior, visit, word(), "another name.docx", note="Typed")
    page = text_of(answer)
    assert "This file is version 1 already: Priya Oakes uploaded it on" in page
    assert 'value="Typed"' in page, "what was typed stays"
    assert Document.objects.count() == 1


def test_the_same_file_at_another_visit_is_a_version_there(world: World, visit: Visit) -> None:
    uploaded(world, visit)
    uploaded(world, held_visit(world))
    assert Document.objects.count() == 2


def test_an_upload_sent_twice_is_kept_once_and_answered_twice(world: World, visit: Visit) -> None:
    for _ in range(2):
        assert upload(world.officer, visit, word(), once="a-token").status_code == 302
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "report.docx", "is empty"),
        (b"plain words", "report.docx", "neither a Word document"),
        (word(word__vbaProject_dot_bin="x"), "report.docx", "macros"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "report.doc", "save it as a Word document"),
    ],
)
def test_what_is_not_a_report_is_refused_with_what_to_do(
    world: World, visit: Visit, content: bytes, name: str, told: str
) -> None:
    page = text_of(upload(world.officer, visit, content, name, note="Typed"))
    assert "There is a problem" in page
    assert told in page
    assert 'value="Typed"' in page
    assert not Document.objects.exists()


def test_a_word_document_that_calls_itself_a_pdf_is_kept_as_what_it_is(world: World, visit: Visit) -> None:
    upload(world.officer, visit, word(), "report.pdf")
    assert Document.objects.get().kind == "word"


def test_a_file_above_the_limit_is_refused(world: World, visit: Visit, settings: Any) -> None:
    settings.LARGEST_DOCUMENT = 1_000_000
    page = text_of(upload(world.officer, visit, pdf("x" * 1_000_001)))
    assert "larger than 1 MB" in page
    assert not Document.objects.exists()


def test_a_viewer_reads_and_does_not_upload(world: World, visit: Visit) -> None:
    from tests.reports.making import colleague

    viewer = colleague(world, "Ola Finch", Role.VIEWER)
    kept = uploaded(world, visit)
    page = text_of(upload(viewer, visit, pdf()))
    assert "Upload a new version" not in page
    assert Document.objects.count() == 1
    assert signed_in(viewer).get(kept.get_absolute_url()).status_code == 200


def test_another_authoritys_report_is_not_there(world: World, visit: Visit) -> None:
    kept = uploaded(world, visit)
    stranger = make_world("Alderbrook Borough Council", "ald", world.operator).senior
    for address in (kept.get_absolute_url(), page_of(visit)):
        assert signed_in(stranger).get(address).status_code == 404


def test_a_report_from_a_home_with_a_restricted_record_is_closed_to_whoever_is_not_named_on_it(
    world: World, visit: Visit
) -> None:
    """It may be about them. Whoever uploaded a version has it anyway."""
    kept = uploaded(world, visit)
    submitted(world, visit, note="Kept quiet")
    returned(world, visit)
    young_person = YoungPerson.objects.get(placements__provision=visit.provision_id)
    placements.restrict_record(
        young_person=young_person, named=[world.manager], reason="Family works here", by=world.manager,
        seen_revision=None,
    )  # fmt: skip
    assert signed_in(world.senior).get(kept.get_absolute_url()).status_code == 403
    page = text_of(signed_in(world.senior).get(page_of(visit)))
    assert kept.get_absolute_url() not in page.replace(f"{page_of(visit)}versions/2/", "")
    assert "Say more about the outcomes" not in page
    assert "Kept quiet" not in page
    assert "Kept quiet" in text_of(signed_in(world.manager).get(page_of(visit)))
    assert "restricted record" in page
    assert signed_in(world.manager).get(kept.get_absolute_url()).status_code == 200
    assert signed_in(world.officer).get(kept.get_absolute_url()).status_code == 200


def test_a_version_uploaded_later_never_changes_an_earlier_one(world: World, visit: Visit) -> None:
    first, second = uploaded(world, visit, "First"), uploaded(world, visit, "Second")
    assert (first.number, second.number) == (1, 2)
    assert bytes(first.content.content) == word("First")
