"""Lists: filters, sorts and pages in SQL with two queries, shows a table or cards, and downloads all rows as CSV.

COLUMNS = (
    Column("name", "Provision", sort="name", cell=lambda home: Link(home.name, home.get_absolute_url())),
    Column("due_on", "Next due", sort="due_on"),
)

@may(Permission.SEE)
def provisions(request: Request) -> HttpResponseBase:
    return lists.answer(
        request, "desk/provisions.html", Provision.objects.seen_by(request.person),
        columns=COLUMNS, filters=ProvisionFilters, name="provisions",
    )
"""

from wellplaced.design.lists.answering import Declared, answer, csv_of, list_page, wants_csv
from wellplaced.design.lists.columns import Column
from wellplaced.design.lists.filters import FilterForm
from wellplaced.design.lists.pages import ListPage
from wellplaced.design.tags import Due, Link, Tag, state_tag

__all__ = [
    "Column",
    "Declared",
    "Due",
    "FilterForm",
    "Link",
    "ListPage",
    "Tag",
    "answer",
    "csv_of",
    "list_page",
    "state_tag",
    "wants_csv",
]
