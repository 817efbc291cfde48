"""What the register offers on the page of a provision, and its own pages about one: premises, registrations, judgements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from wellplaced.design.lists import Column
from wellplaced.design.tags import Link, Tag, state_tag
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.rights import Permission
from wellplaced.register.actions.judgements import may_correct, may_judge
from wellplaced.register.models import Judgement, Provision, Registration

PREMISES_COLUMNS: Sequence[Column] = (
    Column(
        "label",
        "Called",
        sort="label",
        cell=lambda each: Link(each.label, reverse("register:change_premises", args=[each.pk])),
    ),
    Column("kind", "Kind", sort="kind", cell=lambda each: each.get_kind_display()),
    Column("address", "Address"),
    Column("postcode", "Postcode", sort="postcode"),
    Column("capacity", "Places", sort="capacity", numeric=True, nulls_last=True),
    Column("closed_on", "Closed on", sort="closed_on", nulls_last=True),
)
SEEN_PREMISES_COLUMNS = (Column("label", "Called", sort="label"), *PREMISES_COLUMNS[1:])  # for who may not change them


def doings(provision: Provision, person: Person) -> list[Link]:
    """What the person may do with the record of a provision, for the buttons of its page."""
    record = [Link("Correct the record", reverse("register:record", args=[provision.pk]))]
    return [*_additions(provision, person), *(record if may_judge(person, provision) else [])]


def _additions(provision: Provision, person: Person) -> list[Link]:
    own = provision.entered_by_id is not None and provision.entered_by_id == person.authority_id
    possible = (
        (
            provision.type == ProvisionType.SUPPORTED_ACCOMMODATION and person.may(Permission.DESCRIBE_PROVISION),
            "Add a house or flat",
            "register:add_premises",
        ),
        (own and person.may(Permission.ENTER_PROVISION), "Change what we entered", "register:change_entered"),
        (may_judge(person, provision), "Record a judgement", "register:add_judgement"),
    )
    return [Link(text, reverse(route, args=[provision.pk])) for may_do, text, route in possible if may_do]


@dataclass(frozen=True)
class RegistrationRow:
    """A registration, and what the person may do about it."""

    registration: Registration
    status: Tag
    links: Sequence[Link]


@dataclass(frozen=True)
class JudgementRow:
    """A judgement, and what the person may do about it."""

    judgement: Judgement
    outcome: Tag
    links: Sequence[Link]

    @property
    def own_words(self) -> str:
        """The inspectorate's words, where they say something else than the outcome does."""
        words = self.judgement.words
        return "" if words == self.judgement.get_outcome_display() else words


@dataclass(frozen=True)
class RecordPage:
    """What the register holds of one provision, newest first."""

    provision: Provision
    registrations: Sequence[RegistrationRow]
    judgements: Sequence[JudgementRow]
    doings: Sequence[Link]


def record_page(
    provision: Provision, registrations: Iterable[Registration], judgements: Iterable[Judgement], person: Person
) -> RecordPage:
    """The registrations and judgements with the links that the person may follow."""
    return RecordPage(
        provision=provision,
        registrations=[
            RegistrationRow(each, state_tag(each.status), _about_registration(each, person)) for each in registrations
        ],
        judgements=[JudgementRow(each, state_tag(each.outcome), _about_judgement(each, person)) for each in judgements],
        doings=_additions(provision, person),
    )


def _about_registration(registration: Registration, person: Person) -> list[Link]:
    if not person.may(Permission.CORRECT_REGISTER):
        return []
    links = [Link("Correct", _to("correct_registration", registration), f"the registration {registration.urn}")]
    if registration.left_marked_on:
        links.append(Link("Decide", _to("left", registration), f"whether {registration.urn} is still active"))
    links.append(
        Link("It was registered before", _to("continues", registration), f"under another URN than {registration.urn}")
    )
    return links


def _about_judgement(judgement: Judgement, person: Person) -> list[Link]:
    if not may_correct(person, judgement):
        return []
    return [
        Link("Correct", _to("correct_judgement", judgement), f"the judgement published on {judgement.published_on}")
    ]


def _to(route: str, record: Registration | Judgement) -> str:
    return reverse(f"register:{route}", args=[record.pk])
