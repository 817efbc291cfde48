"""From the database to the facts of the guidance: one provision as one authority knows it; many at once in few queries."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar, cast

from django.db import models

from wellplaced import guidance
from wellplaced.guidance import facts as words
from wellplaced.monitoring.gathering_visits import gather_visits
from wellplaced.monitoring.models import Concern, JudgementFollowUp, OtherAuthorityCheck, Waiver
from wellplaced.people.models import ProvisionType
from wellplaced.placements.models import Placement
from wellplaced.register.models import Judgement, LocalDetails, Provision

Pair = tuple[int, int]  # authority, provision
Record = TypeVar("Record", bound=models.Model)
Grouped = dict[Pair, list[Record]]


def gather(pairs: Collection[Pair], today: date) -> dict[Pair, words.Facts]:
    """The facts of each pair whose provision is of a monitored type. Twelve queries, however many pairs."""
    authorities, provisions = {a for a, _ in pairs}, {p for _, p in pairs}
    types = dict(
        Provision.objects.filter(pk__in=provisions).exclude(type=ProvisionType.NOT_MONITORED).values_list("pk", "type")
    )
    judgements: dict[int, list[Judgement]] = defaultdict(list)
    for judgement in Judgement.objects.filter(provision__in=types).order_by("published_on", "pk"):
        judgements[judgement.provision_id].append(judgement)

    def own(model: type[Record], **more: Any) -> Grouped[Record]:
        rows = model._default_manager.filter(authority__in=authorities, provision__in=types, **more).order_by("pk")
        return _by_pair(rows)

    placements = own(Placement)
    concerns = own(Concern, withdrawn_because="")
    follow_ups = own(JudgementFollowUp)
    waivers = own(Waiver, withdrawn_on=None)
    checks = own(OtherAuthorityCheck)
    details = own(LocalDetails)
    visits = gather_visits(authorities, types, today)
    return {
        pair: words.Facts(
            today=today,
            provision_type=types[pair[1]],
            under_contract_from=_contract(details[pair]),
            judgements=_judgements(judgements[pair[1]], follow_ups[pair], pair[0], today),
            placements=tuple(_placement(row) for row in placements[pair]),
            concerns=tuple(words.Concern(str(row.pk), row.raised_on) for row in concerns[pair]),
            visits=tuple(visits[pair]),
            other_la_checks=_unique(f"initial:{row.placement_id}" for row in checks[pair] if row.made),
            waivers=_unique(row.key for row in waivers[pair]),
        )
        for pair in pairs
        if pair[1] in types
    }


def _by_pair(rows: Iterable[Record]) -> Grouped[Record]:
    grouped: Grouped[Record] = defaultdict(list)
    for row in rows:
        owned = cast(Any, row)
        grouped[owned.authority_id, owned.provision_id].append(row)
    return grouped


def _unique(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


def _contract(details: list[LocalDetails]) -> date | None:
    return details[0].under_contract_from if details else None


def _judgements(
    rows: list[Judgement], follow_ups: list[JudgementFollowUp], authority_id: int, today: date
) -> tuple[words.Judgement, ...]:
    own = {follow_up.judgement_id: follow_up for follow_up in follow_ups}
    seen = [row for row in rows if row.published_on <= today and row.entered_by_id in (None, authority_id)]
    return tuple(
        words.Judgement(
            str(row.pk),
            row.outcome,
            row.published_on,
            own[row.pk].plan_requested_on if row.pk in own else None,
            own[row.pk].plan_received_on if row.pk in own else None,
        )
        for row in seen
    )


def _placement(row: Placement) -> words.Placement:
    premises = str(row.premises_id) if row.premises_id else None
    return words.Placement(str(row.pk), row.starts_on, row.ends_on, premises, row.cancelled)


ENTRY = re.compile(r"^(?:visits\[(?P<visit>\d+)\]\.discharges|(?P<list>waivers|other_la_checks))\[(?P<entry>\d+)\]")


def without_what_cannot_be(facts: words.Facts, check: Callable[[words.Facts], None]) -> words.Facts:
    """The facts without the entries that name what no longer is (after a change in the shared register, say).

    An action of a person never comes here: it is refused with the reason, and nothing is written.
    """
    while True:
        try:
            check(facts)
        except guidance.Refusal as refusal:
            facts = _without_entry(facts, refusal)
        else:
            return facts


def _without_entry(facts: words.Facts, refusal: guidance.Refusal) -> words.Facts:

    found = ENTRY.match(refusal.path)
    if found is None:
        raise refusal
    entry = int(found["entry"])
    if found["list"] == "waivers":
        return replace(facts, waivers=_without(facts.waivers, entry))
    if found["list"]:
        return replace(facts, other_la_checks=_without(facts.other_la_checks, entry))
    visits = list(facts.visits)
    number = int(found["visit"])
    visits[number] = replace(visits[number], discharges=_without(visits[number].discharges, entry))
    return replace(facts, visits=tuple(visits))


def _without(names: tuple[str, ...], entry: int) -> tuple[str, ...]:
    return names[:entry] + names[entry + 1 :]
