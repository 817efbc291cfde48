"""Which form somebody sent after they were signed out, and the provision it was about. `settings.SENT_LATE` names `said`."""

from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.urls import Resolver404, ResolverMatch, resolve
from markupsafe import Markup, escape

from wellplaced.monitoring.models import Concern, OtherAuthorityCheck, Task, Visit
from wellplaced.people.models import Person
from wellplaced.placements.models import Placement
from wellplaced.register.models import Judgement, Provision

# The forms whose page is not called as its address is (‘book_visit’, ‘raise_concern’, ‘arrange_cover’).
FORMS = {
    "add_closure_day": "Add a closure day",
    "assign": "Who looks after the provision",
    "book_visit": "Book a visit",
    "cancel_visit": "Cancel a visit",
    "change_check": "What other authorities say",
    "chase_plan": "The action plan was chased",
    "check": "Ask about other authorities",
    "checklist": "Checklist of the day",
    "comments": "Comments on the report",
    "complete_tasks": "Tasks of the report",
    "confirm_visit": "The provider agreed to the day",
    "continues": "Which provision this one continues",
    "correct_concern": "Correct a concern",
    "correct_plan": "Correct the days of the action plan",
    "correct_visit": "Correct a visit",
    "details": "What your authority knows of the provision",
    "document": "Report of a visit",
    "enter": "Enter a provision by hand",
    "feedback_answer": "Feedback",
    "feedback_ask_else": "Feedback: somebody else was asked",
    "feedback_leave_out": "Feedback: leave somebody out",
    "follow_up": "Follow-up email",
    "hand_in": "Load a file",
    "hold_visit": "Record that a visit took place",
    "lift": "Lift the restriction of a record",
    "mosaic": "Upload to Mosaic",
    "plan_visit": "What a visit is for",
    "raise_concern": "Raise a concern",
    "rebook_visit": "Book a visit again",
    "receive_plan": "The action plan has arrived",
    "record_placement": "Record a placement",
    "request_plan": "The action plan was asked for",
    "restrict": "Restrict a record",
    "return": "Return the report",
    "set_roles": "Roles of a colleague",
    "step": "Step around a visit",
    "submit": "Submit the report",
    "visit_not_held": "A visit did not take place",
    "visit_tasks": "Tasks of a visit",
    "waive": "Waive a visit",
    "withdraw_concern": "Withdraw a concern",
}
PLACES: dict[str, type[Any]] = {
    "visit_id": Visit,
    "concern_id": Concern,
    "check_id": OtherAuthorityCheck,
    "task_id": Task,
    "placement_id": Placement,
}


def said(path: str, person: Person) -> Markup:
    """‘Book a visit: Fallow Hall’; nothing where the address leads nowhere any more. Never a young person's name."""
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return Markup()
    name = match.url_name or ""
    form = FORMS.get(name, name.replace("_", " ").capitalize())
    place = _place(match, person)
    return escape(f"{form}: {place.known_as}" if place else form)


def _place(match: ResolverMatch, person: Person) -> Provision | None:
    """The provision of the address, as the person's authority calls it, where they may see what stands in the address."""
    provisions: QuerySet[Provision] = Provision.objects.seen_by(person).with_details_of(person.authority_id)
    named = match.kwargs
    if "provision_id" in named:
        return provisions.filter(pk=named["provision_id"]).first()
    if "judgement_id" in named:
        return provisions.filter(pk__in=Judgement.objects.filter(pk=named["judgement_id"]).values("provision")).first()
    for key, kind in PLACES.items():
        if key in named:
            found = kind.objects.seen_by(person).filter(pk=named[key])
            return provisions.filter(pk__in=found.values("provision")).first()
    return None
