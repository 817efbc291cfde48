"""Provisions of the shared register for tests of pages and actions, as an import leaves them."""

from datetime import date
from typing import Any

from wellplaced.people.models import ProvisionType
from wellplaced.register import standing
from wellplaced.register.actions.entering import provider_of
from wellplaced.register.models import Judgement, Provision, Registration, RegistrationStatus, Scale

TODAY = date(2026, 11, 23)


def listed(
    urn: str = "SC900001",
    kind: str = ProvisionType.RESIDENTIAL,
    *,
    name: str = "",
    owner: str = "Alderbrook Care Ltd",
    place: str = "Fenmarket",
    status: str = RegistrationStatus.ACTIVE,
    outcome: str = "",
    published_on: date = date(2025, 1, 14),
    **more: Any,
) -> Provision:
    """A provision with one registration, and with `outcome` one judgement."""
    provision = Provision.objects.create(
        type=kind, name=name, provider=provider_of(owner), local_authority=place, **more
    )
    registration = Registration.objects.create(
        provision=provision, urn=urn, ofsted_type=kind, status=status, registered_on=date(2020, 6, 25)
    )
    if outcome:
        Judgement.objects.create(
            provision=provision,
            registration=registration,
            event_number="10360658",
            event_type="Full inspection",
            scale=Scale.FOUR_POINT,
            outcome=outcome,
            inspected_on=date(2024, 11, 5),
            published_on=published_on,
        )
    standing.refresh([provision.pk])
    return Provision.objects.get(pk=provision.pk)
