"""Making and revoking the secret link by which somebody's calendar program reads their visits."""

from datetime import date
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.insight.models import CalendarFeed
from wellplaced.people.models import Person


def hashed(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_calendar_link(*, secret: str, by: Person, on: date) -> CalendarFeed:
    """Make the person's own link of a secret that the service drew. Sent twice, it is made once.

    Raises ValidationError where they have another link already, or have revoked this one.
    """
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # two windows at once: one after the other
    made: CalendarFeed | None = CalendarFeed.objects.seen_by(by).filter(person=by, token_sha256=hashed(secret)).first()
    if made is not None and made.revoked_on is None:
        return made
    if made is not None:
        raise ValidationError("This link has been revoked. Make a new one.")
    if CalendarFeed.objects.seen_by(by).filter(person=by, revoked_on=None).exists():
        raise ValidationError("You have a link already. Revoke it before you make another.")
    link = CalendarFeed.objects.create(authority=by.own_authority, person=by, token_sha256=hashed(secret), made_on=on)
    history.record("calendar link made", about=link, by=by, happened_on=on)
    return link


@transaction.atomic
def revoke_calendar_link(*, link: CalendarFeed, by: Person, on: date) -> CalendarFeed:
    """From now on the link answers 404. Revoking it again changes nothing."""
    if link.person_id != by.pk:
        raise ValidationError("A calendar link is revoked by whose it is.")
    if link.revoked_on is not None:
        return link
    return history.amend(link, verb="calendar link revoked", by=by, seen_revision=None, happened_on=on, revoked_on=on)
