"""The columns of the placements table, as the page documents them and the template file has them."""

from wellplaced.placements.loading.lookups import PROVISION
from wellplaced.placements.models import ProfessionalRole
from wellplaced.sheets.columns import Column, Kind

ROLES = (ProfessionalRole.CSW, ProfessionalRole.IRO, ProfessionalRole.SENO)


def _professional(role: ProfessionalRole) -> tuple[Column, Column]:
    label = role.label
    return (
        Column(
            name=f"{role.value}_name",
            longest=120,
            help=f"{label}: the name. Blank: whoever is on record stays.",
            example="Casey Worker",
        ),
        Column(
            name=f"{role.value}_email",
            kind=Kind.EMAIL,
            help=f"{label}: the work email address. Needed where there is a name.",
            example="casey.worker@fenmarket.example",
        ),
    )


COLUMNS = (
    Column(
        name="reference",
        required=True,
        longest=40,
        help="The young person’s id in Mosaic. Rows with the same reference are about the same young person.",
        example="4100123",
    ),
    Column(name="initials", required=True, longest=6, help="Initials only, never a name.", example="AB"),
    Column(name="date_of_birth", kind=Kind.DATE, required=True, help="Shown as an age only.", example="14/05/2009"),
    Column(
        name="ehc_plan",
        kind=Kind.YES_NO,
        help="Whether the young person has an education, health and care plan. Blank: as it is on record, else no.",
        example="no",
    ),
    PROVISION,
    Column(
        name="premises",
        longest=120,
        help="For 16+ supported accommodation: what you call the flat or shared house. One that is not on record is added: "
        "as a flat where the word flat, studio or apartment is in it, else as a shared house. Blank: as it is on record.",
        example="Flat 2",
    ),
    Column(name="starts_on", kind=Kind.DATE, required=True, help="The first day there.", example="01/03/2026"),
    Column(
        name="ends_on",
        kind=Kind.DATE,
        help="The last day there. Blank: no end yet; a last day that is on record is then taken away.",
        example="",
    ),
    Column(
        name="cancelled",
        kind=Kind.YES_NO,
        help="Yes for a placement that never began. Blank: as it is on record, else no.",
        example="no",
    ),
    *(column for role in ROLES for column in _professional(role)),
)
