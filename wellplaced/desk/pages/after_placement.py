"""What is said once a placement is recorded: what is owed because of it. `settings.PLACEMENT_RECORDED` names `said`."""

from datetime import date

from markupsafe import Markup

from wellplaced.desk.pages.nobody import nobody_looks_after
from wellplaced.desk.pages.short_stays import is_short
from wellplaced.desk.queries import young_person as read
from wellplaced.monitoring.models import Requirement, RequirementState
from wellplaced.monitoring.models.owed import OWED
from wellplaced.people.models import Person, ProvisionType
from wellplaced.placements.models import Placement

HERE = "What is owed because of it stands on this page."
LAPSED = "The stay ended before its initial visit was due, so no visit is owed for it."
MADE = "Its initial visit is on record already."
NEVER = "No visit is owed at a provision of this kind."
NOTHING = "No initial visit is owed for it."


def said(placement: Placement, person: Person, today: date) -> Markup:
    """What is owed because of the placement, and that nobody looks after the provision where that is so."""
    if placement.provision.type == ProvisionType.NOT_MONITORED:
        return Markup.escape(NEVER)
    first = Markup.escape(_owed(Requirement.objects.seen_by(person).filter(placement=placement).first()))
    alone = read.looked_after_by_nobody(placement.young_person, person, today)
    here = [each for each in alone if each.pk == placement.provision_id]
    return Markup(" ").join([first, *(nobody_looks_after(each, person, owed=first == HERE) for each in here)])


def _owed(initial: Requirement | None) -> str:
    if initial is None:
        return NOTHING
    if initial.state in OWED:
        return HERE
    if is_short(initial):
        return LAPSED
    return MADE if initial.state == RequirementState.DISCHARGED else NOTHING
