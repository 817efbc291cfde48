"""Finished words for the pages of this room: lists of provisions, and what to call a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, FilteredRelation, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.urls import reverse
from markupsafe import Markup

from wellplaced.design import words
from wellplaced.design.lists import Column
from wellplaced.design.tags import Link, Tag, state_tag
from wellplaced.people.models import Person, ProvisionType
from wellplaced.register.models import Outcome, Provision, RegisterImport, Registration


def provisions_for(person: Person) -> QuerySet[Provision, Provision]:
    """What the person sees, each with the name by which their authority knows it, to sort by (`known`)."""
    own = FilteredRelation("local_details", condition=Q(local_details__authority=person.authority_id))
    typed = NullIf(F("own__name"), Value(""))
    return (
        Provision.objects.seen_by(person)
        .with_details_of(person.authority_id)
        .select_related("provider")
        .annotate(own=own, known=Lower(NullIf(Coalesce(typed, F("name")), Value(""))))
    )


def outcome_words(provision: Provision) -> str:
    """The judgement in force in words; 'Not judged' where there is none."""
    return str(Outcome(provision.outcome or Outcome.NOT_JUDGED).label)


def _judgement(provision: Provision) -> Tag | Markup:
    """The judgement in force, and when it was published."""
    tag = state_tag(provision.outcome or Outcome.NOT_JUDGED)
    if provision.judged_on is None:
        return tag
    return Markup("{}<br>{}").format(tag, words.short_day(provision.judged_on))


def named(provision: Provision, name: str = "") -> Link | Markup:
    """The name by which the authority knows it, and why nobody should be placed there without asking."""
    link = Link(name or provision.known_as, provision.get_absolute_url())
    if not provision.standing_warning:
        return link
    return Markup("{}<br>{}").format(link, Tag(provision.standing_warning, "red"))


def _own(name: str) -> Any:
    """The value of a field of the authority's own details, empty where it typed none."""
    return lambda provision: getattr(provision.details, name, None) if provision.details else ""


PROVISION_COLUMNS: Sequence[Column] = (
    Column(
        "name",
        "Provision",
        sort=("known", "urn"),
        nulls_last=True,
        cell=named,
        csv=lambda provision: provision.known_as,
    ),
    Column("type", "Type", sort="type", cell=lambda provision: provision.get_type_display()),
    Column("owner", "Owner", sort="provider__name", nulls_last=True, cell=lambda provision: provision.provider or ""),
    Column("place", "Place", sort="local_authority", cell=lambda provision: provision.local_authority),
    Column("urn", "URN", sort="urn"),
    Column("judgement", "Judgement", sort="judged_on", nulls_last=True, cell=_judgement, csv=outcome_words),
    Column("judged_on", "Published", csv_only=True),
    Column("standing_warning", "Warning", csv_only=True),
    Column("alias", "Alias", cell=_own("alias"), csv_only=True),
    Column(
        "postcode", "Postcode", cell=lambda provision: _own("postcode")(provision) or provision.postcode, csv_only=True
    ),
    Column("contract", "Under contract from", cell=_own("under_contract_from"), csv_only=True),
    Column("places", "Places", csv_only=True),
)

LEFT_COLUMNS: Sequence[Column] = (
    Column("urn", "URN", sort="urn"),
    Column(
        "provision",
        "Provision",
        sort="provision__name",
        cell=lambda each: named(each.provision),
    ),
    Column("owner", "Owner", sort="provision__provider__name", cell=lambda each: each.provision.provider or ""),
    Column("place", "Place", sort="provision__local_authority", cell=lambda each: each.provision.local_authority),
    Column("as_at", "Last listed as at", sort="as_at"),
    Column("left_marked_on", "Found missing", sort="left_marked_on"),
    Column(
        "decide",
        "Still active?",
        cell=lambda each: Link("Decide", reverse("register:left", args=[each.pk]), hidden=f"about {each.urn}"),
        csv=lambda _: "",
    ),
)

STATE_COLOURS = {"comparing": "blue", "compared": "amber", "applying": "blue", "applied": "green", "refused": "red"}


def import_state(handed_in: RegisterImport) -> Tag:
    """The state of an import as a tag."""
    return Tag(handed_in.get_state_display(), STATE_COLOURS.get(handed_in.state, "grey"))


IMPORT_COLUMNS: Sequence[Column] = (
    Column(
        "file_name",
        "File",
        sort="file_name",
        cell=lambda each: Link(each.file_name, reverse("register:import", args=[each.pk])),
    ),
    Column("whose", "For", sort="authority__name", cell=lambda each: each.authority or "The shared register"),
    Column("as_at", "As at", sort="as_at"),
    Column("state", "State", sort="state", cell=import_state),
    Column("handed_in_at", "Handed in", sort="handed_in_at"),
    Column("by", "By", sort="handed_in_by__name", cell=lambda each: each.handed_in_by.name),
)


@dataclass(frozen=True)
class RegisterNow:
    """What the shared register holds. `counts` is ((type, provisions, judged, suspended), …)."""

    as_at: date | None
    last_import: RegisterImport | None
    counts: Sequence[tuple[str, int, int, int]]

    @property
    def total(self) -> int:
        return sum(count[1] for count in self.counts)


def register_now() -> RegisterNow:
    """The shared register in three queries."""
    applied = RegisterImport.objects.filter(authority=None, state=RegisterImport.State.APPLIED)
    rows = (
        Provision.objects.filter(entered_by=None)
        .values("type")
        .annotate(
            held=Count("pk"),
            judged=Count("pk", filter=~Q(outcome__in=["", Outcome.NOT_JUDGED])),
            suspended=Count("pk", filter=Q(status="suspended")),
        )
        .order_by("type")
    )
    found = {row["type"]: (row["held"], row["judged"], row["suspended"]) for row in rows}
    return RegisterNow(
        as_at=Registration.objects.aggregate(newest=Max("as_at"))["newest"],
        last_import=applied.defer("content", "preview", "result").select_related("handed_in_by").first(),
        counts=[(str(label), *found[code]) for code, label in ProvisionType.choices if code in found],
    )
