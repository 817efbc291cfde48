"""Which of the visits that are still owed a past visit discharges: the first that counts on or after the day they start."""

from collections.abc import Collection, Iterator
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
        self.open = list(rows.order_by("provision", "key"))
        numbers = {int(row.key.partition(":")[2]) for row in self.open if row.kind == JUDGEMENT}
        self.published = dict(Judgement.objects.filter(pk__in=numbers).values_list("pk", "published_on"))

    def discharged_by(self, visit: Visit, premises: Collection[Premises]) -> list[str]:
        """The keys of what this visit discharges; they are not open any more for a later visit."""
        mine = list(self._mine(visit, {each.pk for each in premises}))
        self.open = [row for row in self.open if row not in mine]
        return [row.key for row in mine]

    def _mine(self, visit: Visit, seen: set[int]) -> Iterator[Requirement]:
        for row in self.open:
            begins = self._begins(row)
            if row.provision_id != visit.provision_id or begins is None or visit.visit_on < begins:
                continue
            premises = row.placement.premises_id if row.placement else None
            if premises is None or premises in seen:
                yield row

    def _begins(self, row: Requirement) -> date | None:
        """The day on which it comes about, before which no visit can discharge it as this one does."""
        if row.kind == JUDGEMENT:
            return self.published.get(int(row.key.partition(":")[2]))
        return row.placement.starts_on if row.placement else None
