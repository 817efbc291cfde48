"""The addresses of this room."""

from django.urls import URLPattern, path

from wellplaced.insight.views import calendar, feed, flow_chart, overview, timeliness

app_name = "insight"

urlpatterns: list[URLPattern] = [
    path("overview/", overview.overview, name="overview"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/feed/", feed.feed_settings, name="feed_settings"),
    path("calendar/feed/make/", feed.make_link, name="make_link"),
    path("calendar/feed/<int:link_id>/revoke/", feed.revoke_link, name="revoke_link"),
    path("calendar/feed/<str:token>.ics", feed.feed, name="feed"),
    path("flow-chart/", flow_chart.flow_chart, name="flow_chart"),
    path("timeliness/", timeliness.timeliness, name="timeliness"),
]
