"""The URLs of the whole house."""

from django.urls import URLPattern, URLResolver, include, path

from wellplaced.config import health
from wellplaced.design.views import gallery
from wellplaced.people.access import signed_in
from wellplaced.people.urls import account_urlpatterns

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("accounts/", include(account_urlpatterns)),
    path("", include(([path("design/", signed_in(gallery), name="gallery")], "design"))),
    path("", include("wellplaced.desk.urls")),
    path("", include("wellplaced.people.urls")),
    path("", include("wellplaced.register.urls")),
    path("", include("wellplaced.placements.urls")),
    path("", include("wellplaced.monitoring.urls")),
    path("", include("wellplaced.reports.urls")),
    path("", include("wellplaced.insight.urls")),
]

handler400 = "wellplaced.design.errors.bad_request"
handler403 = "wellplaced.design.errors.forbidden"
handler404 = "wellplaced.design.errors.not_found"
handler429 = "wellplaced.people.sign_in.too_many_requests"  # allauth's own, for its limits of attempts
handler500 = "wellplaced.design.errors.server_error"
