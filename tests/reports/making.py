"""A visit brought to where a story begins, by the actions that people use; and colleagues a story needs besides."""

from datetime import date, timedelta

from tests.monitoring.world import World
from tests.reports.files import word
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Visit
from wellplaced.people import actions as people
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.rights import Role
from wellplaced.reports.actions.documents import add_document
from wellplaced.reports.actions.rounds import Done, NewComment, NewTask, complete_tasks, return_report, submit_report
from wellplaced.reports.models import Document, Round

LONG_AGO = date(2015, 1, 1)
LARGEST = 10_000_000


def days_ago(world: World, number: int) -> date:
    """A day of the past, counted from the day on which the test runs."""
    return world.today - timedelta(days=number)


def colleague(world: World, name: str, *roles: Role) -> Person:
    """One more of the staff, approved for every type of provision (C11)."""
    email = f"{name.lower().replace(' ', '.')}@{world.authority.code}.example"
    found = people.add_person(authority=world.authority, name=name, email=email, roles=roles, by=world.manager)
    for kind, _ in ProvisionType.monitored():
        people.approve(person=found, provision_type=kind, starts_on=LONG_AGO, ends_on=None, by=world.manager)
    return found


def another_senior(world: World) -> Person:
    """A senior officer beside the world's own."""
    return colleague(world, "Rowan Tait", Role.SENIOR_OFFICER)


def held_visit(world: World, ago: int = 10, *, officer: Person | None = None) -> Visit:
    """A visit held so many days ago, at a home where one young person had been placed the day before."""
    home, held_on = world.provision(), days_ago(world, ago)
    placement = world.placed(home, held_on - timedelta(days=1))
    return monitoring.record_past_visit(
        provision=home,
        visit_on=held_on,
        booked_on=held_on - timedelta(days=20),
        officer=officer or world.officer,
        discharges=[f"initial:{placement.pk}"],
        by=world.officer,
    )


def uploaded(world: World, visit: Visit, text: str = "Completed form") -> Document:
    """A version of the report; another text is another file."""
    return add_document(
        visit=visit, name="report.docx", content=word(text), largest=LARGEST, by=world.officer, on=world.today
    )


def submitted(world: World, visit: Visit, ago: int = 6, *, reviewer: Person | None = None, note: str = "") -> Round:
    """The report sent to the senior officer so many days ago, with a version of its own."""
    return submit_report(
        visit=visit,
        reviewer=reviewer or world.senior,
        submitted_on=days_ago(world, ago),
        note=note,
        document=uploaded(world, visit, f"Version {visit.documents.count() + 1}"),
        by=world.officer,
        on=world.today,
    )


def returned(world: World, visit: Visit, ago: int = 3, *, tasks: int = 0, by: Person | None = None) -> Round:
    """The report returned so many days ago, with so many tasks."""
    return return_report(
        visit=visit,
        returned_on=days_ago(world, ago),
        comments=[NewComment(heading="The whole report", text="Say more about the outcomes")],
        tasks=[NewTask(what=f"Task {number}", owner="officer") for number in range(1, tasks + 1)],
        by=by or world.senior,
        on=world.today,
    )


def completed(world: World, round_: Round, ago: int = 1) -> Round:
    """Every task of a return done so many days ago."""
    done = {task.pk: Done(on=days_ago(world, ago), evidence="Seen") for task in round_.tasks.all()}
    return complete_tasks(round_=round_, done=done, by=world.officer, on=world.today)
