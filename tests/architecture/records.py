"""One record of every kind that an address can name, of Fenmarket and of another authority, made when first asked for.

A route's row in `routes.toml` names the kinds of its address in order: `args = ["provision", "requirement_key"]`. A new kind
is a function here: it gets the world and the team whose record it is to be, and returns a record, or the text or number
that stands in the address. `None` says that there is no such thing as another authority's: the record is shared. A kind
whose record depends on who asks (`world.asker`) is marked `@kind(by_asker=True)`.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from tests.architecture.teams import Team, World
from tests.reports.files import word
from wellplaced.history import clock
from wellplaced.insight import actions as insight
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Notice, Requirement, Visit
from wellplaced.people import actions as people
from wellplaced.people.models import ProvisionType
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements
from wellplaced.placements.actions import loads
from wellplaced.placements.loading.kinds import kinds
from wellplaced.placements.models import Placement
from wellplaced.register import actions as register
from wellplaced.register.models import Judgement, Provision, RegisterImport, Registration, Scale
from wellplaced.reports.actions import circulation, closing, comments, documents, mosaic
from wellplaced.reports.actions.rounds import NewComment, NewTask, return_report, submit_report
from wellplaced.reports.circulating import circulation_of

Builder = Callable[[World, Team], Any]
KINDS: dict[str, Builder] = {}
BY_ASKER: set[str] = set()
LONG_AGO = date(2024, 1, 10)
ROWS = b"reference,initials,date_of_birth,provision,starts_on\nM1,AB,2012-06-01,nowhere,2026-03-01\n"


def kind(*, by_asker: bool = False) -> Callable[[Builder], Builder]:
    """Make a function the builder of the kind of its name."""

    def register_it(builder: Builder) -> Builder:
        KINDS[builder.__name__] = builder
        if by_asker:
            BY_ASKER.add(builder.__name__)
        return builder

    return register_it


# People


@kind()
def colleague(world: World, team: Team) -> Any:
    return team.viewer


@kind()
def approval(world: World, team: Team) -> Any:
    return people.approve(
        person=team.viewer, provision_type=ProvisionType.SEN, starts_on=LONG_AGO, ends_on=None, by=team.manager
    )


@kind()
def cover(world: World, team: Team) -> Any:
    today = clock.today()
    return people.arrange_cover(
        absent=team.viewer, covering=team.officer, starts_on=today, ends_on=today + timedelta(days=5), by=team.manager
    )


@kind()
def closure_day(world: World, team: Team) -> Any:
    return people.add_closure_day(day=date(2026, 12, 24), name="Christmas closure", by=team.manager)


@kind()
def authority(world: World, team: Team) -> Any:
    return None if team is world.other else team.authority


# The register


@kind()
def provision(world: World, team: Team) -> Any:
    """One of the shared register; of another authority, one that it entered by hand."""
    if team is world.other:
        return world.record("entered_provision", team)
    shared = Provision.objects.create(
        type=ProvisionType.RESIDENTIAL, name="Alder House", urn="1234567", status="active"
    )
    Registration.objects.create(
        provision=shared, urn="1234567", ofsted_type="Children's Home", left_marked_on=date(2026, 1, 1)
    )
    return shared


@kind()
def supported_accommodation(world: World, team: Team) -> Any:
    if team is world.other:
        return world.record("entered_provision", team)
    return Provision.objects.create(
        type=ProvisionType.SUPPORTED_ACCOMMODATION, name="Bridge Lodgings", urn="2700001", status="active"
    )


@kind()
def entered_provision(world: World, team: Team) -> Any:
    return register.enter_provision(
        provision_type=ProvisionType.SEN, name=f"Reed School {team.authority.code}", by=team.manager, on=clock.today()
    )


@kind()
def shared_provision(world: World, team: Team) -> Any:
    """Of the shared register for both, for an address whose second part is an authority's own."""
    return world.record("provision", world.own)


@kind(by_asker=True)
def judgeable_provision(world: World, team: Team) -> Any:
    """The operator judges those of the shared register, an authority those that it entered by hand."""
    shared = team is world.own and world.asker == world.operator
    return world.record("provision" if shared else "entered_provision", team)


