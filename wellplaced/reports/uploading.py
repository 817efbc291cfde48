"""C23: what must be on Mosaic before a visit is uploaded: the provision's record, and each young person's."""

from collections.abc import Sequence
from dataclasses import dataclass

from wellplaced.monitoring.models import Visit
from wellplaced.monitoring.placed import everybody_placed
from wellplaced.placements.models import YoungPerson
from wellplaced.reports.models import Comment, MosaicUpload

PARTS = {"report": "the report", "comments": "the comments", "tasks": "the outstanding tasks"}


@dataclass(frozen=True)
class Target:
    """A record on Mosaic: the provision's (no young person) or a young person's; what is uploaded there so far."""

    young_person: YoungPerson | None
    upload: MosaicUpload | None
    missing: Sequence[str]  # the parts that are not there, and no reason why

    @property
    def is_recorded(self) -> bool:
        return self.upload is not None and not self.missing


def targets_of(visit: Visit) -> list[Target]:
    """The provision first, then each young person placed there on the day, and whoever has an upload besides."""
    uploads = {each.young_person_id: each for each in visit.uploads.select_related("young_person", "uploaded_by")}
    young_people = {each.pk: each for each in everybody_placed(visit)}
    young_people |= {each.young_person.pk: each.young_person for each in uploads.values() if each.young_person}
    parts = parts_of(visit)
    return [_target(each, uploads.get(each.pk if each else None), parts) for each in [None, *young_people.values()]]


def parts_of(visit: Visit) -> list[str]:
    """What there is to upload: always the report; comments where somebody made one; tasks where some were agreed."""
    commented = visit.comments.filter(kind=Comment.Kind.COMMENT, taken_back_because="").exists()
    found = {"report": True, "comments": commented, "tasks": visit.tasks.exists()}
    return [part for part, there in found.items() if there]


def _target(young_person: YoungPerson | None, upload: MosaicUpload | None, parts: Sequence[str]) -> Target:
    if upload is None:
        return Target(young_person, None, list(parts))
    if upload.none_because or upload.missing_because:
        return Target(young_person, upload, [])
    return Target(young_person, upload, [part for part in parts if not getattr(upload, part)])
