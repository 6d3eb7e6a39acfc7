"""An author brings a package and is told what it asks for; publishing a course with it makes an edition."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from courses.editions import outline_of
from courses.models import CoursePage, Edition, Launch, Package
from courses.packages.items import AS_BOTH, AS_COMPLETED, AS_PASSED
from courses.packages.outcome import read_outcome
from courses.packages.services.removal import uses_of
from courses.packages.services.upload import keep_package
from courses.packages.words import told_of
from courses.services.progress import start_attempt
from tests.courses.packages.conftest import BY
from tests.courses.packages.zips import item, package, resource
from tests.factories import RoleGrantFactory


@pytest.fixture
def author(world):
    client = Client()
    client.force_login(RoleGrantFactory(user__email="author@svh.example", role_code="content_author").user)
    return client


def upload(author, content: bytes, **fields):
    return author.post("/cms/packages/new/", {"file": SimpleUploadedFile("lesson.zip", content), **fields})


def test_an_author_uploads_a_package_and_reads_what_it_asks_for(author):
    marked = item(inside="<adlcp:masteryscore>80</adlcp:masteryscore>")
    answer = upload(author, package(items=marked).getvalue(), title="Bought in 2024")
    kept = Package.objects.get()
    assert answer.url == f"/cms/packages/{kept.uid}/"
    page = author.get(answer.url).content.decode()
    assert "The module is completed when its part does: when it says &#x27;passed&#x27;" in page
    assert "asks for a mark of 80" in page
    assert "Bought in 2024" in author.get("/cms/packages/").content.decode()


def test_a_package_that_nothing_uses_can_be_deleted(author, root, django_capture_on_commit_callbacks):
    upload(author, package().getvalue())
    kept = Package.objects.get()
    assert "Nothing uses it." in author.get(f"/cms/packages/{kept.uid}/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert author.post(f"/cms/packages/{kept.uid}/delete/").url == "/cms/packages/"
    assert not Package.objects.exists()
    assert not (root / kept.folder).exists()


@pytest.mark.parametrize("use", ["course", "edition", "draft", "launch"])
def test_a_package_that_something_uses_stays(author, course_of, amira, moment, root, use):
    course, kept = course_of(), Package.objects.get()
    if use == "draft":
        course.save_revision()
    if use == "launch":
        attempt = start_attempt(amira, course, at=moment)
        Launch.objects.create(attempt=attempt, package=kept, token_hash="0" * 64, opened_by="her", opened_at=moment)
    if use != "course":
        CoursePage.objects.filter(pk=course.pk).update(package=None)
    if use in ("draft", "launch"):
        Edition.objects.filter(course=course).update(content={"lessons": []})
    assert len(uses_of(kept)) == (2 if use == "course" else 1)
    answer = author.post(f"/cms/packages/{kept.uid}/delete/", follow=True)
    assert "The package is in use, so it stays." in answer.content.decode()
    assert Package.objects.filter(pk=kept.pk).exists()
    assert (root / kept.folder).exists()


def test_what_is_wrong_with_a_file_is_said_beside_it(author):
    answer = upload(author, b"not a zip")
    assert "not a zip" in answer.content.decode()
    assert not Package.objects.exists()


def test_a_learner_finds_no_packages(amira):
    client = Client()
    client.force_login(amira.user)
    assert [client.get(f"/cms/packages/{end}").status_code for end in ("", "new/")] == [404, 404]


def test_an_author_is_told_of_parts_that_do_not_count(db, moment):
    tracked = "<imsss:sequencing><imsss:deliveryControls tracked='false'/></imsss:sequencing>"
    parts = {
        "items": item() + item("two", tracked),
        "resources": resource(version="2004") + resource("two", version="2004", kind="asset"),
    }
    told = told_of(keep_package(package("2004", **parts), by=BY, at=moment))
    assert "It has 2 parts to open." in told
    assert "'Part two' is not asked for." in told


@pytest.mark.parametrize(
    ("rule", "words", "is_done"),
    [
        (AS_COMPLETED, "counts as completed, as the standard has it.", True),
        (AS_PASSED, "is not done by that: it has to say 'passed', or to reach the mark asked for.", False),
        (AS_BOTH, "is done only once it has passed as well.", False),
    ],
)
def test_an_author_is_told_what_silence_comes_to_in_this_package(db, moment, rule, words, is_done):
    kept = keep_package(package(items=item(inside="<adlcp:masteryscore>80</adlcp:masteryscore>")), by=BY, at=moment)
    kept.counts_when = rule
    (said,) = [each for each in told_of(kept) if "without a word" in each]
    assert said.endswith(words)
    assert read_outcome(kept.kind, kept.contents.items[0], {}, is_over=True).is_done(rule) == is_done
    under = read_outcome(kept.kind, kept.contents.items[0], {"core": {"score": {"raw": "79"}}}, is_over=True)
    assert not under.is_done(rule)
    assert any("A score under the mark" in each for each in told_of(kept)) == is_done


def test_a_package_takes_the_lessons_place_in_the_next_edition(course_of, moment):
    course = course_of()
    first = course.editions.get()
    newer = keep_package(package(more={"new.txt": ""}), by=BY, at=moment)
    course_of(newer)
    second = course.editions.get(number=2)
    assert [outline_of(each).lessons[0].package for each in (first, second)] == [
        str(Package.objects.exclude(pk=newer.pk).get().uid),
        str(newer.uid),
    ]