@kind(by_asker=True)
def correctable_judgement(world: World, team: Team) -> Any:
    if team is world.own and world.asker == world.operator:
        return world.record("judgement", team)
    entered = world.record("entered_provision", team)
    return register.add_judgement(
        provision=entered, outcome="good", published_on=LONG_AGO, by=team.manager, on=clock.today()
    )


@kind()
def registration(world: World, team: Team) -> Any:
    return None if team is world.other else world.record("provision", team).registrations.get()


@kind()
def judgement(world: World, team: Team) -> Any:
    """A weak one of the shared register, at a place where somebody lives; there is none of another authority."""
    if team is world.other:
        return None
    world.record("placement", team)
    found = world.record("registration", team)
    return Judgement.objects.create(
        provision=found.provision, registration=found, event_number="1", event_type="Full inspection",
        scale=Scale.FOUR_POINT, outcome="inadequate", inspected_on=LONG_AGO, published_on=LONG_AGO,
    )  # fmt: skip


@kind()
def followed_up_judgement(world: World, team: Team) -> Any:
    found = world.record("judgement", team)
    if found is not None:
        monitoring.request_action_plan(judgement=found, requested_on=date(2026, 3, 2), by=team.manager)
    return found


@kind()
def premises(world: World, team: Team) -> Any:
    where = world.record("supported_accommodation", world.own)
    return register.add_premises(
        provision=where, label=f"Flat of {team.authority.code}", kind="flat", by=team.manager, on=clock.today()
    )


@kind(by_asker=True)
def register_import(world: World, team: Team) -> Any:
    """The operator's file for the shared register; an authority's confidential list."""
    shared = team is world.own and world.asker == world.operator
    return RegisterImport.objects.create(
        authority=None if shared else team.authority, file_name="file.csv", content=b"", sha256="0" * 64,
        state="compared", result={}, preview={}, handed_in_by=world.operator if shared else team.manager,
        handed_in_at=clock.now(),
    )  # fmt: skip


# Young people and placements


@kind()
def young_person(world: World, team: Team) -> Any:
    return placements.add_young_person(
        reference="M1001",
        initials="AB",
        born_on=date(2012, 6, 1),
        has_ehc_plan=False,
        by=team.officer,
        on=clock.today(),
    )


@kind()
def placement(world: World, team: Team) -> Any:
    return placements.record_placement(
        young_person=world.record("young_person", team),
        provision=world.record("provision", world.own),
        starts_on=date(2026, 3, 1),
        by=team.officer,
        on=clock.today(),
    )


@kind()
def cancelled_placement(world: World, team: Team) -> Any:
    found = world.record("placement", team)
    again = placements.record_placement(
        young_person=found.young_person, provision=found.provision, starts_on=date(2026, 2, 1),
        ends_on=date(2026, 2, 5), by=team.officer, on=clock.today(),
    )  # fmt: skip
    return placements.cancel_placement(placement=again, because="Did not come", by=team.officer, seen_revision=None)


@kind()
def restricted_young_person(world: World, team: Team) -> Any:
    found = placements.add_young_person(
        reference="M1002",
        initials="CD",
        born_on=date(2012, 6, 1),
        has_ehc_plan=False,
        by=team.officer,
        on=clock.today(),
    )
    return placements.restrict_record(
        young_person=found, named=[team.manager], reason="Family works here", by=team.manager, seen_revision=None
    )


@kind()
def professional(world: World, team: Team) -> Any:
    return placements.add_professional(
        young_person=world.record("young_person", team), role="csw", name="Ash Grove", email="ash@care.example",
        starts_on=LONG_AGO, by=team.officer,
    )  # fmt: skip


@kind(by_asker=True)
def table_load(world: World, team: Team) -> Any:
    """A file is read by whoever handed it in, since its rows may be of restricted records."""
    by = world.asker if world.asker.authority_id == team.authority.pk else team.manager
    return loads.hand_in(kind=kinds()[0], file_name="placements.csv", content=ROWS, by=by, on=clock.today())


# What is owed


@kind()
def requirement_key(world: World, team: Team) -> Any:
    """The stable key of what the team owes for its own placement at `shared_provision`."""
    found = world.record("placement", team)
    assert isinstance(found, Placement)
    return f"initial:{found.pk}"


