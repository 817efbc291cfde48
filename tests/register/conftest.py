"""What the register's tests may ask for."""

import pytest

from wellplaced.people.models import Authority


@pytest.fixture
def authority(db: None) -> Authority:
    return Authority.objects.create(name="Fenmarket County Council", code="F01")


@pytest.fixture
def other_authority(db: None) -> Authority:
    return Authority.objects.create(name="Alderbrook City Council", code="A02")
