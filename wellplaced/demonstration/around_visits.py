"""What the demonstration's team did around each visit, from the letter to Mosaic: mostly in time, until it comes to today."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from wellplaced import history
from wellplaced.demonstration.days import days_before, next_working_day, working_day
from wellplaced.demonstration.people import Team
from wellplaced.demonstration.report_file import as_pdf
from wellplaced.monitoring import actions
from wellplaced.monitoring.actions.checklist import save_day
from wellplaced.monitoring.actions.feedback import ask_for_feedback, take_down_feedback
from wellplaced.monitoring.catalogue import documents_for, sections_for
from wellplaced.monitoring.day import Answer, Met
from wellplaced.monitoring.models import Outcome, Visit
from wellplaced.monitoring.placed import everybody_placed
from wellplaced.monitoring.whom_to_ask import whom_to_ask
from wellplaced.people.models import Person
from wellplaced.reports.actions.circulation import circulate
from wellplaced.reports.actions.closing import close_report
from wellplaced.reports.actions.comments import add_comment, reply_to_comment
from wellplaced.reports.actions.documents import add_document
from wellplaced.reports.actions.mosaic import record_upload
from wellplaced.reports.actions.rounds import Done, NewComment, NewTask, complete_tasks, return_report, submit_report
from wellplaced.reports.circulating import circulation_of

LARGEST = 1_000_000  # bytes of a made-up report
NEGLECTED = 0.3  # of the visits of the last weeks: left somewhere on the way, and overdue
RECENTLY = 45  # days ago
FEEDBACK = ("No worries; keeps in touch with school.", "Would like more notice of changes of staff.")
FINDINGS = (
    ("Send the training record of the night staff.", "Training record was not there to be seen"),
    ("Mend the lock of the bathroom on the first floor.", "A lock did not work"),
    ("Put the date of the last drill into the fire book.", "Fire book without the last drill"),
)
COMMENTS = ("The part on education reads fair.", "The bathroom was mended on the day after the visit.")


SUBMITTED, RETURNED, COMPLETED, AGREED, SENT = "submitted", "returned", "completed", "agreed", "sent"


@dataclass(frozen=True)
class Standing:
    """How far the report of a visit has come on its way: handed in on a day, and what happened to it last."""

    handed_in: date
    after: str


@dataclass
class AroundVisits:
    """One authority's officers and senior officer, going through the steps of a visit in the order of the guidance."""

    team: Team
    today: date
    chance: random.Random
    _uploaded: list[tuple[Visit, Person, date]] = field(default_factory=list)

    def live(self, visit: Visit, stands: Standing | None = None) -> None:
        """Everything around a visit of which the day has come, but for what somebody forgot; or until the report `stands`."""
        officer, on = visit.officer or self.team["officer"], visit.visit_on
        is_recent = stands is None and on > days_before(self.today, RECENTLY)
        forgotten = self.chance.randrange(1, 14) if is_recent and self.chance.random() < NEGLECTED else 99
        story = sorted(self._story(visit, officer, stands), key=itemgetter(0))
        for number, (day, do) in enumerate(story):
            if day > self.today or number >= forgotten:
                return
            do(day)
        if stands is None:
            self._uploaded.append((visit, officer, story[-1][0]))

    def close(self) -> None:
        """Close the visits of which everything was uploaded; what is left of them is known by now."""
        because = "Silent recipients were reminded"
        with history.together():
            for visit, officer, day in self._uploaded:
                close_report(visit=visit, closed_on=day, because=because, by=officer, on=day)
        self._uploaded.clear()

    def _story(
        self, visit: Visit, officer: Person, stands: Standing | None
    ) -> Iterator[tuple[date, Callable[[date], object]]]:
        """What is done, each with its day; the later days follow from the earlier ones."""
        on = visit.visit_on
        ahead = working_day(days_before(on, 14), visit.booked_on)
        yield ahead, lambda day: self._send("letter_sent", visit, day, officer)
        yield ahead, lambda day: self._send("confirmation_sent", visit, day, officer)
        yield ahead, lambda day: self._ask(visit, day, officer)
        yield on, lambda day: self._hold(visit, day, officer)
        yield self._later(on, 1), lambda day: self._follow_up(visit, day, officer)
        if self.chance.random() < 0.9:
            yield self._later(on, 7), lambda day: self._chase(visit, day, officer)
        if self.chance.random() < 0.85:
            yield self._later(on, 20), lambda day: self._verify(visit, day, officer)
        yield from self._reviewed(visit, officer, stands) if stands else self._reported(visit, officer)

    def _reported(self, visit: Visit, officer: Person) -> Iterator[tuple[date, Callable[[date], object]]]:
        """The report's whole way, from the officer's desk to Mosaic."""
        submitted = self._later(visit.visit_on, self.chance.choice((6, 9, 12, 13, 17)))
        yield submitted, lambda day: self._submit(visit, day, officer)
        returned = self._later(submitted, self.chance.choice((2, 4, 6, 9)))
        with_tasks = self.chance.random() < 0.6
        yield returned, lambda day: self._return(visit, day, with_tasks=with_tasks)
        if with_tasks:
            yield self._later(returned, 3), lambda day: self._complete(visit, day, officer)
            yield self._later(returned, 4), lambda day: self._submit(visit, day, officer)
            yield self._later(returned, 6), lambda day: self._return(visit, day, with_tasks=False)
        sent = self._later(returned, self.chance.choice((8, 14, 19)))
        yield sent, lambda day: self._circulate(visit, day, officer)
        for after in (2, 3, 6):
            yield self._later(sent, after), lambda day: self._answer(visit, day, officer)
        yield self._later(sent, 9), lambda day: self._upload(visit, day, officer)

    def _reviewed(
        self, visit: Visit, officer: Person, stands: Standing
    ) -> Iterator[tuple[date, Callable[[date], object]]]:
        """As far as the report stands, and no further."""
        yield stands.handed_in, lambda day: self._submit(visit, day, officer)
        returned = self._later(stands.handed_in, 1)
        if stands.after != SUBMITTED:
            yield returned, lambda day: self._return(visit, day, with_tasks=stands.after in (RETURNED, COMPLETED))
        if stands.after == COMPLETED:
            yield self._later(returned, 1), lambda day: self._complete(visit, day, officer)
        if stands.after == SENT:  # some answered late, some never; nobody has put anything onto Mosaic yet
            yield self._later(returned, 2), lambda day: self._circulate(visit, day, officer)
            yield self._later(returned, 17), lambda day: self._answer(visit, day, officer)

    def _later(self, day: date, days: int) -> date:
        return next_working_day(days_before(day, -days))

    def _send(self, step: str, visit: Visit, day: date, officer: Person) -> None:
        actions.record_step(visit=visit, step=step, done_on=day, by=officer, on=day)

    def _ask(self, visit: Visit, day: date, officer: Person) -> None:
        keys = [each.key for each in whom_to_ask(visit) if not each.is_missing]
        if not keys:
            actions.set_step_aside(
                visit=visit, step="feedback_requested", because="Nobody is placed there", by=officer, on=day
            )
            return
        asked = ask_for_feedback(visit=visit, whom=keys, asked_on=day, by=officer, on=day)
        for each in asked:
            answered_on = self._later(day, 5)
            if answered_on <= self.today and self.chance.random() < 0.6:
                take_down_feedback(
                    feedback=each, asked_on=day, not_asked_because="", answered_on=answered_on, how="email",
                    said=self.chance.choice(FEEDBACK), by=officer, on=answered_on, seen_revision=None,
                )  # fmt: skip

    def _hold(self, visit: Visit, day: date, officer: Person) -> None:
        nobody = not everybody_placed(visit)
        actions.hold_visit(
            visit=visit,
            visit_on=day,
            discharges=list(visit.discharges.values_list("key", flat=True)),
            premises=list(visit.to_see.all()),
            whole_form=False,
            outcome=Outcome.NOBODY_LIVING_THERE if nobody else Outcome.HELD,
            by=officer,
            seen_revision=None,
        )
        visit.refresh_from_db()
        nothing = Met("", "")
        staff = [(nothing, Met("Manager of the home", "")), (nothing, Met("Support worker", "On shift"))]
        save_day(visit=visit, answers=list(self._answers(visit)), staff=staff, by=officer, on=day)

    def _answers(self, visit: Visit) -> Iterator[Answer]:
        kind = visit.provision.type
        yield Answer("tour", "", "done")
        for document in documents_for(kind):
            yield Answer(f"document-{document.code}", "", "seen" if self.chance.random() < 0.9 else "not_there")
        for section in sections_for(kind):
            yield Answer(f"section-{section.code}", "", "there")
        for young_person in everybody_placed(visit):
            seen = self.chance.choice(("seen", "seen", "seen", "at_school", "away", "declined"))
            answer = self.chance.choice(
                ("done", "done", "paper_left") if seen == "seen" else ("paper_left", "declined")
            )
            yield Answer(f"seen-{young_person.pk}", "", seen)
            yield Answer(f"questionnaire-{young_person.pk}", "", answer)

    def _follow_up(self, visit: Visit, day: date, officer: Person) -> None:
        if self.chance.random() < 0.3:
            because = "Nothing was left to be done"
            actions.set_step_aside(visit=visit, step="actions_followed_up", because=because, by=officer, on=day)
            return
        what, finding = self.chance.choice(FINDINGS)
        actions.add_task(
            provision=visit.provision, visit=visit, what=what, finding=finding, owner="provider",
            due_on=self._later(visit.visit_on, 28), by=officer,
        )  # fmt: skip
        self._send("actions_followed_up", visit, day, officer)

    def _verify(self, visit: Visit, day: date, officer: Person) -> None:
        """The provider has done what was agreed, and sent something that shows it."""
        for task in visit.tasks.filter(done_on=None):
            evidence = "Photograph by email, seen by the officer"
            actions.change_task(
                task=task, done_on=day, evidence=evidence, verified_on=day, by=officer, seen_revision=None
            )  # fmt: skip

    def _chase(self, visit: Visit, day: date, officer: Person) -> None:
        answers = [
            Answer(f"questionnaire-{row.young_person_id}", "paper_left", self.chance.choice(("posted_back", "not_returned")))
            for row in visit.young_people_seen.filter(questionnaire="paper_left")
        ]  # fmt: skip
        if answers:
            save_day(visit=visit, answers=answers, by=officer, on=day)

    def _submit(self, visit: Visit, day: date, officer: Person) -> None:
        version = visit.documents.count() + 1
        content = as_pdf("Monitoring visit (made up)", f"Visit {visit.pk} on {visit.visit_on}", f"Version {version}")
        document = add_document(visit=visit, name="report.pdf", content=content, largest=LARGEST, by=officer, on=day)
        submit_report(
            visit=visit, reviewer=self.team["senior"], submitted_on=day, document=document, by=officer, on=day
        )  # fmt: skip

    def _return(self, visit: Visit, day: date, *, with_tasks: bool) -> None:
        tasks = [NewTask(what="Say what the young person thinks of the food.", owner="officer")] if with_tasks else []
        comments = [NewComment(heading="The whole report", text="Clear; add what was seen of the kitchen.")]
        return_report(
            visit=visit, returned_on=day, tasks=tasks, comments=comments if with_tasks else [],
            by=self.team["senior"], on=day,
        )  # fmt: skip

    def _complete(self, visit: Visit, day: date, officer: Person) -> None:
        round_ = visit.rounds.order_by("-number")[0]
        done = {task.pk: Done(on=day, evidence="Added to the report") for task in round_.tasks.all()}
        complete_tasks(round_=round_, done=done, by=officer, on=day)

    def _circulate(self, visit: Visit, day: date, officer: Person) -> None:
        recipients = circulation_of(visit, officer, day).proposed
        circulate(
            visit=visit, recipients=recipients, sent_on=day, copied_to=self.team["senior"], by=officer, on=day
        )  # fmt: skip

    def _answer(self, visit: Visit, day: date, officer: Person) -> None:
        """Some answer on this day, some never do: silence stays silence."""
        for recipient in visit.recipients.filter(answered_on=None, left_out_because=""):
            if self.chance.random() < 0.5:
                continue
            says = self.chance.random() < 0.4
            comment = add_comment(
                recipient=recipient, kind="comment" if says else "no_comment",
                text=self.chance.choice(COMMENTS) if says else "", received_on=day, by=officer, on=day,
            )  # fmt: skip
            if says and self.chance.random() < 0.7:
                reply_to_comment(comment=comment, reply="accepted", by=officer, on=day, seen_revision=None)

    def _upload(self, visit: Visit, day: date, officer: Person) -> None:
        for young_person in [None, *everybody_placed(visit)]:
            record_upload(
                visit=visit, young_person=young_person, report=True, comments=True, tasks=True,
                reference=f"MOS-{visit.pk:05}-{young_person.pk if young_person else 0}",
                uploaded_on=day, by=officer, on=day,
            )  # fmt: skip
