"""The rules are kept between calls, and read again by the first call after any of them was written, wherever."""

import subprocess
import sys
from datetime import date

import pytest
from django.db import connection, transaction

from tests.factories import (
    MembershipFactory,
    ModuleFactory,
    RequirementFactory,
    RequirementVersionFactory,
)
from tests.scratch import scratch_database
from training.pathways.models import Equivalence, Satisfies
from training.pathways.rulebook import _stamp, read_rulebook, rulebook_now

SAID = {"recorded_at": "2026-01-01T00:00Z", "recorded_by": "system:test"}


@pytest.fixture
def rule(world):
    """A rule that is known here."""
    row = RequirementVersionFactory(requirement__module__pathway__partnership=world.partnership)
    rulebook_now()
    return row


def test_what_has_not_changed_is_read_once(rule, django_assert_num_queries):
    book = rulebook_now()
    with django_assert_num_queries(1):
        assert rulebook_now() is book
    assert book == read_rulebook()


def writers(rule):
    """A row of every table that the rulebook is read from, written, changed or taken away."""
    module = rule.requirement.module
    yield lambda: MembershipFactory(agency__code="NEW")
    yield lambda: Equivalence.objects.create(module=module, starts_on=date(2026, 1, 1), external_title="X", **SAID)
    yield lambda: ModuleFactory(code="DA-R1", refreshes=module)
    yield lambda: type(module.pathway).objects.filter(pk=module.pathway_id).update(title="Another")
    yield lambda: RequirementFactory(module=module, role_group__code="ANOTHER")
    yield lambda: type(rule).objects.filter(pk=rule.pk).update(validity_months=12)
    yield lambda: type(rule).objects.filter(pk=rule.pk).delete()
    other = ModuleFactory(code="DA-B1")
    yield lambda: Satisfies.objects.create(lender=other, borrower=module, starts_on=date(2026, 1, 1), **SAID)


def test_whatever_is_written_of_a_rule_is_known_at_the_next_call(rule):
    for write in writers(rule):
        before = _stamp()
        write()
        assert _stamp() != before
        assert rulebook_now() == read_rulebook()


def test_what_was_undone_is_not_kept(rule):
    book = rulebook_now()
    with pytest.raises(RuntimeError), transaction.atomic():
        type(rule).objects.filter(pk=rule.pk).update(validity_months=12)
        assert rulebook_now() != book
        raise RuntimeError
    assert rulebook_now() == book


ANOTHER = """
import django, sys
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from training.pathways.models import RequirementVersion
RequirementVersion.objects.update(validity_months=12)
"""


def test_a_rule_changed_by_another_process_is_seen_at_the_next_call(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), scratch_database("kept-rules"):
        RequirementVersionFactory(validity_months=36)
        assert months() == [36]
        subprocess.run([sys.executable, "-c", ANOTHER, str(connection.settings_dict["NAME"])], check=True, timeout=60)
        assert months() == [12]


def months():
    """What the rules say here and now."""
    return [version.validity_months for each in rulebook_now().rules for version in each.rule.versions]
