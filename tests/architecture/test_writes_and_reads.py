"""Every write goes through an action; every read of a view starts from the person who asks."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "wellplaced"
WRITES = {
    "save", "create", "bulk_create", "bulk_update", "delete", "get_or_create", "update_or_create", "select_for_update",
}  # fmt: skip
SCOPES = {"seen_by", "opened_by"}  # `opened_by`: a file's rows, by whoever handed it in

MAY_WRITE = {
    "history/once.py": "the tokens of forms that were sent, around the action that each of them runs once",
    "history/purging.py": "disposal at the end of retention, the one guarded way to delete history",
    "history/recording.py": "record and amend, by which actions write",
    "monitoring/concerned.py": "no row: the lock under which a first fact and a shared one are counted together",
    "monitoring/deadlines.py": "the projection of what is owed, inside the action's transaction",
    "monitoring/notices.py": "what a recorded fact tells people of, inside the action's transaction",
    "monitoring/storing.py": "the rows of that projection that differ",
    "people/housekeeping.py": "sessions that have run out",
    "people/idleness.py": "the session, which notes when somebody was here",
    "placements/loading/writing.py": "the rows of a table that the action apply_load applies",
    "register/standing.py": "what a provision's list shows, computed from its registrations and judgements",
    "reports/moves.py": "the lock and the state of a report, inside an action's transaction",
}
MAY_READ = {
    ("monitoring/views/finding.py", "VisitDischarge"): "inside a prefetch of visits that were found by seen_by",
    ("register/views/refusing.py", "Event"): "who saved first, of a record that the person has open",
}


def sources(under: str) -> list[Path]:
    found = [path for path in sorted(PACKAGE.glob(under)) if "migrations" not in path.parts]
    return [path for path in found if not path.name.startswith("test_")]


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def is_action(path: Path) -> bool:
    return "actions" in path.parts or path.stem == "actions"


def writes_in(tree: ast.AST) -> Iterator[str]:
    """Calls that write rows: by their method's name, `update` only on what looks like a queryset."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            said = ast.unparse(node.func)
            on_rows = node.func.attr == "update" and (
                "objects." in said or ".filter(" in said or "_default_manager" in said
            )
            if node.func.attr in WRITES or on_rows:
                yield f"line {node.lineno}: {said}"


def reads_in(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """`Model.objects.something`, with the model and what was asked of it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "objects":
            yield ast.unparse(node.value.value), node.attr


@pytest.mark.parametrize("path", [path for path in sources("**/*.py") if not is_action(path)], ids=name_of)
def test_only_actions_write(path: Path) -> None:
    if name_of(path) in MAY_WRITE:
        return
    written = list(writes_in(ast.parse(path.read_text(encoding="utf-8"))))
    assert not written, f"{name_of(path)} writes: make it an action, or say in MAY_WRITE why not. {written}"


@pytest.mark.parametrize("path", [*sources("*/views.py"), *sources("*/views/**/*.py")], ids=name_of)
def test_a_view_reads_from_the_person(path: Path) -> None:
    bare = [
        f"{model}.objects.{asked}"
        for model, asked in reads_in(ast.parse(path.read_text(encoding="utf-8")))
        if asked not in SCOPES and (name_of(path), model) not in MAY_READ
    ]
    assert not bare, f"{name_of(path)} reads without seen_by: {bare}"


def test_nothing_is_excused_that_does_not_need_it() -> None:
    for name in MAY_WRITE:
        assert list(writes_in(ast.parse((PACKAGE / name).read_text(encoding="utf-8")))), name
    for name, model in MAY_READ:
        assert model in dict(reads_in(ast.parse((PACKAGE / name).read_text(encoding="utf-8")))), name
