"""The way to calendar, flow chart and timeliness."""

import re

from tests.monitoring.browsing import signed_in, text_of
from tests.monitoring.world import World


def test_the_overview_offers_what_somebody_may_open_and_nothing_else(world: World) -> None:
    for person, sees_timeliness in ((world.officer, False), (world.senior, True), (world.manager, True)):
        browser = signed_in(person)
        page = text_of(browser.get("/overview/"))
        links = re.findall(r'wp-card__title"><a [^>]*href="([^"]+)"', page)
        assert ("/timeliness/" in links) is sees_timeliness
        assert {"/calendar/", "/flow-chart/", "/timeframes/", "/calendar/feed/"} <= set(links)
        for link in links:
            assert browser.get(link).status_code == 200


def test_the_calendar_and_the_flow_chart_belong_to_the_overview(world: World) -> None:
    for address in ("/overview/", "/calendar/", "/calendar/feed/", "/flow-chart/"):
        page = text_of(signed_in(world.officer).get(address))
        assert re.search(r'govuk-service-navigation__item--active">\s*<a[^>]*href="/overview/"', page), address
