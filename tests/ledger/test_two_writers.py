"""Two who write the standings of one post at the same time do it one after the other."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from threading import Barrier, BrokenBarrierError, Event

import pytest
from django.db import connection

from tests.factories import MembershipFactory, RequirementVersionFactory, TermFactory
from training.ledger import rebuild
from training.ledger.freshness import brought_up_to_date
from training.ledger.models import StandingStep
from training.people.services import mark_stale

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def post(django_db_setup, django_db_blocker):
    """A post that is asked for a module, really committed and taken away afterwards."""
    with django_db_blocker.unblock():
        version = RequirementVersionFactory(requirement__role_group__code="TWO_WRITERS")
        term = TermFactory(role_group=version.requirement.role_group)
        post, module = term.post, version.requirement.module
        membership = MembershipFactory(partnership=module.pathway.partnership, agency=post.employment.agency)
        yield post
        pathway, employment = module.pathway, post.employment
        for row in (membership, term, post, employment, employment.person, employment.agency):
            row.delete()
        for row in (version, version.requirement, module, module.tier, pathway, pathway.partnership, term.role_group):
            row.delete()


def test_two_who_rebuild_at_once_write_each_standing_once(post, monkeypatch):
    """Both are held where they have read the facts and not yet written, if they get there together."""
    both, histories = Barrier(2), rebuild.histories

    def read_together(*args, **said):
        found = list(histories(*args, **said))
        with suppress(BrokenBarrierError):
            both.wait(timeout=1)
        return found

    def run(_):
        try:
            rebuild.rebuild_standings(at=AT)
        finally:
            connection.close()

    monkeypatch.setattr(rebuild, "histories", read_together)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, range(2)))
    steps = StandingStep.objects.everywhere(reason="test").filter(post=post)
    days = list(steps.values_list("module_id", "from_on"))
    assert days
    assert len(days) == len(set(days))


def test_whose_page_it_is_waits_for_the_worker_who_has_them_under_its_hands(post, monkeypatch):
    """The worker holds the mark; a page about one person must not answer from the old table meanwhile."""
    has_begun, histories = Event(), rebuild.histories

    def read_slowly(*args, **said):
        has_begun.set()
        time.sleep(0.3)
        return histories(*args, **said)

    def work():
        try:
            rebuild.refresh_stale(at=AT)
        finally:
            connection.close()

    mark_stale([post.pk], at=AT)
    monkeypatch.setattr(rebuild, "histories", read_slowly)
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(work)
        has_begun.wait(timeout=5)
        found = brought_up_to_date(at=AT, person=post.employment.person)
        steps = StandingStep.objects.everywhere(reason="test").filter(post=post).count()
        working.result()
    assert steps
    assert (found.posts, found.as_of) == (0, AT)
