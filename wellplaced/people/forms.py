"""The forms of staff, approvals, cover, closure days and authorities."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from wellplaced.design.fields import Checkboxes, GovDateField, Radios, TextBox, YesNoField, width
from wellplaced.design.forms import Form, RevisionForm
from wellplaced.design.lists import FilterForm
from wellplaced.people.covering import able_to_act
from wellplaced.people.models import Approval, Person, ProvisionType
from wellplaced.people.rights import ROLE_NAMES, Role

STAFF_ROLES = [(role.value, name) for role, name in ROLE_NAMES.items() if role != Role.OPERATOR]
ROLE_HINTS = {
    Role.PLACEMENT_OFFICER.value: "The LA representative: records placements and concerns, books and holds visits",
    Role.SENIOR_OFFICER.value: "As a placement officer, and asks for Ofsted action plans (C8), sees the whole team",
    Role.MANAGER.value: "As a senior officer, and reassigns, waives, keeps staff and approvals, loads files",
    Role.ADMINISTRATOR.value: "Keeps staff, cover and timeframes, loads files; records no visits",
    Role.VIEWER.value: "Sees, and changes nothing",
}
UNTIL_HINT = "The last day. Leave it empty for until further notice."


class RolesField(forms.MultipleChoiceField):
    """Which roles a member of staff holds, as checkboxes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=STAFF_ROLES, widget=Checkboxes(hints=ROLE_HINTS), label="Roles", **kwargs)

    def clean(self, value: Any) -> list[Role]:
        return [Role(each) for each in super().clean(value)]


class NameForm(RevisionForm):
    """Who somebody is."""

    name = forms.CharField(label="Full name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label="Work email address", help_text="They sign in with it, and their link goes to it.")


class NewPersonForm(Form):
    """A new colleague: name, email, roles."""

    name = forms.CharField(label="Full name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label="Work email address", help_text="They sign in with it, and their link goes to it.")
    roles = RolesField()


class RolesForm(RevisionForm):
    """The roles of a colleague."""

    roles = RolesField()


class LeaveForm(RevisionForm):
    """Why somebody's access ends."""

    reason = forms.CharField(label="Why?", required=False, max_length=200, help_text="For example: left the authority")


class ApprovalForm(Form):
    """C11: for which type, from when, until when."""

    provision_type = forms.ChoiceField(label="Type of provision", choices=ProvisionType.monitored(), widget=Radios())
    starts_on = GovDateField(label="Approved from")
    ends_on = GovDateField(label="Approved until", required=False, help_text=UNTIL_HINT)


class ApprovalDatesForm(RevisionForm):
    """The days of an approval, corrected."""

    starts_on = GovDateField(label="Approved from")
    ends_on = GovDateField(label="Approved until", required=False, help_text=UNTIL_HINT)


class ApprovalEndForm(RevisionForm):
    """The last day of an approval, and why it ends."""

    ends_on = GovDateField(label="Last day of the approval")
    reason = forms.CharField(label="Why?", required=False, max_length=200)


class CoverForm(Form):
    """Who is away, who acts for them, from when to when."""

    absent = forms.ModelChoiceField(Person.objects.none(), label="Who is away?", empty_label="Choose")
    covering = forms.ModelChoiceField(
        Person.objects.none(),
        label="Who acts for them?",
        empty_label="Choose",
        help_text="For an officer or a manager: a colleague who may book and hold visits too. For an administrator: one "
        "who keeps staff",
    )
    starts_on = GovDateField(label="First day")
    ends_on = GovDateField(label="Last day")
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=200,
        help_text="Shown to colleagues, so nothing private: ‘leave’ is enough.",
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = Person.objects.seen_by(person).filter(is_active=True)
        for name, offered in (("absent", colleagues), ("covering", able_to_act(colleagues))):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = offered


class ClosureDayForm(Form):
    """A day on which the authority is closed."""

    day = GovDateField(label="Day")
    name = forms.CharField(label="What is it?", max_length=120, help_text="For example: Christmas closure")


class AuthorityForm(RevisionForm):
    """An authority, corrected."""

    name = forms.CharField(label="Name", max_length=120)
    code = forms.CharField(
        label="Code",
        max_length=12,
        help_text="The three digits of the Department for Education, or a short name of your own",
        widget=forms.TextInput(attrs=width(5)),
    )
    safeguarding_contact = forms.CharField(
        label="Whom to call about a child's safety",
        required=False,
        max_length=600,
        widget=TextBox(rows=4),
        help_text="Name, telephone number and hours. Shown wherever a concern is raised.",
    )
    is_active = YesNoField(label="Does it use the service?")


class NewAuthorityForm(AuthorityForm):
    """An authority with its first administrator."""

    is_active = None  # type: ignore[assignment]
    administrator_name = forms.CharField(label="First administrator's full name", max_length=120)
    administrator_email = forms.EmailField(
        label="First administrator's email address", help_text="A link goes there by which they set their own password."
    )


class StaffFilters(FilterForm):
    """Staff by name or email, role, type of provision that they may visit today, and whether they still work here."""

    q = forms.CharField(label="Name or email address")
    role = forms.ChoiceField(label="Role", choices=[("", "Any role"), *STAFF_ROLES])
    approved = forms.ChoiceField(label="Approved today for", choices=[("", "Any type"), *ProvisionType.monitored()])
    works = forms.ChoiceField(label="Works here", choices=[("", "Anybody"), ("yes", "Works here"), ("no", "Has left")])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def narrow(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        asked = self.answers()
        if text := asked.get("q"):
            rows = rows.filter(Q(name__icontains=text) | Q(email__icontains=text))
        if role := asked.get("role"):
            rows = rows.filter(roles__role=role)
        if kind := asked.get("approved"):
            rows = rows.filter(pk__in=Approval.objects.on(self.today).filter(provision_type=kind).values("person_id"))
        if works := asked.get("works"):
            rows = rows.filter(is_active=works == "yes")
        return rows
