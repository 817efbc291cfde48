"""The pages of this room."""

from wellplaced.desk.views.my_work import my_work
from wellplaced.desk.views.provision import provision, provision_history
from wellplaced.desk.views.search import search
from wellplaced.desk.views.standing import accessibility, help_page
from wellplaced.desk.views.team import reassign, team
from wellplaced.desk.views.visit import visit, visit_history

__all__ = [
    "accessibility",
    "help_page",
    "my_work",
    "provision",
    "provision_history",
    "reassign",
    "search",
    "team",
    "visit",
    "visit_history",
]
