"""The first rows of each group: each section of my work, each day of the calendar, each with how many the group holds."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.expressions import OrderBy
from django.db.models.functions import RowNumber


def first_of_each(rows: QuerySet[Any], by: str, order: Sequence[OrderBy], *, most: int, groups: int) -> list[Any]:
    """The first `most` rows of each of so many groups, in this order in each; with `place` and `in_all`, the group's count.

    The first rows of all groups come before the second of any, and reading stops with the last that is wanted: a condition
    on the place would be a query inside another, which takes Django and PostgreSQL twice as long to prepare.
    """
    placed = rows.annotate(
        place=Window(RowNumber(), partition_by=[F(by)], order_by=[*order, F("pk").asc()]),
        in_all=Window(Count("pk"), partition_by=[F(by)]),
    ).order_by("place", by)
    return list(takewhile(lambda row: row.place <= most, placed[: most * groups].iterator()))
