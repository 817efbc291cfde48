"""Which of the visits that are still owed a past visit discharges: the first that counts on or after the day they start."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from wellplaced.monitoring.models import Requirement, Visit
from wellplaced.people.models import Person
from wellplaced.register.models import Judgement, Premises

INITIAL, JUDGEMENT = "initial", "judgement"


class Owed:
    """The initial visits and those after a judgement that are owed at some provisions, each discharged once at most.

    An annual visit is discharged by the next one that counts, without being named; a concern that is on record was raised
    here, and whoever visits because of it says so.
    """

    def __init__(self, by: Person, provisions: Collection[int]) -> None:
        rows = Requirement.objects.of(by.authority_id).owed()
        rows = rows.filter(provision__in=provisions, kind__in=[INITIAL, JUDGEMENT]).select_related("placement")
        rows = rows.order_by("key")
        self.open: dict[int, list[Requirement]] = defaultdict(list)
        for row in rows:
            self.open[row.provision_id].append(row)
        numbers = {int(row.key.partition(":")[2]) for row in rows if row.kind == JUDGEMENT}
        self.published = dict(Judgement.objects.filter(pk__in=numbers).values_list("pk", "published_on"))

    def discharged_by(self, visit: Visit, premises: Collection[Premises]) -> list[str]:
        """The keys of what this visit discharges; they are not open any more for a later visit."""
        seen = {each.pk for each in premises}
        mine = {row.key for row in self.open[visit.provision_id] if self._is_discharged(row, visit, seen)}
        self.open[visit.provision_id] = [row for row in self.open[visit.provision_id] if row.key not in mine]
        return sorted(mine)

    def _is_discharged(self, row: Requirement, visit: Visit, seen: set[int]) -> bool:
        begins = self._begins(row)
        if begins is None or visit.visit_on < begins:
            return False
        premises = row.placement.premises_id if row.placement else None
        return premises is None or premises in seen

    def _begins(self, row: Requirement) -> date | None:
        """The day on which it comes about, before which no visit can discharge it as this one does."""
        if row.kind == JUDGEMENT:
            return self.published.get(int(row.key.partition(":")[2]))
        return row.placement.starts_on if row.placement else None
