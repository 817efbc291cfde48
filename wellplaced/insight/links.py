"""The secret of a calendar link: drawn, sealed into the form that makes the link of it, and recognised when it comes back.

The secret travels in the form, so that a form sent twice shows the one link that it made. It is sealed with the
service's key: nobody can make a link of a secret of their own choosing.
"""

import secrets

from django.core import signing

from wellplaced.history import clock
from wellplaced.insight.actions.calendar_links import hashed
from wellplaced.insight.models import CalendarFeed
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission

BYTES = 32
SEAL = "calendar link"
SECONDS = 24 * 60 * 60  # that a form may stay open


def drawn(person: Person) -> str:
    """A new secret for this person, sealed."""
    return signing.dumps([person.pk, secrets.token_urlsafe(BYTES)], salt=SEAL)


def opened(sealed: str, person: Person) -> str | None:
    """The secret, where the service drew it for this person today."""
    try:
        whose, secret = signing.loads(sealed, salt=SEAL, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return str(secret) if whose == person.pk else None


def owner_of(secret: str) -> Person | None:
    """Whose link it is; None for one that is unknown or revoked, or whose owner may not see the authority's work any more."""
    link = CalendarFeed.objects.filter(token_sha256=hashed(secret), revoked_on=None).first()
    person = Person.objects.signed_in(link.person_id, clock.today()) if link else None
    if person is None or not person.is_active or person.authority is None or not person.authority.is_active:
        return None
    return person if person.may(Permission.SEE) else None
