"""What is refused, with which path, and how the command says so."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from wellplaced.bankholidays import england
from wellplaced.guidance import Refusal, default_versions, load, override
from wellplaced.guidance.command import main, respond
from wellplaced.guidance.reading import parse, read_facts

TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "refusals.toml").read_text(encoding="utf-8"))
BASE = default_versions()[-1]


def laid_over(facts: str) -> Any:
    return json.loads(TABLE["plain"]) | json.loads(facts)


@pytest.mark.parametrize(
    "row", TABLE["refused"], ids=[f"{row['path']} {row['facts'][:60]}" for row in TABLE["refused"]]
)
def test_refused(row: dict[str, str]) -> None:
    with pytest.raises(Refusal) as refused:
        read_facts(laid_over(row["facts"]))
    assert refused.value.path == row["path"]


@pytest.mark.parametrize("row", TABLE["accepted"], ids=[row["says"] for row in TABLE["accepted"]])
def test_accepted(row: dict[str, str]) -> None:
    respond(laid_over(row["facts"]), default_versions())


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (b"", "-"),
        (b"{", "-"),
        (b"3", "-"),
        (b'"facts"', "-"),
        (b"null", "-"),
        (b"\xff{}", "-"),
        (b'{"today": NaN}', "-"),
        (b'{"today": "2026-01-01", "today": "2026-01-01"}', "-"),
        (b"[" * 100_000, "-"),
        (b'{"today": ' + b"1" * 5000 + b"}", "-"),
        (b"[3]", "[0]"),
        (b'[{"today": "2026-01-01", "provision": {"type": "sen"}}, {"today": "2026-01-01"}]', "[1].provision.type"),
        (
            b'[{"today": "2026-01-01", "provision": {"type": "sen"}, "placements": [{"id": "p", "starts_on": "x"}]}]',
            "[0].placements[0].starts_on",
        ),
    ],
)
def test_input_of_another_form(text: bytes, path: str) -> None:
    with pytest.raises(Refusal) as refused:
        respond(parse(text), default_versions())
    assert refused.value.path == path


@pytest.mark.parametrize(
    ("toml", "path"),
    [
        ("x =", "-"),
        ("x = " + "9" * 5000, "-"),
        ("x = " + "[" * 5000, "-"),
        ("weather = 1", "weather"),
        ("timeframes = 1", "timeframes"),
        ("timeframes.tea.number = 1", "timeframes.tea"),
        ("timeframes.report_submitted.days = 14", "timeframes.report_submitted.days"),
        ("timeframes.report_submitted.number = -1", "timeframes.report_submitted.number"),
        ("timeframes.report_submitted.number = 1.5", "timeframes.report_submitted.number"),
        ("timeframes.report_submitted.number = true", "timeframes.report_submitted.number"),
        ("timeframes.report_submitted.number = '14'", "timeframes.report_submitted.number"),
        ("timeframes.report_submitted.number = 100000", "timeframes.report_submitted.number"),
        ("timeframes.report_submitted.unit = 'fortnights'", "timeframes.report_submitted.unit"),
        ("timeframes.report_submitted.unit = 'months'", "timeframes.report_submitted.unit"),
        ("timeframes.annual_visit.unit = 'working days'", "timeframes.annual_visit.unit"),
        ("timeframes.annual_visit.number = 0", "timeframes.annual_visit.number"),
        ("timeframes.letter_sent.number = 3", "timeframes.letter_sent.number"),
        ("timeframes.visit_held.unit = 'days'", "timeframes.visit_held.unit"),
        ("timeframes.report_submitted.owner = 'the_cat'", "timeframes.report_submitted.owner"),
        ("timeframes.report_submitted.clause = 'C1'", "timeframes.report_submitted.clause"),
        ("timeframes.uploaded.number = 3", "timeframes.uploaded.number"),
        ("readings.R11 = 'dated'", "timeframes.uploaded.number"),
        ("readings.R19 = 'x'", "readings.R19"),
        ("readings.R7 = 'never'", "readings.R7.choice"),
        ("readings.R7 = 3", "readings.R7"),
        ("readings.R7.choices.never = 'No'", "readings.R7.choices.never"),
        ("in_force_from = '2026-01-01'", "in_force_from"),
        ("in_force_from = 2026-01-01T00:00:00", "in_force_from"),
        ("number = 2", "number"),
        ("document.review_on = 'soon'", "document.review_on"),
        ("document.author = 'x'", "document.author"),
        ("sos.headings = []", "sos.headings"),
        ("clauses.C27 = 'x'", "clauses.C27"),
    ],
)
def test_a_version_is_refused_with_the_path_of_the_key(toml: str, path: str) -> None:
    with pytest.raises(Refusal) as refused:
        override(BASE, toml)
    assert refused.value.path == path


def test_a_whole_file_needs_every_key() -> None:
    with pytest.raises(Refusal) as refused:
        load("number = '2'")
    assert refused.value.path == "readings"


def command(*arguments: str, standard_input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    call = "import sys; from wellplaced.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", call, "timeframes", *arguments], input=standard_input, capture_output=True, check=False
    )


def test_a_reader_that_has_had_enough_is_no_fault(tmp_path: Path) -> None:
    """`wellplaced timeframes FACTS.json | head`."""
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps([json.loads(TABLE["plain"])] * 400), encoding="utf-8")
    call = "import sys; from wellplaced.cli import main; sys.exit(main())"
    arguments = [sys.executable, "-c", call, "timeframes", str(facts)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asked:
        assert asked.stdout
        assert asked.stderr
        assert asked.stdout.read(2) == b"[{"
        asked.stdout.close()
        assert asked.stderr.read() == b""
    assert asked.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "standard_input", "begins"),
    [
        (["-"], b"{", b"-: "),
        (["-"], b'{"today": "2026-01-01\\u0000\\n"}', b"today: "),
        (["-"], b'{"to\\nday\\ud800": 1}', b"to\\nday\\ud800: "),
        (["/nowhere/facts.json"], b"", b"-: "),
        ([], b"", b"-: "),
        (["-", "--timeframes", "/nowhere/file.toml"], b"{}", b"--timeframes: "),
        (["-", "--timeframes"], b"{}", b"--timeframes: "),
        (["-", "--tomorrow"], b"{}", b"--tomorrow: "),
    ],
)
def test_a_refusal_is_one_line_and_exit_2(arguments: list[str], standard_input: bytes, begins: bytes) -> None:
    done = command(*arguments, standard_input=standard_input)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith(begins)
    assert done.stderr.count(b"\n") == 1


def test_a_closed_standard_input_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["-"], england) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "-: there is no standard input to read\n")


@pytest.mark.parametrize("wrong", ["", "x = 1\n", "timeframes.concern_visit.number = -1", "\ufeffx = 1"])
def test_a_file_of_timeframes_is_refused_before_the_facts_are_looked_at(
    wrong: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(wrong, encoding="utf-8")
    facts = tmp_path / "facts.json"
    facts.write_text("{}")
    assert main([str(facts), "--timeframes", str(file)], england) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    begins = {"": "today: ", "x = 1\n": "x: ", "\ufeffx = 1": "x: "}
    assert printed.err.startswith(begins.get(wrong, "timeframes.concern_visit.number: "))
    assert printed.err.count("\n") == 1


def test_a_folder_and_a_file_of_another_encoding_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    latin = tmp_path / "ours.toml"
    latin.write_bytes(b"title = 'Caf\xe9'")
    assert main([str(tmp_path)], england) == 2
    assert main([str(tmp_path), "--timeframes", str(latin)], england) == 2
    assert main([str(tmp_path), "--timeframes", str(tmp_path)], england) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in lines] == ["-", "--timeframes", "--timeframes"]


def test_help_is_no_refusal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"], england) == 0
    assert capsys.readouterr().out.startswith("usage: wellplaced timeframes FACTS.json [--timeframes FILE.toml]")


def test_the_command_answers_by_a_changed_file(tmp_path: Path) -> None:
    (tmp_path / "facts.json").write_text(TABLE["plain"])
    (tmp_path / "ours.toml").write_text(
        "timeframes.concern_visit.number = 5\ntimeframes.concern_visit.unit = 'working days'"
    )
    done = command(str(tmp_path / "facts.json"), "--timeframes", str(tmp_path / "ours.toml"))
    owed = {requirement["id"]: requirement["due_on"] for requirement in json.loads(done.stdout)["requirements"]}
    assert (done.returncode, owed["concern:c"]) == (0, "2026-03-19")


def test_the_command_takes_the_shipped_file_as_a_whole(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "wellplaced/guidance/best_practice.toml"
    done = command("-", f"--timeframes={shipped}", standard_input=TABLE["plain"].encode())
    assert done.stdout == command("-", standard_input=TABLE["plain"].encode()).stdout != b""


def test_the_command_loads_nothing_of_the_web_application() -> None:
    call = (
        "import sys; from wellplaced.cli import main; main(); "
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('django', 'govuk_bank_holidays')), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", call, "timeframes", "-"], input=TABLE["plain"].encode(), capture_output=True, check=True
    )
    assert done.stderr == b"[]\n"


def test_an_array_is_answered_in_the_same_order() -> None:
    first, second = laid_over('{"today": "2026-03-22"}'), laid_over('{"today": "2026-03-23"}')
    assert respond([first, second], default_versions()) == [
        respond(each, default_versions()) for each in (first, second)
    ]
    assert respond([], default_versions()) == []