@kind()
def waived_provision(world: World, team: Team) -> Any:
    if team is world.other:
        return world.record("waived_provision", world.own)
    return Provision.objects.create(type=ProvisionType.RESIDENTIAL, name="Birch House", urn="1234568", status="active")


@kind()
def waived_key(world: World, team: Team) -> Any:
    """The key of what the team waived at `waived_provision`."""
    somebody = placements.add_young_person(
        reference="M1003",
        initials="EF",
        born_on=date(2012, 6, 1),
        has_ehc_plan=False,
        by=team.officer,
        on=clock.today(),
    )
    found = placements.record_placement(
        young_person=somebody, provision=world.record("waived_provision", world.own), starts_on=date(2026, 3, 1),
        by=team.officer, on=clock.today(),
    )  # fmt: skip
    owed = Requirement.objects.get(authority=team.authority, key=f"initial:{found.pk}")
    monitoring.waive(requirement=owed, reason="Seen by a neighbouring authority", by=team.manager, on=clock.today())
    return owed.key


@kind()
def concern(world: World, team: Team) -> Any:
    return monitoring.raise_concern(
        provision=world.record("provision", world.own), raised_on=LONG_AGO, raised_by="neighbour", how="telephone",
        summary="Noise at night", by=team.officer, on=clock.today(),
    )  # fmt: skip


@kind()
def withdrawn_concern(world: World, team: Team) -> Any:
    found = monitoring.raise_concern(
        provision=world.record("provision", world.own), raised_on=LONG_AGO, raised_by="neighbour", how="telephone",
        summary="Noise at night", by=team.officer, on=clock.today(),
    )  # fmt: skip
    return monitoring.withdraw_concern(concern=found, because="Of another home", by=team.manager)


@kind()
def chase(world: World, team: Team) -> Any:
    found = world.record("followed_up_judgement", world.own)
    return monitoring.chase_action_plan(judgement=found, chased_on=date(2026, 3, 3), by=team.manager)


@kind()
def visit(world: World, team: Team) -> Any:
    today = clock.today()
    found = monitoring.book_visit(
        provision=world.record("provision", world.own), officer=team.officer, visit_on=today, by=team.officer, on=today
    )
    assert isinstance(found, Visit)
    return found


@kind()
def visit_with_letter(world: World, team: Team) -> Any:
    found, today = world.record("visit", team), clock.today()
    monitoring.record_step(visit=found, step="letter_sent", done_on=today, by=team.officer, on=today)
    return found


@kind()
def proposed_visit(world: World, team: Team) -> Any:
    today = clock.today()
    return monitoring.propose_visit(
        provision=world.record("provision", world.own), officer=team.officer, visit_on=today, by=team.officer, on=today
    )


@kind()
def check(world: World, team: Team) -> Any:
    return monitoring.check_with_other_authority(
        placement=world.record("placement", team), provider_asked_on=LONG_AGO, named="Northmere", by=team.officer
    )


@kind()
def task(world: World, team: Team) -> Any:
    return monitoring.add_task(
        provision=world.record("provision", world.own),
        what="Send the fire certificate",
        owner="provider",
        by=team.officer,
    )


# The report out for comment, and what came back


@kind()
def sent_visit(world: World, team: Team) -> Any:
    """Held today, its report out for comment to a social worker and the provider."""
    today = clock.today()
    world.record("professional", team)
    placed = world.record("placement", team)
    found = monitoring.record_past_visit(
        provision=placed.provision, officer=team.officer, visit_on=today, by=team.officer
    )
    submit_report(
        visit=found, reviewer=team.people[Role.SENIOR_OFFICER], submitted_on=today, sent_otherwise_because="On paper",
        by=team.officer, on=today,
    )  # fmt: skip
    proposed = circulation_of(found, team.officer, today).proposed
    circulation.circulate(
        visit=found,
        recipients=proposed,
        sent_on=today,
        copied_to=team.people[Role.SENIOR_OFFICER],
        by=team.officer,
        on=today,
    )
    return Visit.objects.get(pk=found.pk)


