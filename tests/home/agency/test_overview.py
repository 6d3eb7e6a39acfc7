"""The first page of an agency: how it stands, what changed, what is coming, what to mend, what waits."""

from datetime import UTC, date, datetime, timedelta

import pytest

from home.agency.changes import changes_of, left, newly_in_date, newly_overdue
from home.agency.figures import headline
from home.agency.quality import quality_of
from tests.factories import TeamFactory, completion
from tests.home.agency.conftest import colleague, post_of
from training.audit.models import AuditEvent
from training.people.models import Term

LONG_AGO = datetime(2026, 10, 1, tzinfo=UTC)


def test_the_share_says_what_it_is_counted_from(hr, amira, asked, world, worked_out):
    completion(amira, asked, on=date(2026, 3, 2))
    colleague(world.agency, "Bertha")
    worked_out()
    page = hr.get("/agency/SVH/").content.decode()
    assert "50%" in page
    assert "1 of 2 things required" in page
    assert "2 people in 2 posts" in page


def test_a_look_goes_on_record_and_names_nobody(hr, bea, amira, asked, worked_out):
    worked_out()
    page = hr.get("/agency/SVH/").content.decode()
    event = AuditEvent.objects.get(verb="overview read")
    assert (event.actor, event.agency_code, event.detail) == (f"user:{bea.uid}", "SVH", {})
    assert "Amira" not in page.partition("<main")[2]


@pytest.mark.parametrize("address", ["/agency/SVH/", "/agency/SVH/matrix/", "/agency/SVH/people/"])
def test_an_empty_roster_is_no_trouble(hr, world, address):
    assert hr.get(address).status_code == 200


def test_an_empty_roster_says_what_to_do(hr, world):
    assert "Load a roster" in hr.get("/agency/SVH/").content.decode()


def test_a_completion_that_came_in_today_is_newly_in_date(amira, asked, world, worked_out, day, moment):
    completion(amira, asked, on=date(2026, 10, 20), at=moment)
    worked_out()
    found = newly_in_date(world.agency, on=day)
    assert [step.post_id for step in found] == [post_of(amira).pk]


def test_one_that_was_known_before_yesterday_is_not_news(amira, asked, world, worked_out, day):
    completion(amira, asked, on=date(2026, 10, 20))
    worked_out()
    assert newly_in_date(world.agency, on=day).count() == 0


def test_renewing_in_time_is_not_newly_in_date(amira, asked, world, worked_out, day, moment):
    completion(amira, asked, on=date(2023, 12, 1))
    completion(amira, asked, on=day, at=moment)
    worked_out()
    assert newly_in_date(world.agency, on=day).count() == 0


def test_renewing_too_late_is_newly_in_date(amira, asked, world, worked_out, day, moment):
    completion(amira, asked, on=date(2023, 8, 1))
    completion(amira, asked, on=day, at=moment)
    worked_out()
    assert newly_in_date(world.agency, on=day).count() == 1


def test_what_ran_out_yesterday_is_newly_overdue_and_older_is_not(amira, asked, world, worked_out, day):
    completion(amira, asked, on=date(2023, 11, 1))  # the last day in date is 1 November 2026
    completion(colleague(world.agency, "Olda"), asked, on=date(2022, 11, 1))
    worked_out()
    assert [step.post_id for step in newly_overdue(world.agency, on=day)] == [post_of(amira).pk]


def test_joiners_and_leavers_are_counted(amira, asked, world, worked_out, day, moment):
    colleague(world.agency, "Nova", starts_on=day)
    colleague(world.agency, "Elsa", ends_on=day - timedelta(days=1))
    colleague(world.agency, "Olda", ends_on=date(2026, 1, 31))
    colleague(world.agency, "Lata", ends_on=date(2026, 1, 31), recorded_at=moment)
    worked_out()
    found = changes_of(world.agency, on=day)
    assert (found.joined, found.left) == (1, 2)
    names = left(world.agency, on=day).values_list("post__employment__person__first_name", flat=True)
    assert sorted(names) == ["Elsa", "Lata"]


