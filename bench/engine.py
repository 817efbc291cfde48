"""How many answers a second the guidance gives, on facts of the size of the contract's example."""

import time

from wellplaced.guidance import answer, default_versions
from wellplaced.guidance.reading import read_facts

EXAMPLE = {
    "today": "2026-03-22",
    "provision": {"type": "residential", "under_contract_from": None},
    "judgements": [
        {
            "id": "j1",
            "outcome": "requires_improvement",
            "published_on": "2026-01-05",
            "action_plan_requested_on": "2026-01-06",
            "action_plan_received_on": None,
        }
    ],
    "placements": [{"id": "p1", "starts_on": "2026-03-01", "ends_on": None, "premises": None, "cancelled": False}],
    "concerns": [{"id": "c1", "raised_on": "2026-03-12"}],
    "visits": [
        {
            "id": "v1",
            "booked_on": "2026-03-02",
            "visit_on": "2026-03-20",
            "held": True,
            "premises": [],
            "discharges": ["initial:p1", "concern:c1"],
            "whole_form": True,
            "questionnaires_left": 1,
            "actions_named": None,
            "recipients": ["csw:1", "provider"],
            "done": {"confirmation_sent": "2026-03-04"},
            "set_aside": [],
            "comments": {},
        }
    ],
    "other_la_checks": [],
    "waivers": [],
}
SECONDS = 3


def main() -> None:
    versions = default_versions()
    count, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        answer(read_facts(EXAMPLE), versions).as_json()
        count += 1
    print(f"{count / (time.perf_counter() - started):,.0f} answers a second, facts read and checked each time.")


if __name__ == "__main__":
    main()
