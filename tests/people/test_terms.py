"""The database keeps the promise that one post is one thing at a time."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.factories import DutyFactory, TermFactory


def test_terms_of_a_post_never_overlap(amira_post):
    with pytest.raises(IntegrityError, match="terms_of_a_post_never_overlap"), transaction.atomic():
        TermFactory(post=amira_post, starts_on=date(2025, 1, 1))


def test_a_term_may_follow_one_that_has_ended(amira_post):
    running = amira_post.terms.everywhere(reason="test").get()
    running.ends_on = date(2024, 12, 31)
    running.save()
    following = TermFactory(post=amira_post, starts_on=date(2025, 1, 1))
    assert following.pk


def test_duties_of_one_designation_never_overlap(amira_post):
    DutyFactory(post=amira_post)
    with pytest.raises(IntegrityError, match="duties_of_a_post_never_overlap"), transaction.atomic():
        DutyFactory(post=amira_post, starts_on=date(2025, 1, 1))


def test_a_role_is_granted_once_from_a_day_whatever_its_scope(bea, world):
    from tests.factories import RoleGrantFactory

    RoleGrantFactory(user=bea, role_code="content_author")
    for again in ({"role_code": "content_author"}, {"role_code": "agency_hr", "agency": world.agency}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrantFactory(user=bea, **again)
