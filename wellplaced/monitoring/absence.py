"""Whose work it is while a colleague is away, and who does it meanwhile."""

from datetime import date

from wellplaced.design.words import day
from wellplaced.people.models import Cover, Person


def away_on(person: Person, on: date) -> dict[int, Cover]:
    """The colleagues of somebody who are away on a day, by number, each with the arrangement of cover. One query."""
    covers = Cover.objects.seen_by(person).on(on).select_related("absent", "covering").order_by("ends_on")
    return {cover.absent_id: cover for cover in covers}


def away_words(cover: Cover) -> str:
    """'away until 3 January 2027, Jo Bloggs covers'."""
    return f"away until {day(cover.ends_on)}, {cover.covering} covers"


def for_whom(cover: Cover) -> str:
    """'For Max Reed, who is away until 3 January 2027. Jo Bloggs covers'."""
    return f"For {cover.absent}, who is away until {day(cover.ends_on)}. {cover.covering} covers"
