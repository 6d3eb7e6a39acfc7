"""Local services in a lesson: the partnership's own, of the kind asked for, and only while their check holds."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from courses.models import LessonPage, LocalService
from courses.services.publishing import freeze
from tests.courses.conftest import BEGUN, signed_in
from tests.factories import PartnershipFactory, RoleGrantFactory

TODAY = date(2026, 11, 22)


def service(partnership, name="The Lantern", **fields):
    """One that was checked on the day of the test."""
    given = {"kind": "support", "about": "For anyone.", "checked_on": TODAY} | fields
    return LocalService.objects.create(partnership=partnership, name=name, **given)


@pytest.fixture
def first_lesson(course):
    """The address of the first lesson, which asks for support near here."""
    lesson = LessonPage.objects.child_of(course).first()
    lesson.body = [("directory", {"title": "Near you", "service": "support"})]
    lesson.save()
    freeze(course, at=BEGUN + timedelta(days=1))
    return reverse("lesson", args=[course.slug, lesson.slug])


@pytest.fixture
def page_on(learner, first_lesson, monkeypatch):
    """The lesson as Amira sees it on a day."""

    def read(on: date) -> str:
        monkeypatch.setattr("courses.views.lesson.today", lambda: on)
        learner.post(reverse("course-start", args=["small"]))
        return learner.get(first_lesson).content.decode()

    return read


def test_a_lesson_lists_services_of_its_partnership_with_the_day_of_their_check(world, page_on):
    service(world.partnership, phone="0808 2000 247", opening="day and night", website="https://lantern.example")
    service(world.partnership, "Another kind", kind="housing")
    service(PartnershipFactory(), "Somebody else's")
    shown = page_on(TODAY)
    assert "The Lantern" in shown
    assert 'href="tel:08082000247"' in shown
    assert "Last checked 22 November 2026" in shown
    assert "Another kind" not in shown
    assert "Somebody else" not in shown


@pytest.mark.parametrize(("after", "is_shown"), [(183, True), (184, False)])
def test_a_service_is_hidden_once_its_check_is_half_a_year_old(world, page_on, after, is_shown):
    service(world.partnership)
    shown = page_on(TODAY + timedelta(days=after))
    assert ("The Lantern" in shown) is is_shown
    assert ("No local service is listed here at the moment" in shown) is not is_shown


@pytest.mark.parametrize(
    ("after", "said"),
    [(-1, "Hidden: its check lies ahead"), (0, "Shown"), (153, "Shown"), (154, "Check it soon"), (184, "Hidden: check it again")],
)  # fmt: skip
def test_authors_are_told_where_it_stands(world, after, said):
    on = TODAY + timedelta(days=after)
    one = service(world.partnership)
    assert one.standing(on) == said
    assert LocalService.objects.to_check(on).exists() is (said != "Shown")
    assert LocalService.objects.fresh(on).exists() is not said.startswith("Hidden")


def test_authors_are_warned_on_the_editors_first_page_and_may_mend_it(world):
    author = RoleGrantFactory(role_code="content_author")
    stale = service(world.partnership, checked_on=date(2020, 1, 1))
    client = signed_in(author)
    assert "Hidden: check it again, last checked 1 January 2020" in client.get("/cms/").content.decode()
    assert "Hidden: check it again" in client.get("/cms/snippets/courses/localservice/").content.decode()
    assert client.get(f"/cms/snippets/courses/localservice/edit/{stale.pk}/").status_code == 200


def test_one_person_alone_puts_no_number_before_learners(world):
    """Somebody in danger may ring it: one writes it, and another has checked and saved it too."""
    one, two = (signed_in(RoleGrantFactory(role_code=code)) for code in ("content_author", "content_reviewer"))
    sent = {"partnership": world.partnership.pk, "kind": "support", "name": "The Lantern", "about": "For anyone."}
    sent |= {"checked_on": "2026-11-20", "phone": "0808 2000 247", "opening": "", "website": ""}
    add = "/cms/snippets/courses/localservice/add/"
    seen = []

    def save(client, **fields):
        kept = LocalService.objects.first()
        client.post(add.replace("add", f"edit/{kept.pk}") if kept else add, sent | fields)
        seen.append(LocalService.objects.fresh(TODAY).exists())

    save(one)
    save(one)
    assert "somebody else has to check" in one.get("/cms/").content.decode()
    save(two, checked_on="2026-11-21")
    save(two, checked_on="2026-11-22")
    save(two, phone="01632 960 001")
    save(one, phone="01632 960 001")
    assert seen == [False, False, True, True, False, True]


@pytest.mark.parametrize("fields", [{"phone": "ring me"}, {"website": "http://lantern.example"}, {"kind": "other"}])
def test_what_would_mislead_is_refused(world, fields):
    with pytest.raises(ValidationError):
        service(world.partnership, **fields).full_clean()
