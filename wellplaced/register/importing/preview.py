"""What a comparison would do, as data: the contract's `--json` object, and every change from → to for a page."""

from __future__ import annotations

from typing import Any

from wellplaced.history.recording import plain
from wellplaced.register.importing.comparison import Changes, Comparison
from wellplaced.register.reading import summarise
from wellplaced.register.reading.summary import as_json


def result(comparison: Comparison) -> dict[str, Any]:
    """The object that `import-register --json` prints."""
    said = summarise(comparison.file)
    return {
        "file": said["file"],
        "by_type": said["by_type"],
        "judged": said["judged"],
        "changes": comparison.counts,
        "refused": said["refused"],
    }


def preview(comparison: Comparison) -> dict[str, list[dict[str, Any]]]:
    """Every change, ready for JSON: lists `new`, `updated`, `judgements`, `left`, `local`, and cells left out (`doubts`).

    Each entry has `urn` and `label`; `updated` and `local` have `changes`: {field: [from, to]}.
    """
    return {
        "new": _new(comparison),
        "updated": [*_updated(comparison), *_corrected(comparison)],
        "judgements": [
            {"urn": new.urn, "label": new.label, **{name: plain(new.values[name]) for name in JUDGEMENT_SHOWN}}
            for new in comparison.new_judgements
        ],
        "left": _left(comparison),
        "local": _local(comparison),
        "doubts": [as_json(problem) for problem in comparison.file.doubts],
    }


JUDGEMENT_SHOWN = ("outcome", "words", "inspected_on", "published_on", "event_number")


def _new(comparison: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "urn": stated.urn,
            "label": stated.name or "",
            "type": stated.type,
            "ofsted_type": stated.ofsted_type,
            "local_authority": stated.local_authority,
            "owner": stated.owner,
        }
        for stated in comparison.new
    ]


def _left(comparison: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "urn": held.registration.urn,
            "label": held.label,
            "provision_id": held.provision.pk,
            "as_at": plain(held.registration.as_at),
        }
        for held in comparison.left
    ]


def _local(comparison: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "urn": change.urn,
            "label": str(change.record),
            "kind": change.record._meta.model_name,
            "changes": _plain(change.changes),
        }
        for change in comparison.local
    ]


def _updated(comparison: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "urn": update.held.registration.urn,
            "label": update.held.label,
            "provision_id": update.held.provision.pk,
            "changes": _plain(update.changes),
        }
        for update in comparison.updated
    ]


def _corrected(comparison: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "urn": amended.held.registration.urn,
            "label": amended.held.label,
            "provision_id": amended.held.provision.pk,
            "changes": _plain(amended.changes),
        }
        for amended in comparison.amended
    ]


def _plain(changes: Changes) -> Changes:
    return {name: [plain(value) for value in pair] for name, pair in changes.items()}
