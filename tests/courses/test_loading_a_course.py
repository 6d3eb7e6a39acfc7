"""Loading a packaged course into pages: once, again, and after a change."""

import pytest
from django.core.management import CommandError, call_command

from courses.content.schema import Course, read_course
from courses.models import CoursePage, Edition, LessonPage
from courses.services.loading import CourseNotLoaded, load_course
from tests.factories import ModuleFactory, PathwayFactory


@pytest.fixture
def text() -> Course:
    return read_course("da_a1")


@pytest.fixture
def module(world):
    return ModuleFactory(code="DA-A1")


def changed(text: Course, **fields) -> Course:
    return Course.model_validate(text.model_dump(mode="json") | fields)


def test_a_text_becomes_a_published_course_with_its_lessons_in_order(world, module, text, moment):
    loaded = load_course(text, partnership=world.partnership, at=moment)
    course = CoursePage.objects.get()
    assert (course.live, course.module, course.slug) == (True, module, "everyone-a1")
    assert [page.slug for page in LessonPage.objects.child_of(course).live().order_by("path")] == [
        f"part-{number}" for number in range(1, 9)
    ]
    assert (loaded.is_changed, loaded.edition.number, loaded.edition.made_at) == (True, 1, moment)


def test_the_edition_holds_what_the_text_says(world, module, text, moment):
    content = load_course(text, partnership=world.partnership, at=moment).edition.content
    assert content["pass_mark"] == 80
    assert content["outcomes"] == text.outcomes
    assert [len(lesson["body"]) for lesson in content["lessons"]] == [len(one.blocks) for one in text.lessons] + [1]
    assert [lesson["is_final"] for lesson in content["lessons"]] == [False] * 7 + [True]


def test_the_same_text_again_changes_nothing(world, module, text, moment):
    load_course(text, partnership=world.partnership, at=moment)
    revised = CoursePage.objects.get().latest_revision_id
    again = load_course(text, partnership=world.partnership, at=moment)
    assert (again.is_changed, again.edition.number) == (False, 1)
    assert CoursePage.objects.get().latest_revision_id == revised
    assert (CoursePage.objects.count(), LessonPage.objects.count(), Edition.objects.count()) == (1, 8, 1)


def test_a_changed_text_makes_the_next_edition(world, module, text, moment):
    load_course(text, partnership=world.partnership, at=moment)
    loaded = load_course(changed(text, summary="Shorter now."), partnership=world.partnership, at=moment)
    assert (loaded.is_changed, loaded.edition.number) == (True, 2)
    assert [edition.content["summary"] for edition in Edition.objects.all()] == [text.summary, "Shorter now."]


def test_a_course_that_somebody_has_taken_down_stays_down(world, module, text, moment):
    load_course(text, partnership=world.partnership, at=moment)
    CoursePage.objects.get().unpublish()
    again = load_course(changed(text, summary="Shorter now."), partnership=world.partnership, at=moment)
    assert (again.is_changed, CoursePage.objects.get().live, Edition.objects.count()) == (False, False, 1)


def test_a_lesson_taken_out_is_unpublished_and_one_moved_stands_in_its_new_place(world, module, text, moment):
    load_course(text, partnership=world.partnership, at=moment)
    raw = text.model_dump(mode="json")
    one, two, *others, last = raw["lessons"]
    extra = one["minutes"]
    last["minutes"] += extra
    kept = [others[0], two, *others[1:], last]
    last["blocks"] = [block for block in last["blocks"] if block["type"] != "survey"]  # asked before in the first
    for part in [*(block for lesson in kept for block in lesson["blocks"]), *raw["final_check"]["questions"]]:
        if part.get("read_again") == "part-1":
            part["read_again"] = "part-2"
    loaded = load_course(Course.model_validate(raw | {"lessons": kept}), partnership=world.partnership, at=moment)
    assert [lesson["slug"] for lesson in loaded.edition.content["lessons"]] == [
        "part-3", "part-2", "part-4", "part-5", "part-6", "part-7", "part-8",
    ]  # fmt: skip
    assert LessonPage.objects.get(slug="part-1").live is False


def test_a_second_partnership_gets_its_own_course(world, module, text, moment):
    load_course(text, partnership=world.partnership, at=moment)
    other = PathwayFactory(partnership__code="otherton")
    ModuleFactory(pathway=other, code="DA-A1")
    loaded = load_course(text, partnership=other.partnership, at=moment)
    assert loaded.course.slug == "everyone-a1-otherton"
    assert load_course(text, partnership=other.partnership, at=moment).is_changed is False
    assert CoursePage.objects.count() == 2


def test_a_partnership_without_the_module_is_told_so(world, text, moment):
    with pytest.raises(CourseNotLoaded, match="Severnshire has no module DA-A1"):
        load_course(text, partnership=world.partnership, at=moment)
    assert not CoursePage.objects.exists()


def test_its_public_address_is_the_players(world, module, text, moment):
    course = load_course(text, partnership=world.partnership, at=moment).course
    assert course.full_url == "http://testserver/learning/everyone-a1/"


def test_the_command_loads_a_packaged_course_or_a_file(world, module, capsys, tmp_path):
    call_command("load_courses", "da_a1", partnership="severnshire")
    call_command("load_courses", "courses/content/da_a1.yaml", partnership="severnshire")
    assert capsys.readouterr().out.splitlines() == [
        "everyone-a1: published, edition 1.0 draft (1)",
        "everyone-a1: unchanged, edition 1.0 draft (1)",
    ]


@pytest.mark.parametrize(
    ("text", "partnership", "message"),
    [
        ("da_a1", "nowhere", "There is no partnership 'nowhere'"),
        ("../secrets", "severnshire", "neither a packaged course"),
        ("nothing.yaml", "severnshire", "nothing.yaml"),
    ],
)
def test_the_command_says_what_it_cannot_load(world, module, text, partnership, message):
    with pytest.raises(CommandError, match=message):
        call_command("load_courses", text, partnership=partnership)
