"""The documents are complete and their links lead somewhere; no file names a machine's folder or a registry's host."""

import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from wellplaced.config.environment import SETTINGS

PROJECT = Path(__file__).resolve().parents[2]
RUNNING = PROJECT / "docs" / "how-to" / "run-it-for-an-authority.md"
DECISIONS = sorted((PROJECT / "docs" / "adr").glob("*.md"))
PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
IN_BACKTICKS = re.compile(r"`((?:docs|wellplaced|tests|bench|scripts|[a-z]+)/[\w./-]*)`")
COMMAND = re.compile(r"(?:^|[`/ ])wellplaced ([a-z]+(?:-[a-z]+)*)(?= [-\"/A-Z\w.]|`|$)", re.MULTILINE)
TARGET = re.compile(r"`make ((?:[a-z-]+ ?)+)`|^ {4}make ([a-z-]+)$", re.MULTILINE)
ADDRESS = re.compile(r"`(?:GET )?(/[a-z][\w/-]*)`")
IN_CODE = re.compile(r"`((?:[a-z_]+\.)*[A-Z]\w+(?:\.\w+)*)`")

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
        there = (PROJECT / name).exists() or (PROJECT / "wellplaced" / name).exists() or name.startswith("build/")
        assert there, f"{name} is not there"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_every_command_that_a_document_names_is_there(page: Path) -> None:
    said = page.read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"`[^`\n]+`|^ {4}.+$|^```sh\n.*?^```$", said, re.MULTILINE | re.DOTALL))
    known = {name.replace("_", "-") for name in get_commands()} | {"timeframes"}
    assert not set(COMMAND.findall(code)) - known
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert not {word for found in TARGET.findall(code) for words in found for word in words.split()} - targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_every_address_that_a_document_names_is_there(page: Path) -> None:
    for path in ADDRESS.findall(page.read_text(encoding="utf-8")):
        assert any(_resolves(each) for each in (path, f"{path}/", f"{path}login/")), f"{path} leads nowhere"


def test_every_name_of_the_glossary_is_in_the_code() -> None:
    said = (PROJECT / "docs" / "glossary.md").read_text(encoding="utf-8")
    names = {name.partition(".")[0] if name[0].isupper() else name for name in IN_CODE.findall(said)}
    code = "\n".join(_text(path) for path in (PROJECT / "wellplaced").rglob("*.py"))
    known = set(re.findall(r"^(?:class )?(\w+)(?: =|: |\(|:)", code, re.MULTILINE))
    missing = [name for name in names if not set(re.findall(r"\b[A-Z]\w+", name)) <= known]
    assert len(names) > 30
    assert not missing


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


def _resolves(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _anchors(page: Path) -> set[str]:
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _folders(text: str) -> list[str]:
    here = [str(PROJECT)] if len(PROJECT.parts) > 2 and str(PROJECT) in text else []
    return here + A_HOME.findall(text)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")
