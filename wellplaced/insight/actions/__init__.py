"""What is written in this room."""

from wellplaced.insight.actions.calendar_links import make_calendar_link, revoke_calendar_link

__all__ = ["make_calendar_link", "revoke_calendar_link"]