@kind()
def recipient(world: World, team: Team) -> Any:
    return world.record("sent_visit", team).recipients.get(role="csw")


@kind()
def comment(world: World, team: Team) -> Any:
    today = clock.today()
    return comments.add_comment(
        recipient=world.record("recipient", team), kind="comment", text="The garden is not mentioned",
        received_on=today, by=team.officer, on=today,
    )  # fmt: skip


@kind()
def upload(world: World, team: Team) -> Any:
    return mosaic.record_upload(
        visit=world.record("sent_visit", team), young_person=world.record("young_person", team), report=True,
        reference="MOS-1", uploaded_on=clock.today(), by=team.officer, on=clock.today(),
    )  # fmt: skip


@kind()
def closed_visit(world: World, team: Team) -> Any:
    found, today = sent_visit(world, team), clock.today()  # another than the one that stays open
    closing.close_report(visit=found, closed_on=today, because="Not needed", by=team.manager, on=today)
    return Visit.objects.get(pk=found.pk)


@kind()
def task_come_back(world: World, team: Team) -> Any:
    """A task that came back at `visit`."""
    found = monitoring.add_task(
        provision=world.record("provision", world.own), what="Mend the gate", owner="provider", by=team.officer
    )
    monitoring.note_that_task_came_back(
        task=found, visit=world.record("visit", team), by=team.officer, on=clock.today()
    )
    return found


@kind()
def feedback(world: World, team: Team) -> Any:
    """A CSW's, about the young person placed, asked before `visit`."""
    return monitoring.ask_somebody_else(
        visit=world.record("visit", team), role="csw", name="Ash Grove",
        young_people=[world.record("placement", team).young_person], asked_on=clock.today(), by=team.officer,
        on=clock.today(),
    )  # fmt: skip


@kind(by_asker=True)
def notice(world: World, team: Team) -> Any:
    """A notice for the role of whoever asks."""
    found = world.record("placement", team)
    (role,) = world.asker.held_roles
    return Notice.objects.create(
        authority=team.authority, provision=found.provision, kind="standing", for_role=role,
        about_type="placements.placement", about_id=found.pk, placement=found, raised_on=LONG_AGO,
    )  # fmt: skip


# Looking at the whole


@kind(by_asker=True)
def calendar_link(world: World, team: Team) -> Any:
    """Of whoever asks; the operator has none, and of another authority it is its manager's."""
    person = world.asker if team is world.own and world.asker.authority_id else team.manager
    return insight.make_calendar_link(secret=f"secret of {person.pk}", by=person, on=clock.today())


@kind()
def calendar_secret(world: World, team: Team) -> Any:
    """A link opens for whoever has it, of any authority or of none."""
    if team is world.other:
        return None
    insight.make_calendar_link(secret=f"secret of {team.manager.pk}", by=team.manager, on=clock.today())
    return f"secret of {team.manager.pk}"


# The rounds of a report


@kind()
def drafted_visit(world: World, team: Team) -> Any:
    """Held today, with a version of its report that nobody has sent yet."""
    placed = world.record("placement", team)
    found = monitoring.record_past_visit(
        provision=placed.provision, officer=team.officer, visit_on=clock.today(), by=team.officer
    )
    documents.add_document(
        visit=found, name="AB.docx", content=word(), largest=1_000_000, by=team.officer, on=clock.today()
    )
    return found


@kind()
def reported_visit(world: World, team: Team) -> Any:
    """The senior officer has its report."""
    found = drafted_visit(world, team)  # another than the one that is not sent
    submit_report(
        visit=found, reviewer=team.people[Role.SENIOR_OFFICER], submitted_on=clock.today(),
        document=found.documents.get(), by=team.officer, on=clock.today(),
    )  # fmt: skip
    return found


@kind()
def returned_visit(world: World, team: Team) -> Any:
    """Its report came back with a task."""
    found = reported_visit(world, team)
    return_report(
        visit=found, returned_on=clock.today(), tasks=[NewTask(what="Say who was seen", owner="officer")],
        comments=[NewComment(heading="The whole report", text="Quagmire of AB")],
        by=team.people[Role.SENIOR_OFFICER], on=clock.today(),
    )  # fmt: skip
    return found
