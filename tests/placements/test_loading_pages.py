"""Going live on the pages: columns documented, a preview before anything is loaded, the rows to mend."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.placements import made_up
from tests.placements.test_loading import HEADINGS, ROW
from tests.placements.test_pages import signed_in
from wellplaced.placements.models import Placement, TableLoad


@pytest.fixture
def client(manager):
    made_up.provision()
    return signed_in(manager)


def handed_in(client, *rows: str, name: str = "mosaic.csv"):
    file = SimpleUploadedFile(name, "\n".join([HEADINGS, *rows]).encode())
    return client.post("/going-live/placements/", {"file": file}, follow=True)


def test_the_columns_are_documented_and_the_empty_table_has_them(client):
    page = client.get("/going-live/placements/").content.decode()
    empty = client.get("/going-live/placements/template/").content.decode("utf-8-sig").strip().split(",")
    assert empty[:3] == ["reference", "initials", "date_of_birth"]
    assert all(f"<code>{column}</code>" in page for column in empty)


def test_a_file_is_looked_at_then_loaded(client):
    page = handed_in(client, ROW, ROW.replace("M1001", "M2").replace("1234567", "999")).content.decode()
    assert "AB (M1001) at Alder House from 1 March 2026" in page
    assert "No provision has this URN" in page
    assert not Placement.objects.exists()
    load = TableLoad.objects.get()
    mend = client.get(f"/going-live/loads/{load.pk}/mend/").content.decode("utf-8-sig")
    assert mend.splitlines()[1].startswith("M2,")
    done = client.post(f"/going-live/loads/{load.pk}/apply/", {"revision": 0}, follow=True).content.decode()
    assert "The good rows are loaded" in done
    assert 'href="/going-live/placements/"' in done
    assert "Next: provisions under contract" in done
    assert Placement.objects.count() == 1
    assert client.get(f"/going-live/loads/{load.pk}/mend/").content.decode("utf-8-sig") == mend
    twice = client.post(f"/going-live/loads/{load.pk}/apply/", {"revision": 1}, follow=True).content.decode()
    assert "decided on in another window" in twice


def test_a_file_that_is_left_is_not_kept(client):
    handed_in(client, ROW)
    load = TableLoad.objects.get()
    client.post(f"/going-live/loads/{load.pk}/leave/", {"revision": 0})
    load.refresh_from_db()
    assert (load.content, load.state) == (None, TableLoad.State.LEFT)
    assert client.get(f"/going-live/loads/{load.pk}/").status_code == 200
    assert client.get(f"/going-live/loads/{load.pk}/mend/").status_code == 404


def test_a_workbook_is_refused_with_what_to_do(client):
    file = SimpleUploadedFile("list.xlsx", b"PK\x03\x04 and so on")
    page = client.post("/going-live/placements/", {"file": file}).content.decode()
    assert "Save as" in page
    assert not TableLoad.objects.exists()


def test_a_file_is_opened_by_whoever_handed_it_in_only(client, fenmarket):
    from wellplaced.people.rights import Role

    handed_in(client, ROW)
    load = TableLoad.objects.get()
    colleague = signed_in(made_up.person(fenmarket, "Adam Admin", Role.ADMINISTRATOR))
    assert colleague.get(f"/going-live/loads/{load.pk}/").status_code == 404
    assert "mosaic.csv" in colleague.get("/going-live/").content.decode()


def test_an_officer_loads_no_tables(client, officer):
    assert signed_in(officer).get("/going-live/").status_code == 403


def test_a_long_file_is_shown_a_hundred_rows_at_a_time(client):
    page = handed_in(client, *(ROW.replace("M1001", f"M{number}") for number in range(250))).content.decode()
    assert "Page 1 of 3" in page
    assert page.count('role="rowheader"') == 100
