"""Every route of the service, from the URL table; and who may open it, from `routes.toml`."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from wellplaced.people.rights import RIGHTS, Permission, Role

TABLE = Path(__file__).parent / "routes.toml"
EVERYBODY = "everybody"
SIGNED_IN = "signed in"


@dataclass(frozen=True)
class Route:
    """One address of the service. `params` are the names of what stands in it, in order."""

    name: str
    params: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def permissions(self) -> Any:
        """What the view says of itself: a set of permissions, None for everybody; 'nothing' where it says nothing."""
        return getattr(self.view, "permissions", "nothing")

    def address(self, values: list[Any]) -> str:
        return reverse(self.name, kwargs=dict(zip(self.params, values, strict=True)))


@dataclass(frozen=True)
class Row:
    """What `routes.toml` says of a route: who gets in, which kinds of record its address names."""

    who: str | tuple[str, ...]
    args: tuple[str, ...] = ()

    @property
    def names_records(self) -> bool:
        return any(not kind.startswith("=") for kind in self.args)

    def admits(self, role: Role) -> bool:
        return self.who in (EVERYBODY, SIGNED_IN) or role.value in self.who


def routes() -> dict[str, Route]:
    """Every route by name; where several share a name, the names of their parts follow in brackets."""
    found = list(_walk(get_resolver(), "", ()))
    times = Counter(route.name for route in found)
    return {
        route.name if times[route.name] == 1 else f"{route.name} ({', '.join(route.params)})": route for route in found
    }


def _walk(resolver: URLResolver, namespace: str, params: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        here = params + _params(entry)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner, here)
        else:
            yield Route(f"{namespace}{entry.name}", here, entry.callback)


def _params(entry: URLPattern | URLResolver) -> tuple[str, ...]:
    converters = getattr(entry.pattern, "converters", {})
    regex = getattr(entry.pattern, "regex", None)
    return tuple(converters) or (tuple(regex.groupindex) if regex else ())


def table() -> dict[str, Row]:
    """The written table of expected answers."""
    written = _written()
    return {name: _row(name, row, written["groups"]) for name, row in written["routes"].items()}


def _written() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def _row(name: str, row: dict[str, Any], groups: dict[str, list[str]]) -> Row:
    unknown = set(row) - {"who", "args"}
    assert not unknown, f"{name}: routes.toml knows 'who' and 'args', not {unknown}"
    who, args = row["who"], tuple(row.get("args", ()))
    if who in (EVERYBODY, SIGNED_IN):
        return Row(who, args)
    assert who in groups, f"{name}: '{who}' is none of the groups at the head of routes.toml"
    return Row(tuple(Role(role).value for role in groups[who]), args)


def who_by_code(route: Route) -> str | tuple[str, ...]:
    """Whom the view lets in, by what it says of itself and by the table of rights."""
    if route.permissions is None:
        return EVERYBODY
    if route.permissions == frozenset(Permission):
        return SIGNED_IN
    return tuple(role.value for role in Role if RIGHTS[role] & route.permissions)


def row_to_add(name: str, route: Route) -> str:
    """A row to look at, to correct, and to put into the table."""
    who = who_by_code(route)
    groups = {frozenset(roles): group for group, roles in _written()["groups"].items()}
    written = f'"{who if isinstance(who, str) else groups.get(frozenset(who), who)}"'
    args = f", args = {list(route.params)}".replace("'", '"') if route.params else ""
    return f'"{name}" = {{ who = {written}{args} }}'
