"""Makes the rows of a projection be what was computed, touching only those that differ."""

from collections.abc import Collection
from operator import attrgetter, itemgetter
from typing import Any

from django.db import models
from django.db.models import Q

Pair = tuple[int, int]  # authority, provision


def store(
    model: type[models.Model],
    scope: Q,
    pairs: Collection[Pair],
    wanted: dict[Any, Any],
    identity: tuple[str, ...],
) -> None:
    """Make the table's rows of these pairs be the wanted ones, touching only those that differ."""
    wanted = dict(wanted)
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = [field.attname for field in fields]
    values_of, identity_of = attrgetter(*columns), itemgetter(*(columns.index(name) + 1 for name in identity))
    pair_of = itemgetter(columns.index("authority_id") + 1, columns.index("provision_id") + 1)
    gone, changed = [], []
    inside = set(pairs)
    for stored in model._default_manager.filter(scope).order_by().values_list("pk", *columns):
        if pair_of(stored) not in inside:
            continue
        new = wanted.pop(identity_of(stored), None)
        if new is None:
            gone.append(stored[0])
        elif values_of(new) != stored[1:]:
            changed.append(_record(model, new, stored[0]))
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    if changed:
        model._default_manager.bulk_update(changed, [field.name for field in fields], batch_size=200)
    model._default_manager.bulk_create([_record(model, new, None) for new in wanted.values()], batch_size=500)


def _record(model: type[models.Model], row: Any, number: int | None) -> models.Model:
    record: models.Model = row if isinstance(row, model) else model(**row._asdict())
    record.pk = number
    return record
