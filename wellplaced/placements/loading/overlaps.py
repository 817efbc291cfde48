"""Where the placements of a file overlap others of the same young person, in the file or on record: said before loading."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from wellplaced.design.words import day as in_words
from wellplaced.placements.loading.checking import day, last_day, text
from wellplaced.placements.models import Placement
from wellplaced.placements.warnings import share_a_day
from wellplaced.register.models import Provision
from wellplaced.sheets.reading import Row

Identity = tuple[str, int, date]  # reference, provision, first day


@dataclass(frozen=True)
class Stay:
    """A young person at a provision, as it will be once the file is loaded. `row`: 0 where the file does not name it."""

    row: int
    provision: Provision
    starts_on: date
    ends_on: date | None


class Overlaps:
    """The stays of the young people of a file that count, by reference."""

    def __init__(self, good: Sequence[tuple[Row, Provision]], on_record: Iterable[Placement]) -> None:
        self.stays: dict[str, list[Stay]] = defaultdict(list)
        held = {_identity(placement): placement for placement in on_record}
        for row, provision in good:
            known = held.pop((text(row, "reference"), provision.pk, day(row, "starts_on")), None)
            if not _is_cancelled(row, known):
                ends_on = last_day(row) if known is None or "ends_on" in row.values else known.ends_on
                stay = Stay(row.number, provision, day(row, "starts_on"), ends_on)
                self.stays[text(row, "reference")].append(stay)
        for identity, placement in held.items():
            if not placement.cancelled:
                self.stays[identity[0]].append(Stay(0, placement.provision, placement.starts_on, placement.ends_on))

    def notes(self, row: Row) -> Iterator[str]:
        """What to know about a new row; of two rows of one file the one that begins later says it."""
        stays = self.stays[text(row, "reference")]
        own = next((stay for stay in stays if stay.row == row.number), None)
        if own is None:  # cancelled
            return
        for other in stays:
            earlier = (other.starts_on, other.row) < (own.starts_on, own.row)
            if other is not own and (earlier or not other.row) and share_a_day(other, own.starts_on, own.ends_on):
                until = f"to {in_words(other.ends_on)}" if other.ends_on else "which has no last day"
                yield (
                    f"At the same time as the placement at {other.provision.known_as} from {in_words(other.starts_on)}, "
                    f"{until}. Give that one its last day if it is over."
                )


def _identity(placement: Placement) -> Identity:
    return placement.young_person.reference, placement.provision_id, placement.starts_on


def _is_cancelled(row: Row, known: Placement | None) -> bool:
    said = row.values.get("cancelled")
    return bool(known and known.cancelled) if said is None else said is True
