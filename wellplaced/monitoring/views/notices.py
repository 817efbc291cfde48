"""What people of a role are told at once, until one of them says that they have seen it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Notice
from wellplaced.monitoring.pages.notices import notices_page
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.SEE)
def notices(request: Request) -> HttpResponse:
    """Notices for the person's roles: unseen ones, and those seen lately."""
    return render(request, "monitoring/notices.html", {"page": notices_page(request.person, clock.today())})


@may(Permission.SEE)
@require_POST
def seen(request: Request, notice_id: int) -> HttpResponse:
    """Somebody for whom the notice is has taken note."""
    today = clock.today()
    mine = Notice.objects.seen_by(request.person).filter(for_role__in=request.person.own_and_lent_roles)
    actions.mark_seen(notice=get_object_or_404(mine, pk=notice_id), by=request.person, on=today)
    messages.success(request, "Marked as seen")
    return redirect("monitoring:notices")
