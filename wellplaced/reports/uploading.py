"""C23: what must be on Mosaic before a visit is uploaded: the provision's record, and each young person's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from wellplaced.history import clock
from wellplaced.history.models import Event
from wellplaced.monitoring.models import Task, Visit
from wellplaced.monitoring.placed import everybody_placed
from wellplaced.placements.models import YoungPerson
from wellplaced.reports.models import Comment, MosaicUpload

PARTS = {"report": "the report", "comments": "the comments", "tasks": "the outstanding tasks"}
Parts = Mapping[str, date | None]  # part → the day of the newest of it, where more of it may come


@dataclass(frozen=True)
class Target:
    """A record on Mosaic: the provision's (no young person) or a young person's; what is uploaded there so far."""

    young_person: YoungPerson | None
    upload: MosaicUpload | None
    missing: Sequence[str]  # the parts that are not there, and no reason why
    since: Mapping[str, date]  # the parts that are there, and of which more came since: part → on which day

    @property
    def is_recorded(self) -> bool:
        return self.upload is not None and not self.missing and not self.since


def targets_of(visit: Visit) -> list[Target]:
    """The provision first, then each young person placed there on the day, and whoever has an upload besides."""
    uploads = {each.young_person_id: each for each in visit.uploads.select_related("young_person", "uploaded_by")}
    young_people = {each.pk: each for each in everybody_placed(visit)}
    young_people |= {each.young_person.pk: each.young_person for each in uploads.values() if each.young_person}
    parts = parts_of(visit)
    return [_target(each, uploads.get(each.pk if each else None), parts) for each in [None, *young_people.values()]]


def parts_of(visit: Visit) -> Parts:
    """What there is to upload: always the report; comments where somebody made one; tasks where some were agreed."""
    newest = {"comments": _last_comment(visit), "tasks": _last_task(visit)}
    return {"report": None, **{part: day for part, day in newest.items() if day is not None}}


def _last_comment(visit: Visit) -> date | None:
    comments = visit.comments.filter(kind=Comment.Kind.COMMENT, taken_back_because="")
    latest: date | None = comments.aggregate(day=Max("received_on"))["day"]
    return latest


def _last_task(visit: Visit) -> date | None:
    """The day on which the last of the visit's tasks was put on record; the visit's own where none was by an action."""
    tasks = list(visit.tasks.values_list("pk", flat=True))
    if not tasks:
        return None
    added = Event.objects.filter(about_type=Task._meta.label_lower, about_id__in=tasks, verb="task added")
    at = added.aggregate(at=Max("at"))["at"]
    return at.astimezone(clock.LONDON).date() if at else visit.visit_on


def _target(young_person: YoungPerson | None, upload: MosaicUpload | None, parts: Parts) -> Target:
    if upload is None:
        return Target(young_person, None, list(parts), {})
    if upload.none_because or upload.missing_because:
        return Target(young_person, upload, [], {})
    missing = [part for part in parts if not getattr(upload, part)]
    since = {part: day for part, day in parts.items() if part not in missing and day and day > upload.uploaded_on}
    return Target(young_person, upload, missing, since)
