"""The learner's page: what to do now, with the reason and the minutes; what is done."""

import csv
from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import timezone

from courses.selectors import CourseRow
from home.selectors import ToDo
from tests.factories import (
    ModuleFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    UserFactory,
    completion,
)
from training.ledger.rebuild import rebuild_standings


def asked(code="DA-A1"):
    """Midwives are asked for a module, and the read table says so."""
    rule = RequirementFactory(
        module=ModuleFactory(code=code, title=f"About {code}"), role_group=RoleGroupFactory(code="MIDWIFE")
    )
    RequirementVersionFactory(requirement=rule)
    rebuild_standings(at=timezone.now())
    return rule.module


def test_a_champion_is_one_tap_from_the_learners_page(client, amira):
    client.force_login(amira.user)
    assert '<a class="govuk-link" href="/champions/">Find a champion</a>' in client.get("/learning/").content.decode()


def test_a_learner_sees_what_to_do_and_why(client, amira):
    asked()
    client.force_login(amira.user)
    page = client.get("/learning/").content.decode()
    assert "About DA-A1" in page
    assert "because your role is Midwife" in page
    assert "45 minutes" in page


def test_what_is_done_moves_to_done(client, amira):
    module = asked()
    completion(amira, module, on=date(2026, 3, 2))
    client.force_login(amira.user)
    page = client.get("/learning/").content.decode()
    assert "Nothing to do now." in page
    assert "2 March 2026" in page


def test_a_module_has_one_end_on_the_page(client, amira):
    """That of its standing; a certificate keeps its own, which is shown only where nothing asks for the module."""
    completion(amira, asked(), on=date(2026, 3, 2))
    client.force_login(amira.user)
    done = client.get("/learning/").content.decode().partition('id="done"')[2]
    assert "2 March 2026" in done and "In date" not in done
    completion(amira, ModuleFactory(code="DA-Z9"), on=date(2026, 3, 2))
    assert client.get("/learning/").content.decode().partition('id="done"')[2].count("In date") == 1


@pytest.mark.parametrize("modules", [1, 3])
def test_the_page_takes_the_same_queries_however_much_there_is(client, amira, modules, django_assert_num_queries):
    for number in range(modules):
        asked(f"DA-B{number}")
        completion(amira, asked(f"DA-C{number}"), on=date(2026, 3, 2))
    client.force_login(amira.user)
    client.get("/learning/")
    with django_assert_num_queries(15):
        page = client.get("/learning/").content.decode()
    assert all(f"About DA-B{number}" in page and f"About DA-C{number}" in page for number in range(modules))


def test_the_title_is_neutral(client, amira):
    asked()
    client.force_login(amira.user)
    assert "<title>Learning</title>" in client.get("/learning/").content.decode()


def test_a_login_without_a_person_is_shown_how_to_connect(client, db):
    client.force_login(UserFactory(email="new.login@severnshire-hospitals.example"))
    assert client.get("/learning/").url == "/account/connect/"


def test_who_has_a_role_and_no_staff_record_is_led_to_their_work(client, col):
    client.force_login(col)
    assert client.get("/learning/").url == "/board/severnshire/"
    page = client.get("/board/severnshire/").content.decode()
    assert "Board member" in page
    assert "Connect your staff record" in page


def test_what_is_overdue_is_not_called_the_next(client, amira):
    module = asked()
    completion(amira, module, on=date(2020, 3, 2))
    client.force_login(amira.user)
    page = client.get("/learning/").content.decode()
    assert "1 is overdue." in page
    assert "Was due by" in page
    assert "The next is due by" not in page


def test_the_record_is_ones_own_to_download(client, amira):
    completion(amira, asked(), on=date(2026, 3, 2))
    client.force_login(amira.user)
    answer = client.get("/learning/record/")
    assert answer["Content-Disposition"] == 'attachment; filename="learning-record.csv"'
    assert "DA-A1,About DA-A1,2026-03-02" in answer.content.decode()


def test_a_title_in_the_record_is_never_a_formula(client, amira):
    module = asked()
    module.title = '=HYPERLINK("https://example.org")'
    module.save()
    completion(amira, module, on=date(2026, 3, 2))
    client.force_login(amira.user)
    rows = list(csv.reader(client.get("/learning/record/").content.decode("utf-8-sig").splitlines()))
    assert rows[1][:3] == ["DA-A1", """'=HYPERLINK("https://example.org")""", "2026-03-02"]


def test_signed_in_pages_are_never_kept(client, amira):
    client.force_login(amira.user)
    assert client.get("/learning/")["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("course", "minutes"),
    [
        (None, 180),
        (CourseRow(1, "s3", "S3", "S3", 59), 59),
        (CourseRow(1, "s3", "S3", "S3", 59, counts_as="part"), 180),
        (CourseRow(1, "s3", "S3", "S3", 59, is_online=False), 180),
    ],
)
def test_it_takes_as_long_as_the_course_where_that_is_all_of_it(course, minutes):
    standing = SimpleNamespace(minutes=180)
    assert ToDo(standing, course, None).minutes == minutes
