"""Facts to the outside: the JSON of the contract, so that anybody can put them through the command and compare."""

from datetime import date

from wellplaced.guidance.facts import Facts, Judgement, Visit


def facts_as_json(facts: Facts) -> dict[str, object]:
    """The facts in the shape that `reading.read_facts` reads (contract: timeframes.md, Facts)."""
    return {
        "today": facts.today.isoformat(),
        "provision": {"type": str(facts.provision_type), "under_contract_from": _iso(facts.under_contract_from)},
        "judgements": [_judgement(each) for each in facts.judgements],
        "placements": [
            {
                "id": each.id,
                "starts_on": each.starts_on.isoformat(),
                "ends_on": _iso(each.ends_on),
                "premises": each.premises,
                "cancelled": each.cancelled,
            }
            for each in facts.placements
        ],
        "concerns": [{"id": each.id, "raised_on": each.raised_on.isoformat()} for each in facts.concerns],
        "visits": [_visit(each) for each in facts.visits],
        "other_la_checks": list(facts.other_la_checks),
        "waivers": list(facts.waivers),
    }


def _judgement(judgement: Judgement) -> dict[str, object]:
    return {
        "id": judgement.id,
        "outcome": str(judgement.outcome),
        "published_on": judgement.published_on.isoformat(),
        "action_plan_requested_on": _iso(judgement.action_plan_requested_on),
        "action_plan_received_on": _iso(judgement.action_plan_received_on),
    }


def _visit(visit: Visit) -> dict[str, object]:
    return {
        "id": visit.id,
        "booked_on": visit.booked_on.isoformat(),
        "visit_on": visit.visit_on.isoformat(),
        "held": visit.held,
        "premises": list(visit.premises),
        "discharges": list(visit.discharges),
        "whole_form": visit.whole_form,
        "questionnaires_left": visit.questionnaires_left,
        "actions_named": visit.actions_named,
        "recipients": list(visit.recipients),
        "done": {name: day.isoformat() for name, day in visit.done.items()},
        "set_aside": list(visit.set_aside),
        "comments": {name: day.isoformat() for name, day in visit.comments.items()},
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
