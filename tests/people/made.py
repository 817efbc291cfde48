"""Invented authorities and staff for tests, made by the actions that people use."""

from django_tasks_db.models import DBTaskResult

from wellplaced.people import actions
from wellplaced.people.models import Authority, Person
from wellplaced.people.rights import Role

PASSWORD = "wooden-teapot-harbour"


def authority(name: str = "Fenmarket County Council", code: str = "fen") -> Authority:
    return actions.add_authority(
        name=name, code=code, by=None, safeguarding_contact="Call the duty desk on 01632 960 100"
    )


def person(where: Authority | None, name: str, *roles: Role, email: str = "", password: str = PASSWORD) -> Person:
    """Somebody with a password, as they stand after setting it by the link."""
    address = email or f"{name.lower().replace(' ', '.')}@{where.code if where else 'service'}.example"
    made = actions.add_person(authority=where, name=name, email=address, roles=roles or (Role.VIEWER,), by=None)
    if password:
        actions.set_password(person=made, password=password, by=None)
    return Person.objects.get(pk=made.pk)


def work() -> None:
    """What the worker does with all that waits."""
    for waiting in DBTaskResult.objects.ready():
        waiting.task.call(*waiting.task_result.args)
        waiting.delete()
