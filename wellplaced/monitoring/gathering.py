"""From the database to the facts of the guidance: one provision as one authority knows it; many at once in few queries."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar, cast

from django.db import models
from django.db.models import Count, Q

from wellplaced import guidance
from wellplaced.guidance import facts as words
from wellplaced.guidance.steps import FOLLOW_FROM_FACTS, STEPS
from wellplaced.monitoring.models import Concern, JudgementFollowUp, OtherAuthorityCheck, Visit, VisitState, Waiver
from wellplaced.people.models import ProvisionType
from wellplaced.placements.models import Placement
from wellplaced.register.models import Judgement, LocalDetails, Provision

Pair = tuple[int, int]  # authority, provision
Record = TypeVar("Record", bound=models.Model)
Grouped = dict[Pair, list[Record]]

ALL_STEPS = tuple(step for step in STEPS if step not in FOLLOW_FROM_FACTS)


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
    concerns = own(Concern)
    follow_ups = own(JudgementFollowUp)
    waivers = own(Waiver, withdrawn_on=None)
    checks = own(OtherAuthorityCheck)
    details = own(LocalDetails)
    visits = _by_pair(_visits(authorities, types))
    return {
        pair: words.Facts(
            today=today,
            provision_type=types[pair[1]],
            under_contract_from=_contract(details[pair]),
            judgements=_judgements(judgements[pair[1]], follow_ups[pair], pair[0], today),
            placements=tuple(_placement(row) for row in placements[pair]),
            concerns=tuple(words.Concern(str(row.pk), row.raised_on) for row in concerns[pair]),
            visits=tuple(_visit(row, today) for row in visits[pair]),
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


def _visits(authorities: Collection[int], provisions: Collection[int]) -> "models.QuerySet[Visit]":
    return (
        Visit.objects.filter(authority__in=authorities, provision__in=provisions)
        .exclude(state__in=[VisitState.PROPOSED, VisitState.CANCELLED])
        .annotate(left_on_paper=Count("young_people_seen", filter=Q(young_people_seen__paper_was_left=True)))
        .prefetch_related("discharges", "step_records", "recipients", models.Prefetch("premises", to_attr="seen"))
        .order_by("visit_on", "pk")
    )


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


def _visit(row: Visit, today: date) -> words.Visit:
    """A visit that could not be held books nothing any more, from the hour on which that is recorded.

    One that a file brought in at going live was made before the service was used: nobody owes its steps.
    """
    is_given_up = row.state == VisitState.NOT_HELD and row.visit_on >= today
    named = [] if is_given_up else row.discharges.all()
    records = row.step_records.all()
    recipients = [each for each in row.recipients.all() if not each.left_out_because]
    return words.Visit(
        id=str(row.pk),
        booked_on=row.booked_on,
        visit_on=row.visit_on,
        held=row.state == VisitState.HELD,
        premises=tuple(str(premises.pk) for premises in cast(Any, row).seen),
        discharges=tuple(sorted(discharge.key for discharge in named)),
        whole_form=row.whole_form,
        questionnaires_left=cast(Any, row).left_on_paper or None,
        actions_named=row.actions_named,
        recipients=tuple(each.key for each in recipients),
        done={each.step: each.done_on for each in records if each.done_on},
        set_aside=ALL_STEPS if row.loaded else tuple(each.step for each in records if each.set_aside_because),
        comments={each.key: each.answered_on for each in recipients if each.answered_on},
    )


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