def test_somebody_who_changed_jobs_has_neither_joined_nor_left(amira, world, day, moment):
    term = Term.objects.within(world.agency).get(post=post_of(amira))
    Term.objects.within(world.agency).filter(pk=term.pk).update(ends_on=day - timedelta(days=1))
    team = TeamFactory(agency=world.agency)
    Term.objects.create(post=term.post, starts_on=day, team=team, recorded_at=LONG_AGO, recorded_by="test")
    found = changes_of(world.agency, on=day)
    assert (found.joined, found.left) == (0, 0)


def test_what_falls_due_is_counted_sooner_within_later(amira, asked, world, worked_out, day):
    for name, done in (("Una", date(2023, 11, 20)), ("Dua", date(2023, 12, 20)), ("Tria", date(2024, 1, 20))):
        completion(colleague(world.agency, name), asked, on=done)
    worked_out()
    # Amira's induction ended long ago: she is overdue, and falls due no more
    assert [(each.days, each.count) for each in headline(world.agency, on=day).due] == [(30, 1), (60, 2), (90, 3)]


def test_somebody_on_leave_falls_due_in_no_list(asked, world, worked_out, day):
    completion(colleague(world.agency, "Una", status="maternity"), asked, on=date(2023, 11, 20))
    worked_out()
    assert [each.count for each in headline(world.agency, on=day).due] == [0, 0, 0]


def test_the_rosters_quality_names_what_is_missing_and_leads_there(hr, amira, world, day):
    colleague(world.agency, "Bertha", team=TeamFactory(agency=world.agency), role_group=None)
    quality = quality_of(world.agency, on=day)
    assert {part.code: (part.known, part.posts) for part in quality.parts} == {
        "role_group": (1, 2),
        "email": (1, 2),
        "team": (1, 2),
        "manager": (0, 2),
        "locality": (0, 2),
    }
    assert (quality.known, quality.asked) == (3, 10)
    page = hr.get("/agency/SVH/").content.decode()
    assert "How complete the roster is: 30%" in page
    assert 'href="/agency/SVH/people/?missing=manager"' in page
    found = hr.get("/agency/SVH/people/", {"missing": "email"}).content.decode()
    assert "Bertha Colleague" in found
    assert "Amira Learner" not in found.partition("<main")[2]


def test_the_page_costs_the_same_for_one_and_for_many(hr, amira, asked, world, worked_out, django_assert_num_queries):
    worked_out()
    with django_assert_num_queries(28) as counted:
        hr.get("/agency/SVH/")
    for name in ("Una", "Dua", "Tria"):
        colleague(world.agency, name, team=TeamFactory(agency=world.agency))
    worked_out()
    with django_assert_num_queries(len(counted)):
        hr.get("/agency/SVH/")


def test_every_section_is_one_click_from_every_other(hr, amira, asked, worked_out):
    worked_out()
    for address in (
        "/agency/SVH/",
        "/agency/svh/people/",
        "/agency/SVH/matrix/",
        "/agency/SVH/roster/",
        "/agency/SVH/rules/",
    ):
        page = hr.get(address).content.decode()
        sections = page.partition('class="ui-sections"')[2].partition("</nav>")[0]
        for to in (
            "/agency/SVH/",
            "/agency/SVH/people/",
            "/agency/SVH/matrix/",
            "/agency/SVH/roster/",
            "/agency/SVH/rules/",
        ):
            assert f'href="{to}"' in sections
        assert sections.count("aria-current") == 1


def test_the_neighbours_pages_do_not_exist(client, dot, amira, asked, worked_out):
    worked_out()
    client.force_login(dot)
    for rest in ("", "people/", "matrix/", "matrix.csv", "staff.xlsx", f"people/{amira.uid}/"):
        assert client.get(f"/agency/SVH/{rest}").status_code == 404


def test_the_board_opens_none_of_them(client, col, amira):
    client.force_login(col)
    for rest in ("", "people/", "matrix/", f"people/{amira.uid}/"):
        assert client.get(f"/agency/SVH/{rest}").status_code == 403
