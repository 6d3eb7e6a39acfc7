"""Every address of the content editor: nobody but its own people finds it, and they find nobody in it."""

import re

import pytest

from courses.models import CoursePage
from tests.access.knocking import Viewer, faults, knock, viewer
from tests.access.manifest import Route, routes

pytestmark = pytest.mark.django_db

OUTSIDERS = ("learner of hosp", "manager of hosp", "hr of hosp", "board of east", "network of east")
EDITORS = ("content_reviewer", "system_administrator", "coordinator of east")
WORDS = {
    "app_label": "wagtailcore",
    "content_type_app_name": "courses",
    "model_name": "page",
    "content_type_model_name": "lessonpage",
    "action": "delete",
    "action_name": "copy",
    "uidb64": "MQ",
    "token": "a-b",
}
# Wagtail's own trial of its error page, and what its sign-in would be if it had one
SHUT_ON_PURPOSE = {"wagtailadmin_error_test"}
ADDRESSES = [route for route in routes() if route.is_editors and route.name not in SHUT_ON_PURPOSE]


def filled(route: Route, number: int) -> str:
    """The route's address with its arguments filled; patterns written as expressions lose their signs."""
    address = re.sub(r"<int:\w+>", str(number), route.address)
    address = re.sub(r"<(?:slug|str):(\w+)>|<(\w+)>", lambda it: WORDS.get(it[1] or it[2], str(number)), address)
    return "/" + re.sub(r"\(\?P[^)]*\)|[\^$]|\.\*", "", address).replace("\\", "")


def walk(planted, who: Viewer, statuses: set[int]) -> list[str]:
    wrong = []
    course = CoursePage.objects.first()
    for route in ADDRESSES:
        address = filled(route, course.pk)
        answer = knock(who, "GET", address)
        if answer.status not in statuses:
            wrong.append(f"{address}: {answer.status}")
        wrong += [f"{address}: {fault}" for fault in faults(planted, who, answer)]
    return wrong


@pytest.mark.parametrize("name", OUTSIDERS)
def test_an_outsider_finds_no_address_of_the_editor(planted, name):
    assert walk(planted, viewer(planted, name), {404}) == []


@pytest.mark.parametrize("name", ["visitor"])
def test_a_visitor_is_asked_to_sign_in(planted, name):
    assert walk(planted, viewer(planted, name), {-302}) == []


# An administrator opens what an author opens, which a reviewer opens, too
@pytest.mark.parametrize("name", ["content_reviewer", "coordinator of east"])
def test_an_editor_meets_no_person(planted, name):
    assert walk(planted, viewer(planted, name), {200, 302, 400, 403, 404, 405}) == []


@pytest.mark.parametrize("name", EDITORS)
def test_an_editor_can_make_no_login_group_or_site(planted, name):
    who = viewer(planted, name)
    for part in ("users/new/", "groups/new/", "sites/new/", "users/edit/1/", "redirects/add/"):
        answer = knock(who, "GET", f"/cms/{part}")
        assert answer.status in {302, 403, 404}, part
        assert knock(who, "POST", f"/cms/{part}", {"email": "new@example.org"}).status in {302, 403, 404}, part


def test_searching_in_the_editor_finds_no_person(planted):
    who = viewer(planted, "content_reviewer")
    for part in ("pages/search/", "choose-page/search/", "images/chooser/results/", "api/main/pages/"):
        for word in ("canary", "learner", "address@example.org"):
            answer = knock(who, "GET", f"/cms/{part}", {"search" if part.startswith("api/") else "q": word})
            assert answer.status == 200
            assert faults(planted, who, answer) == []
