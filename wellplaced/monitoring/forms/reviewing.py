"""Who may review a visit's report (C19): senior officers, and whoever acts for one who is away; never the visitor."""

from collections.abc import Sequence
from datetime import date

from django import forms

from wellplaced.design.forms import RevisionForm
from wellplaced.monitoring.absence import away_on, away_words
from wellplaced.monitoring.models import Visit
from wellplaced.people.models import Cover, Person
from wellplaced.people.rights import RIGHTS, Permission
from wellplaced.register.models import Provision


def reviewer_field(label: str = "Who reviews the report?") -> forms.ModelChoiceField[Person]:
    return forms.ModelChoiceField(label=label, queryset=Person.objects.none(), required=False, empty_label="Nobody yet")


def reviewers(person: Person, today: date) -> list[Person]:
    """The colleagues who may return a report today, by their own role or for somebody whom they cover."""
    roles = [role.value for role, permissions in RIGHTS.items() if Permission.REVIEW_REPORT in permissions]
    colleagues = Person.objects.seen_by(person).filter(is_active=True)
    covers = Cover.objects.seen_by(person).on(today).filter(absent__roles__role__in=roles)
    by_role = colleagues.filter(roles__role__in=roles)
    return list((by_role | colleagues.filter(pk__in=covers.values("covering_id"))).distinct().order_by("name"))


def suggested_reviewer(person: Person, provision: Provision, offered: Sequence[Person]) -> Person | None:
    """Who reviewed last at this provision; else the only one who could."""
    reviewed = Visit.objects.seen_by(person).filter(provision=provision, reviewer__in=offered).order_by("-visit_on")
    last: Visit | None = reviewed.select_related("reviewer").first()
    if last is not None:
        return last.reviewer
    return offered[0] if len(offered) == 1 else None


def offer_reviewers(field: forms.Field, person: Person, offered: Sequence[Person], today: date) -> None:
    """Each by name, and beside whoever is away, until when and who covers."""
    away = away_on(person, today)
    field.queryset = Person.objects.filter(pk__in=[each.pk for each in offered])  # type: ignore[attr-defined]
    field.choices = [  # type: ignore[attr-defined]
        ("", "Nobody yet"),
        *(
            (each.pk, f"{each.name} ({away_words(away[each.pk])})" if each.pk in away else each.name)
            for each in offered
        ),
    ]


class ReviewerForm(RevisionForm):
    """Another reviewer."""

    reviewer = reviewer_field()

    def __init__(self, *args: object, person: Person, visit: Visit, today: date, **kwargs: object) -> None:
        initial = {"revision": visit.revision, "reviewer": visit.reviewer_id}
        super().__init__(*args, initial=initial, **kwargs)
        offered = [each for each in reviewers(person, today) if each.pk != visit.officer_id]
        if visit.reviewer is not None and visit.reviewer not in offered:
            offered.append(visit.reviewer)
        offer_reviewers(self.fields["reviewer"], person, offered, today)
