"""The file for an agency's own systems: every end stands on the row of the completion that makes it."""

from datetime import date

import pytest

from tests.factories import ModuleFactory, completion
from tests.people.identity.conftest import AT, BY, record, rule  # noqa: F401
from training.evidence.export import exported
from training.ledger.rebuild import rebuild_standings
from training.pathways.models import Satisfies
from training.people.identity.merge import join_records
from training.people.identity.sharing import share
from training.people.models import Employment, Sameness

OLD, NEW = date(2024, 6, 3), date(2026, 10, 1)


@pytest.fixture
def there(world, rule):  # noqa: F811
    """Nia's post at the police, where she did it in 2024."""
    person = record(world.neighbour, last_name="There")
    Employment.objects.within(world.neighbour).filter(person=person).update(employee_ref="77")
    completion(person, rule.module, on=OLD, agency=world.neighbour, method="import", evidence="register 4")
    return person


def rows_of(agency, day, **days):
    """Reference, day, end and evidence of each row."""
    rebuild_standings(at=AT)
    return [(row[1], row[4], row[5], row[8]) for row in exported(agency, prefix="X", on=day, **days)]


def test_what_is_shared_has_its_own_row_and_the_end_stands_there(world, rule, there, day):  # noqa: F811
    own = record(world.agency, last_name="Own")
    completion(own, rule.module, on=NEW, agency=world.agency, method="online", evidence="ours")
    join_records(own, there, proof=Sameness.Proof.ADDRESS, by=BY, at=AT)
    alone = rows_of(world.neighbour, day)
    assert [row[:2] for row in alone] == [("77", "2024-06-03")]
    own.refresh_from_db()
    share(own, world.neighbour, by=BY, at=AT)
    shared = rows_of(world.neighbour, day)
    assert [(row[0], row[1], row[3]) for row in shared] == [
        ("77", "2026-10-01", ""),
        ("77", "2024-06-03", "register 4"),
    ]
    assert (shared[0][2] > alone[0][2], shared[1][2]) == (True, "")
    assert rows_of(world.neighbour, day, until=OLD) == shared[1:], "what is left out of the file leaves no end behind"


def test_no_end_where_another_module_may_be_what_makes_it(world, rule, there, day):  # noqa: F811
    assert rows_of(world.neighbour, day)[0][2]
    lender = ModuleFactory(code="DA-X9", pathway=rule.module.pathway)
    link = {"lender": lender, "borrower": rule.module, "starts_on": OLD, "months": 60}
    Satisfies.objects.create(**link, recorded_at=AT, recorded_by="test")
    assert rows_of(world.neighbour, day)[0][2], "nobody did that one"
    completion(there, lender, on=NEW, agency=world.neighbour, method="import")
    assert [row[1:3] for row in rows_of(world.neighbour, day)] == [("2024-06-03", ""), ("2026-10-01", "")]
