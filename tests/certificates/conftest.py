"""A module with outcomes, and amira's certificate of it."""

from datetime import date

import pytest

from certificates.models import Certificate
from certificates.services import issue
from tests.factories import ModuleFactory, completion


@pytest.fixture
def module(world):
    """DA-A1, good for 36 months unless a requirement says otherwise."""
    return ModuleFactory(
        code="DA-A1",
        title="Domestic abuse: what everyone needs to know",
        validity_months=36,
        nice_level=1,
        outcomes=["listen, believe and reassure", "tell when to call 999"],
    )


@pytest.fixture
def completed(amira, module):
    """Amira completed it on 2 March 2026."""
    return completion(amira, module, on=date(2026, 3, 2))


@pytest.fixture
def certificate(completed) -> Certificate:
    """Amira's certificate."""
    return issue(completed, at=completed.recorded_at)


@pytest.fixture(autouse=True)
def certificate_root(settings, tmp_path):
    """Printed files go to a folder of the test's own."""
    settings.CERTIFICATE_ROOT = tmp_path
    return tmp_path
