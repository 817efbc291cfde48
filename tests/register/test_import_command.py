"""`wellplaced import-register` answers as the contract says."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.register.made_up import AGENCY, HOME, LISTED, LISTED_SETTING, as_list_2025, provider_level
from wellplaced.people.models import Authority
from wellplaced.register.models import LocalDetails, Registration

pytestmark = pytest.mark.django_db


def run(path: Path, *options: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_register", str(path), *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def answer(path: Path, *options: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(run(path, "--json", *options)[0])
    return said


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "providers.csv"
    file.write_bytes(provider_level(HOME, AGENCY | {"URN": "12"}, encoding="cp1252"))
    return file


def test_the_answer_has_the_contracts_shape(path: Path) -> None:
    said = answer(path)
    assert list(said) == ["file", "by_type", "judged", "changes", "refused"]
    assert said["file"] == {
        "format": "csv",
        "encoding": "cp1252",
        "as_at": "2025-03-31",
        "passed_over": [],
        "sheets": [{"name": None, "layout": "provider_level", "header_row": 4, "rows": 1}],
    }
    assert said["changes"] == {"new": 1, "updated": 0, "unchanged": 0, "new_judgements": 1, "left": 0}
    assert said["refused"] == [
        {"sheet": None, "row": 6, "column": "URN", "value": "12", "why": "A URN is SC and six digits, or seven digits."}
    ]
    assert Registration.objects.count() == 1


def test_a_dry_run_says_the_same_and_changes_nothing(path: Path) -> None:
    assert answer(path, "--dry-run") == answer(path)
    assert answer(path, "--dry-run")["changes"]["unchanged"] == 1


def test_a_dry_run_writes_nothing(path: Path) -> None:
    answer(path, "--dry-run")
    assert not Registration.objects.exists()


def test_an_unreadable_file_is_refused_in_one_line_with_exit_2(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("Name,Age\nX,3\n")
    with pytest.raises(CommandError) as refusal:
        run(file)
    assert refusal.value.returncode == 2
    assert str(refusal.value).startswith("Expected a list of Ofsted's")
    assert "\n" not in str(refusal.value)


def test_the_day_that_is_given_counts_where_the_title_has_none(tmp_path: Path) -> None:
    file = tmp_path / "providers.csv"
    file.write_bytes(provider_level(HOME, title="Providers"))
    assert answer(file, "--dry-run", "--as-at", "2024-06-30")["file"]["as_at"] == "2024-06-30"
    assert answer(file, "--dry-run")["file"]["as_at"] is None


def test_it_also_answers_in_words(path: Path) -> None:
    said, _ = run(path)
    assert "Changed: 1 new" in said
    assert "Row 6 refused" in said


def test_a_list_is_the_only_authoritys(tmp_path: Path, authority: Authority) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(as_list_2025([LISTED], [LISTED_SETTING]))
    assert answer(file)["changes"]["new"] == 2
    assert LocalDetails.objects.filter(authority=authority, name="Larch House").exists()


def test_of_several_authorities_one_is_named(tmp_path: Path, authority: Authority, other_authority: Authority) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(as_list_2025([LISTED]))
    _, told = run(file, "--dry-run")
    assert "--authority CODE" in told
    run(file, "--authority", "A02")
    assert LocalDetails.objects.get().authority == other_authority
    with pytest.raises(CommandError, match="no authority with the code"):
        run(file, "--authority", "ZZ")
