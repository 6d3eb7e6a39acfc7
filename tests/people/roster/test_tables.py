"""The database keeps the promises of imports and job titles."""

import pytest
from django.db import IntegrityError, transaction

from tests.people.roster.files import csv_file, row
from training.people.models import JobTitleMapping, RoleGroup, RosterImport


@pytest.mark.parametrize(
    ("fields", "promise"),
    [
        ({"state": "applied", "applied_at": None}, "applied_import_says_when"),
        ({"state": "undone", "undone_at": None}, "undone_import_says_when"),
    ],
)
def test_an_import_says_when_it_was_applied_and_undone(load, fields, promise):
    load(csv_file(row()))
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        RosterImport.objects.update(**fields)


def test_a_job_title_means_one_thing_whatever_its_capitals(world, moment):
    said = {"agency": world.agency, "role_group": RoleGroup.objects.get(code="MIDWIFE")}
    said |= {"recorded_at": moment, "recorded_by": "test"}
    JobTitleMapping.objects.create(post_title="Ward Sister", **said)
    with pytest.raises(IntegrityError, match="job_title_once_an_agency"), transaction.atomic():
        JobTitleMapping.objects.create(post_title="ward sister", **said)
