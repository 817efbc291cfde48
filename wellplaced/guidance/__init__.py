"""The guidance as a program: facts in, what is owed and when out. Standard library only; no clock, no database.

How another room uses it:

    versions = default_versions()                                 # or [*default_versions(), override(base, toml_text)]
    facts = Facts(today=today, provision_type="residential",      # dataclasses of facts.py, in the contract's words
                  placements=(Placement("412", starts_on=...),))
    check(facts, versions[-1])                                    # Refusal(path, reason) where facts cannot be
    owed = answer(facts, versions, closed_days)                   # Answer: .requirements, .visits, .as_json()
    refresh_on = changes_on(facts, owed, versions)                # no part of the answer changes before this day

- `answer(facts, versions, closed_days=None)`: a requirement is counted by the version in force on the day on which its clock
  starts (no clock yet: today's), a visit's steps by the one in force on the day of booking; before the first version,
  the first. Each requirement and step names its `version` (number) and `version_title`. `closed_days` is needed only where
  a timeframe counts working days (`needs_closed_days(versions)`); a count beyond what is known of them is refused.
- `Requirement.id` is `initial:<placement>`, `annual:<visit>`, `annual:contract`, `concern:<concern>` or
  `judgement:<judgement>`. `.state` is a `State`; `.standing` is the state without `overdue`, to store beside `due_on`;
  `.settled` says that nothing is left.
  `.deciding_judgement` and `.plan_clock_on` are what `plan_steps` needs.
- `plan_steps(clock_on=..., requested_on=..., chased_on=(...), received_on=..., escalated_on=..., today=..., timeframes=...)`:
  the request, the two chases and the escalation of an action plan (C8, R14) as `Step`s.
- `explain(requirement_or_step, versions, closed_days=None)`: an `Explanation` with the pieces of 'Why this date?'.
- `act_by(due_on, closed_days=None)`: None on a working day; else an `ActBy` (`on`, and `words` such as
  'falls on a Sunday: act by Friday 5 June').
- `book_by(due_on, timeframes, closed_days=None)`: the last day to book so that the confirmation can go two weeks ahead
  (C15); None where that cannot be known yet.
- `in_force(versions, on)`: the version that counts a clock that starts on this day.
- `override(base, toml_text)`: an authority's own version, laid over another; `load(path_or_text)`: a whole file.
  Both raise `Refusal`. `override_template(base)`: all that may be replaced, as comments to take the # away from.
- `Timeframes`: `number`, `title`, `in_force_from`, `document` (C26), `readings`, `timeframes`, `clauses`, `sos` (R9).
"""

from wellplaced.guidance.answer import answer
from wellplaced.guidance.checking import check
from wellplaced.guidance.counting import ClosedDays
from wellplaced.guidance.explaining import ActBy, Explanation, Station, act_by, book_by, explain
from wellplaced.guidance.facts import Concern, Facts, Judgement, Outcome, Placement, ProvisionType, Visit
from wellplaced.guidance.owed import Answer, Kind, Requirement, State, Step, StepState, VisitSteps
from wellplaced.guidance.passing import changes_on
from wellplaced.guidance.planning import PLAN_STEPS, plan_steps
from wellplaced.guidance.refusal import Refusal
from wellplaced.guidance.template import override_template
from wellplaced.guidance.timeframes import Reading, Timeframe, Timeframes, in_force, needs_closed_days
from wellplaced.guidance.versions import default_versions, load, override
from wellplaced.guidance.writing import facts_as_json

__all__ = [
    "PLAN_STEPS",
    "ActBy",
    "Answer",
    "ClosedDays",
    "Concern",
    "Explanation",
    "Facts",
    "Judgement",
    "Kind",
    "Outcome",
    "Placement",
    "ProvisionType",
    "Reading",
    "Refusal",
    "Requirement",
    "State",
    "Station",
    "Step",
    "StepState",
    "Timeframe",
    "Timeframes",
    "Visit",
    "VisitSteps",
    "act_by",
    "answer",
    "book_by",
    "changes_on",
    "check",
    "default_versions",
    "explain",
    "facts_as_json",
    "in_force",
    "load",
    "needs_closed_days",
    "override",
    "override_template",
    "plan_steps",
]
