"""The contract's sentences once more, slowly and one by one, to compare the engine with. Facts are JSON of the contract."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

Item = dict[str, Any]
Terms = tuple[str, str, date | None, date | None]  # clause, event, its day, the day of escalation

DAYS_OF = {"C3": 3, "C9": 3, "C7": 14, "C8": 7, "C6": 10}
GOOD, POOR = {"good", "outstanding"}, {"requires_improvement", "inadequate"}


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def text(on: date | None) -> str | None:
    return on.isoformat() if on else None


def plus(on: date | None, days: int) -> date | None:
    return on + timedelta(days=days) if on else None


def year_later(on: date) -> date:
    return date(on.year + 1, 2, 28) if (on.month, on.day) == (2, 29) else on.replace(year=on.year + 1)


def year_earlier(on: date) -> date:
    return date(on.year - 1, 3, 1) if (on.month, on.day) == (2, 29) else on.replace(year=on.year - 1)


class Oracle:
    """What is owed, worked out by asking each sentence of the contract."""

    def __init__(self, facts: Item) -> None:
        self.facts = facts
        self.today = date.fromisoformat(facts["today"])
        self.type = facts["provision"]["type"]
        self.contract = day(facts["provision"].get("under_contract_from"))
        self.placements: list[Item] = facts.get("placements", [])
        self.visits: list[Item] = facts.get("visits", [])
        self.judgements: list[Item] = facts.get("judgements", [])
        self.waivers: list[str] = facts.get("waivers", [])

    # -- words of the contract

    def current(self, placement: Item, on: date) -> bool:
        ends = day(placement.get("ends_on")) or date.max
        return not placement.get("cancelled") and date.fromisoformat(placement["starts_on"]) <= on <= ends

    def in_use(self, on: date) -> bool:
        under_contract = self.contract is not None and self.contract <= on
        return under_contract or any(self.current(placement, on) for placement in self.placements)

    def counts(self, visit: Item) -> bool:
        names = [name.split(":")[0] for name in visit["discharges"]]
        return visit["held"] and (visit["whole_form"] or bool({"initial", "annual", "judgement"} & set(names)))

    def on(self, visit: Item) -> date:
        return date.fromisoformat(visit["visit_on"])

    def stale(self, visit: Item) -> bool:
        return not visit["held"] and self.on(visit) < self.today

    def published(self, judgement: Item) -> date:
        return date.fromisoformat(judgement["published_on"])

    def later_graded(self, judgement: Item) -> list[Item]:
        """Later in the order among judgements, the next first."""
        order = sorted(range(len(self.judgements)), key=lambda i: (self.judgements[i]["published_on"], i))
        after = order[order.index(self.judgements.index(judgement)) + 1 :]
        return [self.judgements[i] for i in after if self.judgements[i]["outcome"] in GOOD | POOR]

    def in_force(self, on: date) -> Item | None:
        found = None
        for judgement in self.judgements:
            if self.published(judgement) <= on and (
                found is None or self.published(judgement) >= self.published(found)
            ):
                found = judgement
        return found

    def deciding(self, placement: Item) -> Item | None:
        starts = date.fromisoformat(placement["starts_on"])
        decides = self.in_force(self.today if starts > self.today else starts)
        while decides is not None and decides["outcome"] in POOR:
            following = self.later_graded(decides)
            if not following:
                return decides
            received, publication = day(decides.get("action_plan_received_on")), self.published(following[0])
            came_in_time = received is not None and received < publication
            discharged_before = any(
                visit["held"] and f"initial:{placement['id']}" in visit["discharges"] and self.on(visit) < publication
                for visit in self.visits
            )
            if came_in_time or discharged_before:
                return decides
            decides = following[0]
        return decides

    # -- the table of requirements: (clause, event, clock, due, escalate_on)

    def initial(self, placement: Item) -> Terms:
        starts = date.fromisoformat(placement["starts_on"])
        decides = self.deciding(placement)
        if self.type == "supported_accommodation":
            return "C9", "placement_starts", starts, None
        if self.type == "sen" or decides is None or decides["outcome"] not in GOOD | POOR:
            return "C3", "placement_starts", starts, None
        after_start = self.published(decides) > starts
        if decides["outcome"] in GOOD:
            return ("C7", "judgement_published", self.published(decides), None) if after_start else (
                "C7", "placement_starts", starts, None,
            )  # fmt: skip
        escalate = plus(self.published(decides) if after_start else starts, 14)
        received = day(decides.get("action_plan_received_on"))
        if received is not None and received < starts:
            return "C8", "placement_starts", starts, escalate
        return "C8", "action_plan_received", received, escalate

    def judged(self, judgement: Item) -> Terms:
        if judgement["outcome"] in GOOD:
            return "C7", "judgement_published", self.published(judgement), None
        received = day(judgement.get("action_plan_received_on"))
        return "C8", "action_plan_received", received, plus(self.published(judgement), 14)

    def initial_owed(self, placement: Item) -> bool:
        starts = date.fromisoformat(placement["starts_on"])
        if placement.get("cancelled"):
            return False
        for visit in self.visits:
            if not self.counts(visit) or not year_earlier(starts) <= self.on(visit) <= starts:
                continue
            if f"initial:{placement['id']}" in visit["discharges"]:
                continue
            by_premises = self.type == "supported_accommodation" and placement.get("premises")
            if not by_premises or placement["premises"] in visit["premises"]:
                return False
        return True

    def annual_owed(self, visit: Item) -> bool:
        same_day = [other for other in self.visits if self.counts(other) and self.on(other) == self.on(visit)]
        return self.counts(visit) and same_day[0] is visit and self.in_use(year_later(self.on(visit)))

    def contract_owed(self) -> bool:
        contract = self.contract
        return (
            contract is not None
            and contract <= self.today
            and not any(self.counts(v) and year_earlier(contract) <= self.on(v) <= contract for v in self.visits)
        )

    def judgement_owed(self, judgement: Item) -> bool:
        if self.type not in ("ifa", "residential") or judgement["outcome"] not in GOOD | POOR:
            return False
        return any(self.current(placement, self.published(judgement)) for placement in self.placements)

    # -- the answer

    def requirements(self) -> list[Item]:
        rows = [self._row(name, terms, owed, item) for name, terms, owed, item in self._all()]
        listed = [row for row in rows if row is not None]
        dated = sorted((row for row in listed if row["due_on"]), key=lambda row: (row["due_on"], row["id"]))
        return dated + sorted((row for row in listed if not row["due_on"]), key=lambda row: row["id"])

    def _all(self) -> Iterator[tuple[str, Terms, bool, Item]]:
        """Every requirement that could be: its id, its terms, whether it is owed, and what it is about."""
        for placement in self.placements:
            yield f"initial:{placement['id']}", self.initial(placement), self.initial_owed(placement), placement
        for visit in self.visits:
            if visit["held"]:
                yield (
                    f"annual:{visit['id']}",
                    ("C5", "visit_held", self.on(visit), None),
                    self.annual_owed(visit),
                    visit,
                )
        if self.contract:
            yield "annual:contract", ("C5", "contract_starts", self.contract, None), self.contract_owed(), {}
        for concern in self.facts.get("concerns", []):
            raised = date.fromisoformat(concern["raised_on"])
            yield f"concern:{concern['id']}", ("C6", "concern_raised", raised, None), True, concern
        for judgement in self.judgements:
            if judgement["outcome"] in GOOD | POOR:
                owed = self.judgement_owed(judgement)
                yield f"judgement:{judgement['id']}", self.judged(judgement), owed, judgement

    def _row(self, name: str, terms: Terms, owed: bool, item: Item) -> Item | None:
        naming = [visit for visit in self.visits if name in visit["discharges"]]
        if not owed and not naming and name not in self.waivers:
            return None
        clause, event, clock, escalate = terms
        kind = name.split(":", maxsplit=1)[0]
        due = (year_later(clock) if clock else None) if clause == "C5" else plus(clock, DAYS_OF[clause])
        discharging = [visit for visit in naming if visit["held"]]
        if kind == "annual":
            after = sorted(
                (v for v in self.visits if self.counts(v) and clock is not None and self.on(v) > clock), key=self.on
            )
            discharging += after[:1]
        first = min(discharging, key=lambda v: (self.on(v), self.visits.index(v)), default=None)
        booking = min(
            (visit for visit in naming if not visit["held"] and not self.stale(visit)), key=self.on, default=None
        )
        state = self._state(name, item, owed, due, (first, booking))
        relevant = first or booking
        in_time = self.on(relevant) <= due if relevant and due and state != "waived" else None
        return {
            "id": name,
            "kind": kind,
            "clause": clause,
            "clock": {"event": event, "on": text(clock)},
            "ideal_by": item["starts_on"] if kind == "initial" else None,
            "due_on": text(due),
            "escalate_on": text(escalate),
            "state": state,
            "discharged_by": first["id"] if first else None,
            "booked_by": booking["id"] if booking else None,
            "in_time": in_time,
            "fallback": self._fallback(name, kind, clause, state, in_time),
        }

    def _state(
        self, name: str, item: Item, owed: bool, due: date | None, visits: tuple[Item | None, Item | None]
    ) -> str:
        kind, (discharging, booking) = name.split(":", maxsplit=1)[0], visits
        is_judgement = kind == "judgement"
        fits = {
            "waived": name in self.waivers,
            "discharged": discharging is not None,
            "superseded": is_judgement
            and any(due is None or self.published(j) <= due for j in self.later_graded(item)),
            "lapsed": not owed or self._lapsed(kind, item, due),
            "overdue": due is not None and due < self.today,
            "booked": booking is not None,
            "waiting": due is None,
            "open": True,
        }
        return next(state for state, is_so in fits.items() if is_so)

    def _lapsed(self, kind: str, item: Item, due: date | None) -> bool:
        if kind == "annual" and due is not None:
            days = range(1, (self.today - due).days + 1)
            return any(not self.in_use(due + timedelta(days=number)) for number in days)
        ended = day(item.get("ends_on"))
        if kind == "initial" and ended is not None and ended < self.today:
            return due is None or ended < due
        return False

    def _fallback(self, name: str, kind: str, clause: str, state: str, in_time: bool | None) -> str | None:
        if kind != "initial" or clause not in ("C3", "C9"):
            return None
        if name in self.facts.get("other_la_checks", []):
            return "done"
        return "needed" if state == "overdue" or (state == "booked" and in_time is False) else None


# -- the table of steps

ALWAYS = ("letter_sent", "feedback_requested", "confirmation_sent", "pre_visit_form_received", "visit_held")
CLAUSE_AND_OWNER = {
    "letter_sent": ("C13", "la_representative"),
    "feedback_requested": ("C14", "la_representative"),
    "confirmation_sent": ("C15", "la_representative"),
    "pre_visit_form_received": ("C13", "provider"),
    "visit_held": ("C12", "la_representative"),
    "actions_followed_up": ("C17", "la_representative"),
    "questionnaires_chased": ("C16", "la_representative"),
    "report_submitted": ("C18", "la_representative"),
    "report_returned": ("C19", "sqao"),
    "actions_completed": ("C20", "la_representative"),
    "sent_for_comment": ("C21", "la_representative"),
    "uploaded": ("C23", "la_representative_or_sqao"),
}


def comments_closed(visit: Item, today: date) -> date | None:
    done, sent = visit["done"], day(visit["done"].get("sent_for_comment"))
    if sent is None:
        return day(done.get("report_returned")) if "sent_for_comment" in visit["set_aside"] else None
    if all(recipient in visit["comments"] for recipient in visit["recipients"]):
        return max([date.fromisoformat(visit["comments"][r]) for r in visit["recipients"]], default=sent)
    due = sent + timedelta(days=3)
    return due if due < today else None


def steps(visit: Item, due_dates: dict[str, str | None], today: date) -> list[Item]:
    """One visit's steps, row by row; `due_dates` are those of the requirements."""
    on, booked, done = date.fromisoformat(visit["visit_on"]), date.fromisoformat(visit["booked_on"]), visit["done"]
    ahead = max(booked, on - timedelta(days=14))
    held = on if visit["held"] else None
    submitted, returned = day(done.get("report_submitted")), day(done.get("report_returned"))
    named = [date.fromisoformat(text) for name in visit["discharges"] if (text := due_dates[name])]
    rows: list[tuple[str, str, date | None, date | None]] = [
        *((name, "visit_on", on, ahead) for name in ALWAYS[:3]),
        ("pre_visit_form_received", "visit_on", on, on),
        ("visit_held", "booked_on", booked, min(named, default=None)),
        ("actions_followed_up", "visit_held", held, plus(held, 1)),
        ("questionnaires_chased", "visit_held", held, plus(held, 7)),
        ("report_submitted", "visit_held", held, plus(held, 14)),
        ("report_returned", "report_submitted", submitted, plus(submitted, 7)),
        ("actions_completed", "report_returned", returned, plus(returned, 3)),
        ("sent_for_comment", "report_returned", returned, plus(returned, 21)),
    ]
    absent = {"questionnaires_chased": visit["questionnaires_left"], "actions_completed": visit["actions_named"]}
    found = []
    for name, event, clock, due in rows:
        if absent.get(name, 1):
            done_on = held if name == "visit_held" else day(done.get(name))
            found.append(_step(visit, name, CLAUSE_AND_OWNER[name], (event, clock, due), done_on, today=today))
    sent = day(done.get("sent_for_comment"))
    for recipient in visit["recipients"]:
        came = day(visit["comments"].get(recipient))
        row = _step(
            visit, "comment_received", ("C22", recipient), ("sent_for_comment", sent, plus(sent, 3)), came, today=today
        )
        found.append(row | {"recipient": recipient})
    closed, uploaded = comments_closed(visit, today), day(done.get("uploaded"))
    found.append(
        _step(visit, "uploaded", CLAUSE_AND_OWNER["uploaded"], ("comments_closed", closed, None), uploaded, today=today)
    )
    return found


Timing = tuple[str, date | None, date | None]  # event, its day, due date


def _step(
    visit: Item, name: str, clause_and_owner: tuple[str, str], timing: Timing, done_on: date | None, *, today: date
) -> Item:
    event, clock, due = timing
    if done_on:
        state = "done"
    elif name in visit["set_aside"]:
        state = "set_aside"
    elif clock is None:
        state = "waiting"
    else:
        state = "overdue" if due and due < today else "open"
    notice = date.fromisoformat(visit["visit_on"]) - timedelta(days=14)
    return {
        "step": name,
        "clause": clause_and_owner[0],
        "owner": clause_and_owner[1],
        "recipient": None,
        "clock": {"event": event, "on": text(clock)},
        "due_on": text(due),
        "done_on": text(done_on),
        "state": state,
        "in_time": done_on <= due if done_on and due else None,
        "short_notice": name in ALWAYS[:3] and date.fromisoformat(visit["booked_on"]) > notice,
    }
