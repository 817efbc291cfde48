"""Finding what the cells of a file name: provisions by URN or alias; many rows in a few queries."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from wellplaced.people.models import Person
from wellplaced.register.models import LocalDetails, Provision, Registration
from wellplaced.sheets.columns import Column
from wellplaced.sheets.reading import Problem, Row

PROVISION = Column(
    name="provision",
    required=True,
    longest=120,
    help="The URN that Ofsted gave the provision; else your authority’s own alias of it.",
    example="2700001",
)

NOT_FOUND = (
    "No provision has this URN, and none has it as your authority’s alias. Correct it, or give the provision this alias "
    "on its page."
)


def rows_at(rows: Sequence[Row], by: Person) -> tuple[list[tuple[Row, Provision]], list[Problem]]:
    """The rows whose cell `provision` names a provision, each with it; and a problem for each other row."""
    provisions = Provisions(by, (str(row.values["provision"]) for row in rows))
    found, problems = [], []
    for row in rows:
        word = str(row.values["provision"])
        provision = provisions.find(word)
        if provision is None:
            problems.append(Problem(row.number, "provision", word, NOT_FOUND))
        else:
            found.append((row, provision))
    return found, problems


class Provisions:
    """The provisions that a person's authority sees, by URN (earlier registrations too), else by the authority's alias."""

    def __init__(self, by: Person, words: Iterable[str]) -> None:
        urns = {_plain(word) for word in words}
        aliases = LocalDetails.objects.seen_by(by).exclude(alias="").values_list("alias", "provision_id")
        self._by_alias = {alias.lower(): number for alias, number in aliases}
        self._by_urn = dict(Registration.objects.filter(urn__in=urns).values_list("urn", "provision_id"))
        current = Provision.objects.filter(urn__in=urns).values_list("urn", "pk")
        self._by_urn |= {urn: number for urn, number in current if urn}
        named = {number for alias, number in self._by_alias.items() if _plain(alias) in urns}
        wanted = Provision.objects.seen_by(by).filter(Q(pk__in=self._by_urn.values()) | Q(pk__in=named))
        self._found = {row.pk: row for row in wanted.with_details_of(by.authority_id)}

    def find(self, word: str) -> Provision | None:
        number = self._by_urn.get(_plain(word)) or self._by_alias.get(word.strip().lower())
        return self._found.get(number) if number else None


def _plain(word: str) -> str:
    """A URN as it is compared: exports of numbers write '1234567.0'."""
    return word.strip().upper().removesuffix(".0")
