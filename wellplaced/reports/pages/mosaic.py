"""What is on Mosaic of a visit (C23): the provision's record and each young person's, by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from wellplaced.design.components import HistoryLine
from wellplaced.design.tags import Link, Tag
from wellplaced.design.words import day, plural
from wellplaced.monitoring.models import Visit
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.words import RESTRICTED
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission
from wellplaced.reports.models import MosaicUpload
from wellplaced.reports.past import past_of
from wellplaced.reports.uploading import PARTS, Target, targets_of


@dataclass(frozen=True)
class TargetLine:
    """A record on Mosaic: whose, whether it is recorded, what is there."""

    title: str
    tag: Tag
    lines: Sequence[str]
    links: Sequence[Link]

    @property
    def colour(self) -> str:
        return "amber" if self.tag.colour == "amber" else ""


@dataclass(frozen=True)
class MosaicPage:
    """Everything that the page prints."""

    visit: Visit
    lines: Sequence[TargetLine]
    missing: int
    may_record: bool
    is_done: bool
    history: Sequence[HistoryLine]

    @property
    def sentence(self) -> str:
        if not self.missing:
            return "Everything is recorded."
        return f"{self.missing} of {plural(len(self.lines), 'record')} {'is' if self.missing == 1 else 'are'} still missing."


def mosaic_page(visit: Visit, person: Person) -> MosaicPage:
    """Everything that the page says about one visit."""
    sight, targets = Sight.of(person), targets_of(visit)
    may_record = person.may(Permission.RECORD_STEP) and visit.closed_on is None
    seen = [each for each in targets if each.young_person is None or sight.sees(each.young_person)]
    closed = [each for each in targets if each not in seen]  # last: their place would tell of their reference
    missing = sum(not each.is_recorded for each in targets)
    return MosaicPage(
        visit=visit,
        lines=[_line(each, visit, sight, may_record=may_record) for each in (*seen, *closed)],
        missing=missing,
        may_record=may_record,
        is_done=not missing,
        history=past_of([each.upload for each in seen if each.upload], person),
    )


def title_of(target: Target, visit: Visit) -> str:
    """Whose record on Mosaic it is."""
    return str(target.young_person) if target.young_person else visit.provision.known_as


def _line(target: Target, visit: Visit, sight: Sight, *, may_record: bool) -> TargetLine:
    tag = _tag(target)
    if target.young_person is not None and not sight.sees(target.young_person):
        return TargetLine(RESTRICTED, tag, ["Recorded by those who are named on the record."], ())
    title = title_of(target, visit)
    return TargetLine(
        title=title,
        tag=tag,
        lines=[*(_said(target.upload) if target.upload else ()), _missing(target), *_came_since(target)],
        links=_links(target, visit, title) if may_record else (),
    )


def _tag(target: Target) -> Tag:
    if target.upload is None:
        return Tag("Not yet", "amber")
    if not target.is_recorded:
        return Tag("In part", "amber")
    return Tag("Nothing to upload") if target.upload.none_because else Tag("Recorded", "green")


def _missing(target: Target) -> str:
    if target.upload is None or not target.missing:
        return ""
    return f"Not uploaded, and no reason given: {', '.join(PARTS[part] for part in target.missing)}."


MORE = {"comments": "A comment came", "tasks": "A task was agreed"}


def _came_since(target: Target) -> list[str]:
    """What came late is not there by itself."""
    return [
        f"{MORE[part]} on {day(on)}, after this upload. Once it is on Mosaic too, correct the day here."
        for part, on in target.since.items()
    ]


def _said(upload: MosaicUpload) -> list[str]:
    what = ", ".join(words for part, words in PARTS.items() if getattr(upload, part))
    return [
        f"Reference {upload.reference}: {what}" if upload.reference else f"Nothing to upload: {upload.none_because}",
        f"Not all of it: {upload.missing_because}" if upload.missing_because else "",
        f"{day(upload.uploaded_on)}, {upload.uploaded_by.name}",
    ]


def _links(target: Target, visit: Visit, title: str) -> list[Link]:
    number = target.young_person.pk if target.young_person else None
    href = upload_address(visit, number)
    if target.upload is None:
        return [Link("Record the upload", href, f"for {title}")]
    back = reverse("reports:take_upload_back", args=[visit.pk, target.upload.pk])
    return [Link("Correct", href, title), Link("It was not uploaded", back, title)]


def upload_address(visit: Visit, young_person_id: int | None) -> str:
    """Where the upload of one record is recorded."""
    if young_person_id is None:
        return reverse("reports:upload_provision", args=[visit.pk])
    return reverse("reports:upload_young_person", args=[visit.pk, young_person_id])
