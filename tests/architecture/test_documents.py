"""The documents are complete and their links lead somewhere; no file names a machine's folder or a registry's host."""

import re
import subprocess
from pathlib import Path

import pytest

from wellplaced.config.environment import SETTINGS

PROJECT = Path(__file__).resolve().parents[2]
RUNNING = PROJECT / "docs" / "how-to" / "run-it-for-an-authority.md"
DECISIONS = sorted((PROJECT / "docs" / "adr").glob("*.md"))
PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
IN_BACKTICKS = re.compile(r"`((?:docs|wellplaced|tests|bench|scripts)/[\w./-]+\.\w+)`")

# Put together from pieces, so that this file does not say what it forbids.
HOMES = ("home", "Users", "root", "work", "workspace", "mnt")
A_HOME = re.compile(r"(?<![\w./<>-])/(?:" + "|".join(HOMES) + r")/[\w.-]+|\b[A-Z]:\\(?:Users|Work)")
REGISTRIES = tuple(
    ".".join(pieces)
    for pieces in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"),
        ("deb", "debian", "org"), ("crates", "io"), ("proxy", "golang", "org"),
    )
)  # fmt: skip


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False, text=True)
    if listed.returncode:
        pytest.skip("not a git repository: nothing is tracked here")
    return [PROJECT / name for name in listed.stdout.split("\0") if name and (PROJECT / name).is_file()]


def test_every_setting_is_described() -> None:
    said = RUNNING.read_text(encoding="utf-8")
    missing = [name for name in SETTINGS if f"| `{name}` |" not in said]
    assert not missing, f"describe in {RUNNING.relative_to(PROJECT)}: {missing}"


def test_no_setting_is_described_that_is_gone() -> None:
    said = RUNNING.read_text(encoding="utf-8")
    assert not set(re.findall(r"\bWELLPLACED_[A-Z_]+", said)) - set(SETTINGS)


def test_the_defaults_in_the_document_are_those_of_the_code() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) ?\|", RUNNING.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name: default.strip() for name, default in rows} == {name: row[0] for name, row in SETTINGS.items()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        assert there.exists(), f"{target} is not there"
        if anchor and there.suffix == ".md":
            assert anchor in _anchors(there), f"{there.name} has no heading {anchor!r}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_every_file_that_a_document_names_is_there(page: Path) -> None:
    for name in IN_BACKTICKS.findall(page.read_text(encoding="utf-8")):
        assert (PROJECT / name).exists(), f"{name} is not there"


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert numbers == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_its_number_in_its_title(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith(f"# {int(path.name[:4])}. ")


def test_no_file_names_a_folder_of_a_machine() -> None:
    found = [f"{path.relative_to(PROJECT)}: {said}" for path in tracked() for said in _folders(_text(path))]
    assert not found, found


def test_no_file_names_the_host_of_a_registry() -> None:
    found = [f"{path.relative_to(PROJECT)}: {host}" for path in tracked() for host in REGISTRIES if host in _text(path)]
    assert not found, found


def test_the_watch_sees_a_folder_of_a_machine() -> None:
    assert _folders("see /" + "home/ines/wellplaced for it")
    assert _folders(str(PROJECT / "wellplaced"))
    assert not _folders("/provisions/3/ and ../work/home, /usr/bin")


def _anchors(page: Path) -> set[str]:
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _folders(text: str) -> list[str]:
    here = [str(PROJECT)] if len(PROJECT.parts) > 2 and str(PROJECT) in text else []
    return here + A_HOME.findall(text)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")
