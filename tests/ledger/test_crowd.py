"""The fast ways and the long ways agree about a crowd, made once for all of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from tests.conftest import make_world
from tests.kept import kept
from tests.ledger.crowd import AT, make_crowd
from tests.ledger.test_coverage_facts import ON, rows
from training.ledger import rebuild
from training.ledger.coverage_facts import Exclusion, exclusion_of
from training.ledger.models import StandingStep
from training.ledger.rebuild import rebuild_standings
from training.ledger.selectors import histories
from training.ledger.standing import standing
from training.pathways.models import Module
from training.people.models import Partnership, Post

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker) -> Iterator[Partnership]:
    """The partnership for which they work."""
    with kept(django_db_blocker):
        world = make_world()
        make_crowd(world)
        yield world.partnership


def by_standings(partnership, on=ON, known_at=None):
    """The same, one standing after another."""
    posts = Post.objects.everywhere(reason="test").values_list("pk", flat=True)
    modules = set(Module.objects.filter(pathway__partnership=partnership).values_list("pk", flat=True))
    found = []
    for each in histories(posts, known_at=known_at, attempts={}):
        now = standing(each.history, on)
        if each.module in modules and now is not None and now.is_required:
            found.append((each.post, each.module, now.is_valid, int(exclusion_of(now))))
    return sorted(found)


def table():
    fields = [f.attname for f in StandingStep._meta.concrete_fields if f.name not in ("id", "worked_out_at")]
    return list(
        StandingStep.objects.everywhere(reason="test").order_by("post_id", "module_id", "from_on").values(*fields)
    )


@pytest.mark.parametrize("on", [date(2022, 6, 1), date(2024, 2, 29), date(2025, 3, 31), ON, date(2026, 12, 31)])
def test_the_fast_way_and_the_long_way_agree(crowd, on):
    expected = by_standings(crowd, on)
    assert expected
    assert rows(crowd, on) == expected
    then = datetime(2025, 4, 4, tzinfo=UTC)
    assert rows(crowd, on, known_at=then) == by_standings(crowd, on, known_at=then)


def test_the_crowd_is_awkward_enough(crowd):
    """Every exclusion occurs, with both answers where both can be."""
    found = {(valid, Exclusion(why)) for _, _, valid, why in rows(crowd)}
    assert found >= {
        (True, Exclusion.COUNTED),
        (False, Exclusion.COUNTED),
        (False, Exclusion.PAUSED),
        (True, Exclusion.PAUSED),
        (False, Exclusion.EXEMPT),
        (False, Exclusion.INDUCTION),
    }
    assert rows(crowd) != rows(crowd, known_at=datetime(2025, 4, 4, tzinfo=UTC))


def test_a_crowd_in_columns_is_the_crowd_one_by_one(crowd, monkeypatch):
    went_the_long_way = []
    one_by_one = rebuild._refresh_one_by_one
    monkeypatch.setattr(rebuild, "MANY", 10**9)
    rebuild_standings(at=AT)
    expected = table()
    StandingStep.objects.everywhere(reason="test").delete()
    monkeypatch.setattr(rebuild, "MANY", 1)
    monkeypatch.setattr(
        rebuild, "_refresh_one_by_one", lambda ids, *more: went_the_long_way.extend(ids) or one_by_one(ids, *more)
    )
    rebuild_standings(at=AT)
    assert table() == expected
    everybody = Post.objects.everywhere(reason="test").count()
    assert 60 < len(went_the_long_way) < everybody - 40
    assert rebuild.refresh_standings(Post.objects.everywhere(reason="test").values_list("pk", flat=True), at=AT) == 0


def test_what_no_fact_stands_behind_is_put_right_in_columns(crowd, monkeypatch):
    monkeypatch.setattr(rebuild, "MANY", 1)
    rebuild_standings(at=AT)
    expected = table()
    rows = StandingStep.objects.everywhere(reason="test")
    rows.filter(pk__in=list(rows.values_list("pk", flat=True)[::3])).update(state="exempt", due_on=None)
    rows.filter(pk__in=list(rows.values_list("pk", flat=True)[1::5])).delete()
    rebuild_standings(at=AT)
    assert table() == expected
