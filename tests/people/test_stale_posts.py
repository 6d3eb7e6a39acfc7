"""A changed post is marked once, until its standings have been worked out anew."""

import pytest

from training.access.scoping import Unscoped
from training.people.models import StalePost
from training.people.services import mark_stale


def test_a_post_is_marked_once_however_often_it_changes(amira_post, moment):
    mark_stale([amira_post.pk, amira_post.pk], at=moment)
    mark_stale([amira_post.pk], at=moment)
    assert [mark.post_id for mark in StalePost.objects.everywhere(reason="test")] == [amira_post.pk]


def test_marks_are_read_in_a_scope(amira_post, moment, world):
    mark_stale([amira_post.pk], at=moment)
    with pytest.raises(Unscoped):
        list(StalePost.objects.all())
    assert list(StalePost.objects.within(world.neighbour)) == []
