"""One rule for one group of people: the database keeps it, blanks or not."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories import ModuleFactory, RequirementFactory


def test_a_module_is_asked_of_a_group_by_one_rule(db):
    rule = RequirementFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RequirementFactory(module=rule.module, role_group=rule.role_group)
    assert RequirementFactory(module=ModuleFactory(code="DA-B1"), role_group=rule.role_group).pk
