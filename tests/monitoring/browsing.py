"""How this room's page tests open pages: signed in as somebody, with days typed into three boxes."""

import re
from datetime import date

from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client

from wellplaced.people.models import Person


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="wellplaced.people.sign_in.Backend")
    return client


def day_parts(name: str, day: date) -> dict[str, str]:
    """A day as a form's three boxes send it."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


MADE_UP = re.compile(r'(name="(?:csrfmiddlewaretoken|once)" value|nonce)="[^"]*"')


def text_of(answer: HttpResponseBase) -> str:
    """A page's HTML without its random tokens, which may hold any letters; or a download's text."""
    assert answer.status_code == 200, f"{answer.status_code}"
    if isinstance(answer, StreamingHttpResponse):
        return b"".join(answer).decode()
    return MADE_UP.sub(r'\1=""', answer.content.decode())  # type: ignore[attr-defined]
