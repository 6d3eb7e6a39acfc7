"""Several at the same return at once: one of them does it, and the others are told so. On PostgreSQL alone."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from tests.conftest import make_world
from tests.factories import RoleGrantFactory
from tests.returns.conftest import BY, actor
from tests.scratch import scratch_database
from training.access.clock import today
from training.people.selectors import access_of
from training.returns import services as returns
from training.returns.errors import ReturnError
from training.returns.models import AgencyReturn, ReturnTerms, ReturnVersion
from training.returns.quarters import quarter_of

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
MANY = 4


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, which is never committed to: a copy."""
    with django_db_blocker.unblock(), scratch_database("returns"):
        yield


def at_once(act):
    """What comes of doing it so many times at once, by the name of the answer or of the refusal."""
    ready = Barrier(MANY)

    def one(number):
        ready.wait()
        try:
            return type(act(number)).__name__
        except ReturnError as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        return Counter(pool.map(one, range(MANY)))


def test_a_return_is_begun_handed_over_signed_and_sent_back_once(db):
    world, quarter = make_world(), quarter_of(today()).back()
    ReturnTerms.objects.create(
        partnership=world.partnership, quarter_on=quarter.starts_on, recorded_at=timezone.now(), recorded_by="test"
    )
    grants = [
        RoleGrantFactory(user__email=f"lead{number}@svh.example", role_code="agency_lead", agency=world.agency)
        for number in range(MANY)
    ]
    users = [each.user for each in grants]
    where = {"agency": world.agency, "partnership": world.partnership, "quarter": quarter}
    said = lambda: {"by": BY, "at": timezone.now()}  # noqa: E731
    assert at_once(lambda _: returns.begin(**where, **said())) == {"AgencyReturn": 1, "AlreadyThere": MANY - 1}
    of = AgencyReturn.objects.select_related("agency", "partnership").get()
    hand = lambda number: returns.hand_over(  # noqa: E731
        of=of, held_none=True, by=actor(users[number]), at=timezone.now()
    )
    assert at_once(hand) == {"NoneType": 1, "NotNow": MANY - 1}
    shown = of.versions.get()
    sign = lambda number: returns.sign(  # noqa: E731
        of=of, shown=shown.pk, access=access_of(users[number], on=today()), at=timezone.now()
    )
    found = at_once(sign)
    assert found["ReturnVersion"] == 1
    assert found["NotNow"] + found["NeedsAnother"] == MANY - 1
    back = lambda _: returns.send_back(of=of, reason="unlikely", **said())  # noqa: E731
    assert at_once(back) == {"NoneType": 1, "NotNow": MANY - 1}
    assert ReturnVersion.objects.count() == 2
