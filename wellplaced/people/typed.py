"""What somebody typed into a form just before they turned out to be signed out: kept, shown to them alone, sent again.

It lies in the session on the server, for a day at most, with the number of the person who typed it. It holds the fields
of the form, never files, passwords or security tokens. Somebody else who signs in in the same browser makes it go.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from django.http import HttpRequest

from wellplaced.history import clock

KEY = "typed"
MARK = "typed_before"  # the field by which a form that is sent again names what it sends
LEAVE_OUT = ("password", "csrfmiddlewaretoken", MARK)
NOT_TYPED = ("was-",)  # what stood in a field when the page was opened
UNSEEN = ("once", "revision", "known", "slots", "checked")  # what the form carries along unseen
BOXES = ("-day", "-month", "-year")  # of a date, in this order
KEPT_FOR = timedelta(hours=24)
MOST_KEPT = 10


@dataclass(frozen=True)
class Typed:
    """One form that was sent too late: where to, when, what it held, which of its fields were files."""

    key: str
    person_id: int
    path: str
    at: datetime
    fields: list[tuple[str, list[str]]]
    files: list[str]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every value with its field's name, as the form sent them."""
        return [(name, value) for name, values in self.fields for value in values]

    @property
    def shown(self) -> list[tuple[str, list[str]]]:
        """What a person would recognise: field names as words, the boxes of a date as one, nothing empty."""
        found: dict[str, list[str]] = {}
        for name, values in self.fields:
            field, box = name.rsplit("-", 1) if name.endswith(BOXES) else (name, "")
            filled = [value for value in values if value.strip()]
            if not filled or field.rpartition("-")[2] in UNSEEN or name.startswith(NOT_TYPED):
                continue
            said = found.setdefault(_as_words(field), [])
            if box and said:
                said[0] += f"/{filled[0]}"
            else:
                said += filled
        return list(found.items())

    @property
    def files_shown(self) -> list[str]:
        return [_as_words(name) for name in self.files]


def keep(request: HttpRequest, person_id: int) -> None:
    """Keep what this POST held for that person, beside what was kept before."""
    typed = {
        "key": token_urlsafe(8),
        "person_id": person_id,
        "path": request.get_full_path(),
        "at": clock.now().isoformat(),
        "fields": [[name, values] for name, values in request.POST.lists() if not _left_out(name)],
        "files": sorted(request.FILES),
    }
    others = [old for old in request.session.get(KEY, []) if old["person_id"] == person_id]
    request.session[KEY] = [*others, typed][-MOST_KEPT:]
    request.session.set_expiry(int(KEPT_FOR.total_seconds()))


def kept(request: HttpRequest) -> list[Typed]:
    """What is kept for whoever is signed in; anybody else's, and what is too old, goes now."""
    found = request.session.get(KEY)
    if not found:
        return []
    person_id = request.user.pk
    good = [each for each in found if each["person_id"] == person_id and _fresh(each)]
    _put_back(request, found, good)
    return [_read(each) for each in good]


def drop(request: HttpRequest, key: str) -> None:
    """Forget one: it was sent again, or its writer does not want it."""
    found = request.session.get(KEY, [])
    _put_back(request, found, [each for each in found if each["key"] != key])


def _put_back(request: HttpRequest, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    if after == before:
        return
    if after:
        request.session[KEY] = after
    else:
        del request.session[KEY]
        request.session.set_expiry(None)


def _fresh(kept_: dict[str, Any]) -> bool:
    return clock.now() - datetime.fromisoformat(kept_["at"]) < KEPT_FOR


def _read(kept_: dict[str, Any]) -> Typed:
    fields = [(name, list(values)) for name, values in kept_["fields"]]
    return Typed(**{**kept_, "at": datetime.fromisoformat(kept_["at"]), "fields": fields})


def _left_out(name: str) -> bool:
    return any(part in name.lower() for part in LEAVE_OUT)


def _as_words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").strip().capitalize()
