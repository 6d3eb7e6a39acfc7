"""Statements worked out once say the same as Django's own, for whatever values they are given."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from tests.factories import PersonFactory, TermFactory
from training.access.prepared import PreparedDelete, PreparedRead, PreparedUpdate, among, insert_one
from training.access.scoping import Unscoped
from training.audit.models import AuditEvent
from training.people.models import Agency, Person, StalePost, Term

WHY = "test"


@PreparedRead
def terms_of(posts, on):
    return Term.objects.everywhere(reason=WHY).current_on(on).filter(among("post_id", posts)).order_by("pk")


@PreparedRead
def days_of(posts):
    rows = Term.objects.everywhere(reason=WHY).filter(among("post_id", posts)).order_by("pk")
    return rows.values_list("post_id", "post__employment__person__uid", "starts_on")


@PreparedRead
def agencies(codes):
    return Agency.objects.filter(among("code", codes)).order_by("code").values_list("code")


@PreparedRead
def holders(posts):
    rows = Person.objects.everywhere(reason=WHY).filter(among("employments__posts", posts))
    return rows.select_related("user").order_by("pk")


def test_rows_and_objects_are_as_django_reads_them(amira, bea, day):
    terms = list(Term.objects.everywhere(reason=WHY).order_by("pk"))
    posts = [term.post_id for term in terms]
    assert terms_of(posts, day) == terms
    assert terms_of(posts[:1], date(1990, 1, 1)) == terms_of([], day) == []
    assert days_of(posts) == [(each.post_id, each.post.employment.person.uid, each.starts_on) for each in terms]
    assert terms_of(posts, day)[0].recorded_at == terms[0].recorded_at


def test_objects_bring_those_they_point_to(amira, amira_post, django_assert_num_queries):
    alone = TermFactory(post__employment__person=PersonFactory()).post
    with django_assert_num_queries(1):
        found = holders([amira_post.pk, alone.pk])
        assert [person.user for person in found] == [amira.user, None]
    assert found[-1] == alone.employment.person


def test_texts_are_given_as_they_are(world):
    assert agencies(["SVH", "O'Neil", '{"}', ""]) == [("SVH",)]


@PreparedUpdate
def rename(code, title):
    return Agency.objects.filter(code=code), {"title": title}


@PreparedDelete
def unmark(posts, marked_at):
    return StalePost.objects.everywhere(reason=WHY).filter(among("post_id", posts), marked_at=marked_at)


def test_what_is_changed_and_deleted_is_counted(world):
    assert (rename("SVH", "Another"), rename("none", "Another")) == (1, 0)
    assert Agency.objects.get(code="SVH").title == "Another"


def test_a_moment_is_compared_as_it_is_stored(amira_post, moment):
    marks = StalePost.objects.everywhere(reason=WHY)
    marks.all().delete()
    marks.create(post=amira_post, first_marked_at=moment, marked_at=moment)
    assert unmark([amira_post.pk], moment + timedelta(microseconds=1)) == 0
    assert unmark([amira_post.pk], moment) == 1


def test_a_new_row_is_written_whole(db, moment):
    uid = uuid4()
    insert_one(AuditEvent(uid=uid, at=moment, actor="system:test", verb="tried", detail={"said": ["it's", None]}))
    row = AuditEvent.objects.get(uid=uid)
    assert (row.at, row.detail, row.agency_code) == (moment, {"said": ["it's", None]}, "")
    assert isinstance(row.at, datetime)


def test_a_statement_over_people_says_whose_rows_it_wants(db):
    @PreparedRead
    def everybody():
        return Person.objects.filter(pk=1)

    with pytest.raises(Unscoped):
        everybody()
