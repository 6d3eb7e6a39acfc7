"""Two who change one rule at the same time do it one after the other."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from tests.factories import RequirementVersionFactory
from training.access.actor import Actor
from training.pathways.services import requirements

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def rule(django_db_setup, django_db_blocker):
    """A rule that is really committed, and taken away afterwards."""
    with django_db_blocker.unblock():
        rule = RequirementVersionFactory(requirement__role_group__code="TWO_WRITERS").requirement
        yield rule
        rule.versions.all().delete()
        module, pathway = rule.module, rule.module.pathway
        for row in (rule, module, module.tier, pathway, pathway.partnership, rule.role_group):
            row.delete()


def test_two_changes_of_a_rule_leave_no_day_with_two_versions(rule, monkeypatch):
    """Both are held where they have read the rule and not yet written, if they get there together."""
    both, refuse = Barrier(2), requirements.refuse_problems

    def read_together(version):
        with suppress(BrokenBarrierError):
            both.wait(timeout=1)
        refuse(version)

    def change(months):
        try:
            requirements.change_requirement(
                requirement=rule, on=date(2026, 4, 1), validity_months=months, by=Actor.system("test"), at=AT
            )
        finally:
            connection.close()

    monkeypatch.setattr(requirements, "refuse_problems", read_together)
    # Not audited: what is committed here must leave no trace.
    monkeypatch.setattr(requirements.audit, "record", lambda *args, **said: None)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(change, (24, 12)))
    spans = list(rule.versions.known_now().order_by("starts_on", "pk").values_list("starts_on", "ends_on"))
    assert spans[-1] == (date(2026, 4, 1), None)
    assert all(ends_on == next_on - timedelta(days=1) for (_, ends_on), (next_on, _) in pairwise(spans))
