"""What the visit forms offer: officers (C11), premises, and the requirements that a visit may discharge (R13)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django import forms
from django.db.models import QuerySet

from wellplaced.design.fields import Checkboxes, RecordsField, TextBox
from wellplaced.design.words import day
from wellplaced.monitoring.absence import away_on
from wellplaced.monitoring.actions.refusals import unseen, unseen_words
from wellplaced.monitoring.models import Assignment, Requirement
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.words import KINDS
from wellplaced.people.approvals import approved_people
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.rights import Permission
from wellplaced.placements.models import Placement
from wellplaced.register.models import Premises, Provision


def officer_field() -> forms.ModelChoiceField[Person]:
    return forms.ModelChoiceField(label="Who makes the visit?", queryset=Person.objects.none())


def premises_field(label: str) -> RecordsField[Premises]:
    return RecordsField(label=label, queryset=Premises.objects.none(), required=False, widget=Checkboxes())


def discharges_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="What does this visit discharge?",
        required=False,
        help_text="The earliest due date governs. Untick what this visit does not cover",
    )


def whole_form_field() -> forms.BooleanField:
    return forms.BooleanField(
        label="The visit covered the whole monitoring form",
        required=False,
        help_text="Tick this for a visit about a concern that also covered everything else: the 12 months start again",
    )


def note_field() -> forms.CharField:
    warning = "Everybody in your authority reads this: do not name or describe a young person here"
    return forms.CharField(label="Note", required=False, max_length=2000, widget=TextBox(rows=3), help_text=warning)


def offer_officers(field: forms.Field, person: Person, provision: Provision, today: date) -> None:
    """Approved colleagues first, then those who book visits and are not; the action says why one is refused (C11)."""
    colleagues = Person.objects.seen_by(person).filter(is_active=True).prefetch_related("roles")
    approved = approved_people(person, provision.type, today)
    others = [each for each in colleagues if each not in approved and each.may(Permission.BOOK_VISIT)]
    field.queryset = colleagues  # type: ignore[attr-defined]
    kind = ProvisionType(provision.type).label
    field.choices = [  # type: ignore[attr-defined]
        ("", "Choose an officer"),
        *((each.pk, each.name) for each in approved),
        *((each.pk, f"{each.name} (not approved today: {kind})") for each in others),
    ]


def usual_officer(person: Person, provision: Provision, today: date) -> int | None:
    """Whoever looks after the provision, where they are approved for it and not away."""
    current = Assignment.objects.seen_by(person).filter(provision=provision, ends_on=None).first()
    if current is None or current.officer_id in away_on(person, today):
        return None
    approved = {each.pk for each in approved_people(person, provision.type, today)}
    return current.officer_id if current.officer_id in approved else None


def premises_owed(owed: Iterable[Requirement], ticked: Iterable[str], sight: Sight) -> list[int]:
    """The flats and houses (C9) where those live for whom the ticked requirements are owed; nothing of a closed record."""
    keys = set(ticked)
    homes = [each.placement for each in owed if each.key in keys and each.placement is not None]
    return sorted({each.premises_id for each in homes if each.premises_id and sight.sees(each.young_person)})


def offer_premises(form: forms.BaseForm, premises: "QuerySet[Premises]") -> None:
    """The authority's own premises there; the question is left out where there are none."""
    form.fields["premises"].queryset = premises  # type: ignore[attr-defined]
    if not premises:
        del form.fields["premises"]


def look_at_premises(form: forms.BaseForm, person: Person, *, besides: Collection[Placement] = ()) -> None:
    """R7: a flat or house whose initial visit is discharged was seen. `besides`: recorded otherwise before."""
    keys, seen = form.cleaned_data.get("discharges") or [], form.cleaned_data.get("premises") or []
    missing = [each for each in unseen(keys, seen, person) if each not in besides]
    if missing:
        form.add_error("premises" if "premises" in form.fields else "discharges", unseen_words(missing))


def offer_requirements(form: forms.BaseForm, owed: Sequence[Requirement], ticked: Iterable[str], sight: Sight) -> None:
    """Requirements with for whom and by when as hints; those to be ticked are ticked unless somebody answered already."""
    field = form.fields["discharges"]
    if not owed:
        del form.fields["discharges"]
        return
    field.widget = Checkboxes(hints={each.key: _hint(each, sight) for each in owed})
    field.choices = [(each.key, f"{KINDS[each.kind]} ({each.clause})") for each in owed]  # type: ignore[attr-defined]
    form.initial.setdefault("discharges", list(ticked))


def _hint(requirement: Requirement, sight: Sight) -> str:
    whose = sight.whose(requirement)
    if not whose:
        return due_words(requirement)
    home = requirement.placement.premises if requirement.placement else None
    is_open = home is not None and sight.sees(requirement.placement.young_person)  # type: ignore[union-attr]
    return f"For {whose}{f', {home}' if is_open else ''}. {due_words(requirement)}"


def due_words(requirement: Requirement) -> str:
    """'Due by 3 January 2027', or why there is no date."""
    return f"Due by {day(requirement.due_on)}" if requirement.due_on else "No due date until the action plan arrives"


def earliest_due(owed: Iterable[Requirement], keys: Iterable[str]) -> Requirement | None:
    """The requirement that governs a visit (R13): the earliest due date among those that it is to discharge."""
    named = set(keys)
    dated = [each for each in owed if each.key in named and each.due_on]
    return min(dated, key=lambda each: each.due_on or date.max, default=None)
