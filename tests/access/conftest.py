"""The planted world, made once for a whole file of tests and taken back afterwards."""

import logging
import tempfile

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import override_settings

from tests.access.manifest import routes
from tests.access.planting import Planted, plant


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker) -> Planted:
    """Three agencies full of canaries. The site is not the demo: there is no mailbox."""
    routes()  # the addresses are those of the demo, and are read once a process
    with tempfile.TemporaryDirectory() as folder, django_db_blocker.unblock():
        kept = override_settings(
            MEDIA_ROOT=f"{folder}/media",
            CERTIFICATE_ROOT=f"{folder}/certificates",
            EVIDENCE_ROOT=f"{folder}/evidence",
            IS_DEMO=False,
        )
        around = transaction.atomic()
        around._from_testcase = True  # as Django's own tests: what insists on the outermost transaction may run in it
        with kept, around:
            caches["local"].clear()
            yield plant()
            transaction.set_rollback(True)
    caches["local"].clear()


@pytest.fixture(autouse=True)
def quiet():
    """Thousands of refusals are not news."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
