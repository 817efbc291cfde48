"""An authority publishes its own version of the timeframes: checked first, never changed after."""

from django.db import transaction
from django.db.models import Max

from wellplaced import guidance, history
from wellplaced.history import clock
from wellplaced.monitoring.models import PublishedTimeframes
from wellplaced.monitoring.timeframes import proposed
from wellplaced.people.models import Authority, Person


@transaction.atomic
def publish_timeframes(*, text: str, reason: str, by: Person) -> PublishedTimeframes:
    """Publish what `text` (TOML) replaces in the guidance's timeframes. Raises guidance.Refusal with the key's path.

    The day from which it is in force stands in the text; what is owed is computed anew for the whole authority. Of two
    who publish at the same moment the second is checked against what the first did.
    """
    Authority.objects.select_for_update(no_key=True).get(pk=by.own_authority.pk)
    version = proposed(text, by.own_authority.pk)
    earlier = PublishedTimeframes.objects.filter(authority=by.own_authority)
    number = (earlier.aggregate(last=Max("number"))["last"] or 0) + 1
    published = PublishedTimeframes.objects.create(
        authority=by.own_authority,
        number=number,
        in_force_from=version.in_force_from,
        base=guidance.default_versions()[-1].number,
        text=text,
        reason=reason,
        published_by=by,
        published_at=clock.now(),
    )
    history.record(
        "timeframes published",
        about=published,
        by=by,
        reason=reason,
        happened_on=version.in_force_from,
        changes={"number": [None, number]},
    )
    return published
