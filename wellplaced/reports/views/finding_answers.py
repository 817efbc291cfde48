"""Finding recipients and comments, starting from the person; what they may not see is not found (404)."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from wellplaced.monitoring.models import Recipient, Visit
from wellplaced.monitoring.sight import Sight
from wellplaced.people.models import Person
from wellplaced.reports.models import Comment, Report, ReportState
from wellplaced.reports.reviewing import may_read


def state_of(visit: Visit, person: Person) -> str:
    """Where the visit's report stands."""
    report = Report.objects.seen_by(person).filter(visit=visit).first()
    return report.state if report else ReportState.DRAFTING


def recipient_of(person: Person, number: int) -> Recipient:
    """A recipient, for whoever is named on the record of each restricted young person among theirs."""
    rows = Recipient.objects.seen_by(person).select_related("visit").prefetch_related("young_people")
    found: Recipient = get_object_or_404(rows, pk=number)
    sight = Sight.of(person)
    if not all(sight.sees(each) for each in found.young_people.all()):
        raise Http404
    return found


def comment_of(person: Person, number: int) -> Comment:
    """A comment that the person may read; what the provider says may be about anybody who lived there."""
    found: Comment = get_object_or_404(Comment.objects.seen_by(person), pk=number)
    found.recipient = recipient_of(person, found.recipient_id)
    if not found.recipient.young_people.all() and not may_read(person, found.recipient.visit):
        raise Http404
    return found
