"""The URLs of the whole house."""

from django.urls import URLPattern, URLResolver, include, path

from wellplaced.config import health
from wellplaced.people.urls import account_urlpatterns

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("accounts/", include(account_urlpatterns)),
    path("", include("wellplaced.people.urls")),
]
