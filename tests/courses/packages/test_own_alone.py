"""What a package said of somebody is seen by that person, and by nobody else."""

import pytest

from courses.models import Commit, ItemState, Launch
from courses.privacy import HOLDINGS
from tests.factories import PersonFactory, TermFactory, UserFactory
from training.access.scoping import Unscoped

TABLES = (Launch, ItemState, Commit)


@pytest.fixture
def said(launch):
    """Amira's package has said something."""
    launch().commit({"core": {"lesson_status": "incomplete"}, "suspend_data": "what she wrote"})


@pytest.mark.parametrize("table", TABLES)
def test_she_alone_sees_it(said, table, amira, bea, dot, access_for, amira_post):
    colleague = PersonFactory(user=UserFactory(email="colleague@svh.example"))
    TermFactory(post__employment__person=colleague, post__employment__agency=amira_post.employment.agency)
    seen = [table.objects.visible_to(access_for(who)).count() for who in (amira, colleague, bea, dot)]
    assert seen == [1, 0, 0, 0]
    with pytest.raises(Unscoped):
        list(table.objects.all())


def test_she_is_given_it_when_she_asks_for_all_that_is_held(said, amira):
    found = {holding.model: holding.rows_about(amira.uid) for holding in HOLDINGS}
    assert [len(found[f"courses.{table.__name__}"]) for table in TABLES] == [1, 1, 1]
    assert "what she wrote" in found["courses.ItemState"][0]["cmi"]
