"""How pages look: GOV.UK components, form fields, layout, lists, and a gallery of all of them at /design.

A form is an ordinary Django form over `design.forms.Form` (or `RevisionForm` where it changes a record):

    class ConcernForm(Form):
        summary = forms.CharField(label="What is the concern?", widget=TextBox(rows=6), max_length=2000)
        raised_on = GovDateField(label="When was it raised?")
        how = forms.ChoiceField(label="How did it reach you?", choices=Concern.How.choices, widget=Radios())

Its page prints it with one call, which brings error summary, token, hidden fields, fields and button:

    {% extends "design/layout.html" %}
    {% from "design/components.html" import back, safeguarding %}
    {% block title %}Raise a concern{% endblock %}
    {% block before %}{{ back(url("desk:provision", provision.pk)) }}{% endblock %}
    {% block content %}
    {% call form_page(form, heading="Raise a concern", submit="Raise concern", cancel=url("desk:provision", provision.pk)) %}
      {{ safeguarding(site.person.authority.safeguarding_contact) }}
    {% endcall %}
    {% endblock %}

A list is declared once; filters, sorting, pages and CSV follow, in two queries:

    COLUMNS = (
        Column("name", "Provision", sort="name", cell=lambda home: Link(home.name, home.get_absolute_url())),
        Column("state", "State", cell=lambda home: state_tag(home.state)),
        Column("due_on", "Next due", sort="due_on", nulls_last=True),
    )
    class Filters(FilterForm):
        q = forms.CharField(label="Name")
        lookups = {"q": "name__icontains"}

    return lists.answer(request, "desk/provisions.html", Provision.objects.seen_by(request.person),
                        columns=COLUMNS, filters=Filters, order=["name"], name="provisions", noun="provision")

    {% from "design/list.html" import list_view %}
    {% call list_view(list) %}<h2 class="govuk-heading-m">No provisions yet</h2><p class="govuk-body">…</p>{% endcall %}

The frame's values are `site` (person, authority, navigation), `messages` and `cspNonce`. The policy for content forbids
inline styles and scripts: use classes.
"""
