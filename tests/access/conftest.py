"""The planted world, made once for a whole file of tests and taken back afterwards."""

import logging
import tempfile
from functools import cache

import pytest
from django.core.cache import caches
from django.test import override_settings

from tests.access.manifest import routes
from tests.access.planting import Planted, plant
from tests.kept import kept
from training.people import middleware
from training.people.selectors import access_of


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker) -> Planted:
    """Three agencies full of canaries. The site is not the demo: there is no mailbox."""
    routes()  # the addresses are those of the demo, and are read once a process
    with tempfile.TemporaryDirectory() as folder, kept(django_db_blocker):
        here = override_settings(
            MEDIA_ROOT=f"{folder}/media",
            CERTIFICATE_ROOT=f"{folder}/certificates",
            EVIDENCE_ROOT=f"{folder}/evidence",
            IS_DEMO=False,
        )
        with here:
            caches["local"].clear()
            yield plant()
    caches["local"].clear()


@pytest.fixture(autouse=True)
def quiet():
    """Thousands of refusals are not news."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def worked_out_once(monkeypatch):
    """What a login may do is worked out at its first knock: nothing that a knock changes is kept until the next."""
    monkeypatch.setattr(middleware, "access_of", cache(access_of))
