"""What rooms above a page's own add to it: functions that a setting names, each of which gives Markup, or nothing."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from markupsafe import Markup


def panels(setting: str, *given: Any) -> list[Markup]:
    """The panels that the setting names (`settings.YOUNG_PERSON_PANELS`, say), in its order, without empty ones."""
    made: list[Callable[..., Markup]] = [import_string(name) for name in getattr(settings, setting, ())]
    return [panel for panel in (make(*given) for make in made) if panel]
