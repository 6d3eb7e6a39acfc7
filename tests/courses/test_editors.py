"""The content editor: who gets in, who may publish, and that nobody else finds a door."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from courses.editors import AUTHORS, REVIEWERS, ensure_groups, sync_editor
from courses.models import CoursePage, LessonPage
from courses.receivers import make_editors_groups
from courses.services.publishing import freeze
from courses.tasks import publish_due
from tests.factories import RoleGrantFactory
from training.people.models import RoleGrant


@pytest.fixture
def author(world):
    return RoleGrantFactory(user__email="author@svh.example", role_code="content_author").user


@pytest.fixture
def reviewer(world):
    return RoleGrantFactory(user__email="reviewer@svh.example", role_code="content_reviewer").user


FIELDS = ("summary", "minutes", "outcomes", "module", "stop_text", "quiet_route_text", "support_text")


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def doors(course):
    """Pages, choosers, previews and the tools beside them."""
    lesson = LessonPage.objects.first()
    return [
        "/cms/",
        "/cms/pages/",
        f"/cms/pages/{course.pk}/edit/",
        f"/cms/pages/{lesson.pk}/view_draft/",
        "/cms/choose-page/",
        "/cms/images/chooser/",
        "/cms/documents/chooser/",
        "/cms/users/",
        "/cms/reports/site-history/",
        "/cms/login/",
        "/cms/account/",
        "/cms/no/such/page/",
    ]


@pytest.mark.parametrize("who", ["bea", "col", "dot", "amira"])
def test_nobody_without_the_role_finds_any_door(course, who, request):
    someone = request.getfixturevalue(who)
    client = browser(getattr(someone, "user", someone))
    assert {door: client.get(door).status_code for door in doors(course)} == dict.fromkeys(doors(course), 404)


def test_a_visitor_is_sent_to_our_own_sign_in(course, client):
    for door in [*doors(course), "/_util/login/"]:
        answer = client.get(door)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/account/login/")


def test_wagtails_own_sign_in_is_no_door_for_anyone(author):
    assert browser(author).get("/_util/login/").status_code == 404


def test_a_superuser_without_a_role_is_nobody_here(course, django_user_model):
    root = django_user_model.objects.create_superuser(email="root@example.org")
    assert browser(root).get("/cms/").status_code == 404


def test_an_author_edits_and_previews_and_does_not_publish(author, course):
    client = browser(author)
    lesson = LessonPage.objects.get(slug="part-1")
    assert client.get("/cms/").status_code == 200
    assert client.get(f"/cms/pages/{lesson.pk}/edit/").status_code == 200
    draft = client.get(f"/cms/pages/{lesson.pk}/view_draft/")
    assert "Text of part 1" in draft.content.decode()
    assert "Check my answer" not in draft.content.decode()
    assert client.get("/cms/users/").status_code in {302, 403}
    permissions = lesson.permissions_for_user(author)
    assert (permissions.can_edit(), permissions.can_publish(), permissions.can_submit_for_moderation()) == (
        True,
        False,
        True,
    )


def test_what_an_author_submits_a_reviewer_publishes(author, reviewer, course, django_capture_on_commit_callbacks):
    lesson = LessonPage.objects.get(slug="part-1")
    lesson.title = "Lesson one, submitted"
    lesson.save_revision(user=author)
    browser(author).get("/cms/")
    state = lesson.get_workflow().start(lesson, author)
    task = state.current_task_state
    assert [name for name, *_ in task.task.specific.get_actions(lesson, author)] == []
    client = browser(reviewer)
    client.get("/cms/")
    assert client.get(f"/cms/pages/{lesson.pk}/edit/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        task.approve(user=reviewer)
    lesson.refresh_from_db()
    assert lesson.title == "Lesson one, submitted"
    assert course.editions.last().content["lessons"][0]["title"] == "Lesson one, submitted"


def test_nobody_publishes_what_they_alone_have_written(author, reviewer, course):
    lesson = LessonPage.objects.get(slug="part-1")
    browser(reviewer).get("/cms/")
    task = lesson.get_workflow().tasks.get().specific
    assert lesson.permissions_for_user(reviewer).can_publish() is False
    lesson.save_revision(user=reviewer)
    assert lesson.permissions_for_user(reviewer).can_publish() is False
    assert [name for name, *_ in task.get_actions(lesson, reviewer)] == ["reject"]
    lesson.save_revision(user=author)
    assert lesson.permissions_for_user(reviewer).can_publish() is True
    assert "approve" in [name for name, *_ in task.get_actions(lesson, reviewer)]
    assert course.permissions_for_user(reviewer).can_publish_subpage() is False


def test_nor_a_page_they_took_down_and_wrote_anew(author, reviewer, course):
    lesson = LessonPage.objects.get(slug="part-1")
    lesson.save_revision(user=author).publish()
    browser(reviewer).post(f"/cms/pages/{lesson.pk}/unpublish/")
    lesson = LessonPage.objects.get(slug="part-1", live=False)
    lesson.save_revision(user=reviewer)
    assert lesson.permissions_for_user(reviewer).can_publish() is False
    lesson.save_revision(user=author)
    assert lesson.permissions_for_user(reviewer).can_publish() is True


def test_nor_a_copy_of_what_others_wrote(author, reviewer, course):
    lesson = LessonPage.objects.get(slug="part-1")
    lesson.save_revision(user=author)
    sent = {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": course.pk}
    assert browser(reviewer).post(f"/cms/pages/{lesson.pk}/copy/", sent).status_code == 302
    copy = LessonPage.objects.get(slug="a-copy")
    assert list(copy.revisions.values_list("user", flat=True)) == [reviewer.pk]
    assert copy.permissions_for_user(reviewer).can_publish() is False
    copy.save_revision(user=author)
    assert copy.permissions_for_user(reviewer).can_publish() is True


def test_nor_does_one_move_what_is_published_into_another_course(author, reviewer, course):
    lesson = LessonPage.objects.get(slug="part-1")
    fields = {name: getattr(course, name) for name in FIELDS}
    other = course.get_parent().add_child(instance=CoursePage(title="Other", neutral_title="Other", **fields))
    browser(reviewer).get("/cms/")
    permissions = lesson.permissions_for_user(reviewer)
    assert (permissions.can_move_to(other), permissions.can_move_to(course)) == (False, True)


def test_only_a_reviewer_takes_the_draft_mark_off(author, reviewer, course):
    for user, may in ((author, False), (reviewer, True)):
        page = browser(user).get(f"/cms/pages/{course.pk}/edit/").content.decode()
        assert ('name="is_draft_for_review"' in page) is may
        assert ('name="reviewed_on"' in page) is may
        assert 'name="review_by"' in page


def test_a_course_that_is_no_draft_says_when_it_was_reviewed(course, learner):
    course.is_draft_for_review = False
    with pytest.raises(ValidationError, match="no draft says when"):
        course.full_clean()
    course.reviewed_on, course.review_by = date(2026, 10, 1), date(2027, 10, 1)
    course.full_clean()
    course.save_revision().publish()
    freeze(course, at=timezone.now())
    page = learner.get("/learning/small/").content.decode()
    assert "Reviewed on 1 October 2026. Review due by 1 October 2027." in page
    assert "Draft for specialist review" not in page


def test_a_page_comes_out_on_the_day_set_for_it(author, course, django_capture_on_commit_callbacks):
    lesson = LessonPage.objects.get(slug="part-1")
    lesson.title, lesson.go_live_at = "Lesson one, on its day", timezone.now() + timedelta(days=1)
    lesson.save_revision(user=author).publish()
    assert publish_due(at=timezone.now()) is False
    revision, past = lesson.latest_revision, timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"], revision.approved_go_live_at = past.isoformat(), past
    revision.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert publish_due(at=timezone.now()) is True
    assert course.editions.last().content["lessons"][0]["title"] == "Lesson one, on its day"


def test_a_role_that_has_ended_shuts_the_door_and_leaves_the_group(author):
    client = browser(author)
    assert client.get("/cms/").status_code == 200
    assert list(author.groups.values_list("name", flat=True)) == [AUTHORS]
    RoleGrant.objects.filter(user=author).update(ends_on=date(2024, 2, 1))
    assert client.get("/cms/").status_code == 404
    assert sync_editor(author, on=date(2026, 11, 2)) is False
    assert not author.groups.exists()


def test_groups_follow_the_roles_of_the_day(reviewer, bea, day):
    assert sync_editor(reviewer, on=day) is True
    assert set(reviewer.groups.values_list("name", flat=True)) == {AUTHORS, REVIEWERS}
    assert sync_editor(bea, on=day) is False
    assert sync_editor(reviewer, on=date(2023, 12, 31)) is False
    assert not reviewer.groups.exists()


def test_signing_in_brings_the_groups_up_to_date(author, client):
    client.force_login(author)
    assert author.groups.filter(name=AUTHORS).exists()


def test_making_the_groups_again_changes_nothing(course):
    root = Page.get_first_root_node()
    before = root.group_permissions.count()
    ensure_groups()
    assert root.group_permissions.count() == before


@pytest.mark.parametrize("are_there", [True, False])
def test_the_groups_are_made_after_a_migration_unless_it_took_the_tables_away(db, monkeypatch, are_there):
    Group.objects.filter(name=AUTHORS).delete()
    if not are_there:
        monkeypatch.setattr(connection.introspection, "table_names", list)
    make_editors_groups(apps.get_app_config("courses"))
    assert Group.objects.filter(name=AUTHORS).exists() is are_there


def test_a_course_that_people_may_have_begun_cannot_be_deleted(reviewer, course):
    client = browser(reviewer)
    answer = client.post(f"/cms/pages/{course.pk}/delete/")
    assert answer.status_code == 302
    assert CoursePage.objects.filter(pk=course.pk).exists()


def test_the_public_address_of_a_page_is_the_players(course, rf):
    lesson = LessonPage.objects.get(slug="part-1")
    assert course.serve(rf.get("/")).url == "/learning/small/"
    assert lesson.serve(rf.get("/")).url == "/learning/small/part-1/"
