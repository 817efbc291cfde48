"""Several provisions are reassigned while somebody else records facts of the same ones: neither makes the other fail.

What is owed at a provision is counted by one at a time; whoever takes several takes them in one order.
"""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from tests.monitoring.test_two_people_at_one_provision import agrees_with_the_facts
from tests.monitoring.world import World, make_world
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Assignment, Concern
from wellplaced.register.models import Provision

A_MOMENT = 0.3  # seconds: what the other has for taking what it can


def raise_concern(world: World, home: Provision) -> Concern:
    today = clock.today()
    return actions.raise_concern(
        provision=home, raised_on=today, raised_by="Neighbour", how="telephone", summary="Noise", by=world.officer,
        on=today,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_provisions_listed_in_another_order_than_they_are_counted_in() -> None:
    world = make_world()
    homes = [world.provision(), world.provision()]
    for home in homes:
        world.placed(home, clock.today() - timedelta(days=30))
    begun, faults = threading.Event(), list[Exception]()

    def of_both() -> None:
        with transaction.atomic():
            raise_concern(world, homes[0])
            begun.set()
            threading.Event().wait(A_MOMENT)
            raise_concern(world, homes[1])

    def reassign() -> None:
        begun.wait()
        actions.reassign_many(
            provisions=homes[::-1], officer=world.senior, reason="Leave", by=world.manager, on=clock.today()
        )

    def run(act: Callable[[], None]) -> None:
        try:
            act()
        except Exception as fault:  # noqa: BLE001 (whatever it is, it is shown below)
            faults.append(fault)
        finally:
            begun.set()
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in (of_both, reassign)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert (Concern.objects.count(), Assignment.objects.filter(ends_on=None).count()) == (2, 2)
    agrees_with_the_facts()
