"""The calendar feed: the file that a calendar program reads by a secret link, and the page on which one makes the link."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wellplaced.history import clock
from wellplaced.insight import actions, links
from wellplaced.insight.feed import calendar_file
from wellplaced.insight.models import CalendarFeed
from wellplaced.insight.queries.feed import visits_fed
from wellplaced.people.access import Request, may, open_to_all
from wellplaced.people.rights import Permission


@open_to_all
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The visits of whoever made the link; 404 for a link that is unknown or revoked."""
    person = links.owner_of(token)
    if person is None:
        raise Http404
    written = calendar_file(
        visits_fed(person, clock.today()),
        authority_code=person.own_authority.code,
        address=lambda visit: request.build_absolute_uri(visit.get_absolute_url()),
    )
    return HttpResponse(
        written,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex, nofollow",
            "Content-Disposition": 'inline; filename="visits.ics"',
        },
    )


@may(Permission.SEE)
def feed_settings(request: Request) -> HttpResponse:
    """Whether there is a link, since when; the way to make one and to revoke it."""
    link = CalendarFeed.objects.seen_by(request.person).filter(person=request.person, revoked_on=None).first()
    sealed = "" if link else links.drawn(request.person)
    return render(request, "insight/feed_settings.html", {"link": link, "sealed": sealed})


@may(Permission.SEE)
@require_POST
def make_link(request: Request) -> HttpResponse:
    """Make the link of the form's secret, and show it this once."""
    secret = links.opened(request.POST.get("sealed", ""), request.person)
    if secret is None:
        messages.warning(request, "No link was made: the page had been open for too long. Try again.")
        return redirect("insight:feed_settings")
    try:
        link = actions.make_calendar_link(secret=secret, by=request.person, on=clock.today())
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return redirect("insight:feed_settings")
    address = request.build_absolute_uri(reverse("insight:feed", args=[secret]))
    return render(request, "insight/feed_settings.html", {"link": link, "address": address})


@may(Permission.SEE)
@require_POST
def revoke_link(request: Request, link_id: int) -> HttpResponse:
    """From now on the link answers 404."""
    rows = CalendarFeed.objects.seen_by(request.person).filter(person=request.person)
    actions.revoke_calendar_link(link=get_object_or_404(rows, pk=link_id), by=request.person, on=clock.today())
    messages.success(request, "The link is revoked. Calendar programs that had it are given nothing any more")
    return redirect("insight:feed_settings")
