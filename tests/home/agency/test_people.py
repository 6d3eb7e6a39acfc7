"""HR's list of people: her own agency by name, nobody else's."""

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from home.agency.listing import PER_PAGE, Wanted, people_page
from home.agency.overview import percent
from home.models import SavedFilter
from tests.factories import EmploymentFactory, RoleGroupFactory, TeamFactory, completion
from tests.home.agency.conftest import colleague, post_of
from training.audit.models import AuditEvent
from training.ledger.rebuild import rebuild_standings
from training.notices.models import Notice
from training.people.models import Employment


def test_hr_reads_who_stands_how_by_name(client, bea, amira, asked, moment):
    completion(amira, asked, on=date(2026, 3, 2))
    colleague(bea.grants.get().agency, "Bertha")
    rebuild_standings(at=moment)
    client.force_login(bea)
    page = client.get("/agency/SVH/people/").content.decode()
    assert "Amira Learner" in page
    assert "Bertha Colleague" in page
    assert "1 of 1" in page


def test_each_look_at_names_goes_on_record_without_what_was_looked_for(client, bea, amira, asked, moment):
    rebuild_standings(at=moment)
    client.force_login(bea)
    client.get("/agency/SVH/people/", {"text": "Amira"})
    event = AuditEvent.objects.get(verb="standings read")
    assert (event.actor, event.agency_code, event.detail) == (f"user:{bea.uid}", "SVH", {"rows": 1})


def test_nearly_all_is_not_all(client):
    assert (percent(199, 200), percent(200, 200), percent(0, 0)) == ("99%", "100%", "n/a")


def test_the_neighbour_answers_404(client, dot, amira, asked):
    client.force_login(dot)
    assert client.get("/agency/SVH/people/").status_code == 404


def test_the_board_cannot_open_a_list_of_names(client, col, amira, asked):
    client.force_login(col)
    assert client.get("/agency/SVH/people/").status_code == 403


def test_a_visitor_is_asked_to_sign_in(client, world):
    answer = client.get("/agency/SVH/people/")
    assert answer.status_code == 302
    assert "/account/login/" in answer.url


def test_filters_narrow_and_never_widen(client, bea, dot, amira, asked, world, moment):
    colleague(world.neighbour, "Nora")
    team = TeamFactory(agency=world.agency, title="Theatre")
    colleague(world.agency, "Thea", team=team)
    rebuild_standings(at=moment)
    client.force_login(bea)
    narrowed = client.get("/agency/SVH/people/", {"team": team.pk}).content.decode()
    assert "Thea Colleague" in narrowed
    assert "Amira Learner" not in narrowed
    for blank in ({}, {"team": "", "text": ""}, {"text": "Nora"}, {"module": "999999"}):
        assert "Nora Colleague" not in client.get("/agency/SVH/people/", blank).content.decode()


def test_the_page_costs_the_same_for_one_and_for_many(
    client, bea, amira, asked, world, moment, django_assert_num_queries
):
    rebuild_standings(at=moment)
    client.force_login(bea)
    with django_assert_num_queries(16) as counted:
        client.get("/agency/SVH/people/")
    for name in ("Una", "Dua", "Tria"):
        colleague(world.agency, name)
    rebuild_standings(at=moment)
    with django_assert_num_queries(len(counted)):
        client.get("/agency/SVH/people/")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_leaves_as_a_file_as_it_is_narrowed(client, bea, amira, asked, world, moment, kind):
    colleague(world.neighbour, "Nora")
    colleague(world.agency, "=HYPERLINK(1)")
    rebuild_standings(at=moment)
    client.force_login(bea)
    answer = client.get(f"/agency/SVH/staff.{kind}", {"text": "Amira"})
    everybody = client.get(f"/agency/SVH/staff.{kind}")
    cells = read_cells(answer.getvalue(), kind), read_cells(everybody.getvalue(), kind)
    assert "Amira Learner" in cells[0]
    assert "Colleague" not in cells[0]
    assert "Nora" not in cells[1]
    assert "'=HYPERLINK(1) Colleague" in cells[1]
    assert AuditEvent.objects.filter(verb="staff exported", agency_code="SVH").count() == 2


def read_cells(content, kind):
    """Everything in a file, as one text."""
    if kind == "csv":
        return content.decode("utf-8-sig")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Staff"]
    return " ".join(str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row)


def test_a_filter_that_is_not_understood_takes_nobody_away(client, bea, amira, asked, world, moment):
    rebuild_standings(at=moment)
    theirs = TeamFactory(agency=world.neighbour)
    client.force_login(bea)
    answer = client.get("/agency/SVH/staff.csv", {"team": theirs.pk})
    assert (answer.status_code, answer.url) == (302, f"/agency/SVH/people/?team={theirs.pk}")


def test_the_neighbour_cannot_take_the_list_away(client, dot, amira, asked):
    client.force_login(dot)
    assert client.get("/agency/SVH/staff.csv").status_code == 404


def test_filters_that_are_wrong_are_said_in_the_title_and_at_the_top(client, bea, amira):
    client.force_login(bea)
    page = client.get("/agency/SVH/people/", {"state": "canary"}).content.decode()
    assert "<title>Error: People - Training Pathway</title>" in page
    assert page.count("There is a problem") == 1
    assert page.index("<main") < page.index("There is a problem") < page.index("<h1")
    assert "Error: " not in client.get("/agency/SVH/people/").content.decode().split("</title>")[0]


def names_on(agency, day, **wanted):
    """Who is on the list."""
    page = people_page(agency, Wanted(**wanted), on=day, number=1)
    return [row.name.removesuffix(" Colleague") for row in page.rows]


def test_the_list_is_by_post_with_what_to_look_at_first(amira, asked, world, worked_out, day):
    completion(amira, asked, on=date(2026, 3, 2))
    worked_out()
    row = people_page(world.agency, Wanted(), on=day, number=1).rows[0]
    assert (row.name, row.role_group, row.state, row.valid, row.counted) == (
        "Amira Learner",
        "Midwife",
        "in_date",
        1,
        1,
    )
    assert row.due_on == date(2029, 3, 2)


def test_it_is_narrowed_by_module_and_standing_together(amira, asked, world, worked_out, day):
    completion(colleague(world.agency, "Una"), asked, on=date(2026, 3, 2))
    colleague(world.agency, "Office", role_group=RoleGroupFactory(code="OFFICE"))
    worked_out()
    assert names_on(world.agency, day, module=asked.pk, state="in_date") == ["Una"]
    assert names_on(world.agency, day, state="overdue") == ["Amira Learner"]
    assert names_on(world.agency, day) == ["Office", "Una", "Amira Learner"]


def test_it_is_sorted_by_team_and_by_what_is_due_first(amira, asked, world, worked_out, day):
    completion(
        colleague(world.agency, "Una", team=TeamFactory(agency=world.agency, title="Z")), asked, on=date(2025, 3, 2)
    )
    completion(
        colleague(world.agency, "Dua", team=TeamFactory(agency=world.agency, title="A")), asked, on=date(2026, 3, 2)
    )
    worked_out()
    assert names_on(world.agency, day, order="team") == ["Dua", "Una", "Amira Learner"]
    assert names_on(world.agency, day, order="due") == ["Amira Learner", "Una", "Dua"]


def test_leavers_of_yesterday_are_found_though_they_are_on_no_list(world, amira, day):
    colleague(world.agency, "Elsa", ends_on=date(2026, 11, 1))
    assert names_on(world.agency, day, change="left") == ["Elsa"]
    assert names_on(world.agency, day) == ["Amira Learner"]


def test_pages_hold_fifty_and_together_everybody_once(world, day):
    for number in range(PER_PAGE + 3):
        colleague(world.agency, f"N{number:03}")
    first, second = (people_page(world.agency, Wanted(), on=day, number=number) for number in (1, 2))
    names = [row.name for row in (*first.rows, *second.rows)]
    assert (len(first.rows), len(second.rows), first.total) == (PER_PAGE, 3, PER_PAGE + 3)
    assert names == sorted(set(names))


def test_the_count_stops_where_nobody_pages_any_more(monkeypatch, world, day):
    monkeypatch.setattr("home.agency.listing.COUNTED_TO", 2)
    for name in ("Una", "Dua", "Tria"):
        colleague(world.agency, name)
    found = people_page(world.agency, Wanted(), on=day, number=1)
    assert (found.total, found.is_more) == (2, True)


def test_a_list_too_long_to_be_counted_begins_with_the_same_names(monkeypatch, world, day):
    for name in ("Una", "Dua", "Tria", "Nona"):
        colleague(world.agency, name)
        colleague(world.neighbour, f"{name} elsewhere")
    whole = people_page(world.agency, Wanted(), on=day, number=1).rows
    monkeypatch.setattr("home.agency.listing.COUNTED_TO", 3)
    found = people_page(world.agency, Wanted(), on=day, number=1)
    assert (found.rows, found.is_more) == (whole, True)
    assert [row.name for row in whole] == [f"{name} Colleague" for name in ("Dua", "Nona", "Tria", "Una")]


def test_a_role_group_new_on_the_roster_is_offered_at_once(hr, amira, world, asked, worked_out):
    worked_out()
    assert "Theatre nurse" not in hr.get("/agency/SVH/people/").content.decode()
    colleague(world.agency, "Thea", role_group=RoleGroupFactory(code="THEATRE", title="Theatre nurse"))
    worked_out()
    assert "Theatre nurse</option>" in hr.get("/agency/SVH/people/").content.decode()


def test_who_is_protected_is_on_the_list_without_a_name_and_found_by_no_search(hr, amira, world, asked, worked_out):
    amira.is_protected = True
    amira.save()
    worked_out()
    page = hr.get("/agency/SVH/people/").content.decode().partition("<main")[2]
    assert "Name withheld" in page
    assert "Amira" not in page
    assert "Name withheld" not in hr.get("/agency/SVH/people/", {"text": "Amira"}).content.decode()


def test_a_filter_is_saved_for_oneself_without_what_was_searched(hr, bea, world, asked, amira, worked_out):
    worked_out()
    sent = {"title": "Late ones", "state": "overdue", "text": "Amira", "canary": "x"}
    hr.post("/agency/SVH/people/filters/", sent)
    kept = SavedFilter.objects.everywhere(reason="test").get()
    assert (kept.user, kept.agency, kept.title, kept.chosen) == (bea, world.agency, "Late ones", {"state": "overdue"})
    page = hr.get("/agency/SVH/people/").content.decode()
    assert 'href="/agency/SVH/people/?state=overdue">Late ones</a>, saved on 2 November 2026' in page


def test_the_same_name_again_takes_the_older_ones_place(hr, world, amira):
    for state in ("overdue", "due_soon"):
        hr.post("/agency/SVH/people/filters/", {"title": "Mine", "state": state})
    assert SavedFilter.objects.everywhere(reason="test").get().chosen == {"state": "due_soon"}


def test_there_is_an_end_to_saved_filters(hr, world, amira, monkeypatch):
    monkeypatch.setattr("home.agency.saved.MOST", 1)
    for title in ("One", "Two"):
        page = hr.post("/agency/SVH/people/filters/", {"title": title}, follow=True).content.decode()
    assert "You have 1 saved filters. Remove one" in page
    assert SavedFilter.objects.everywhere(reason="test").get().title == "One"


def test_nobody_elses_filters_are_seen_or_removed(client, hr, world, amira, access_for):
    from tests.factories import RoleGrantFactory

    hr.post("/agency/SVH/people/filters/", {"title": "Bea's own", "state": "overdue"})
    uid = SavedFilter.objects.everywhere(reason="test").get().uid
    client.force_login(RoleGrantFactory(user__email="second@svh.example", agency=world.agency).user)
    assert "Bea&#x27;s own" not in client.get("/agency/SVH/people/").content.decode()
    assert client.post(f"/agency/SVH/people/filters/{uid}/").status_code == 404
    assert SavedFilter.objects.everywhere(reason="test").count() == 1


def test_ones_own_is_removed(hr, world, amira):
    hr.post("/agency/SVH/people/filters/", {"title": "Mine"})
    uid = SavedFilter.objects.everywhere(reason="test").get().uid
    hr.post(f"/agency/SVH/people/filters/{uid}/")
    assert not SavedFilter.objects.everywhere(reason="test").exists()


def reachable(person):
    """Give somebody a work address."""
    Employment.objects.everywhere(reason="test").filter(person=person).update(work_email=f"{person.pk}@svh.example")
    return person


def remind(client, *people):
    """Press the button for these."""
    sent = {"do": "remind", "post": [str(post_of(person).uid) for person in people]}
    return client.post("/agency/SVH/people/chosen/", sent, follow=True)


def test_the_chosen_are_reminded_without_a_word_of_what(hr, bea, amira, asked, worked_out):
    worked_out()
    page = remind(hr, amira).content.decode()
    mail = Notice.objects.everywhere(reason="test").get()
    assert (mail.address, mail.subject, mail.kind) == ("amira@svh.example", "Learning", "reminder")
    assert "Module" not in mail.body
    assert "DA-A1" not in mail.body
    assert "1 reminder is on its way." in page
    event = AuditEvent.objects.get(verb="people reminded")
    assert (event.actor, event.agency_code, event.detail) == (f"user:{bea.uid}", "SVH", {"sent": 1, "left_out": 0})


def test_two_presses_take_their_turn_and_send_one_mail(hr, amira, asked, worked_out, monkeypatch):
    from django.db.models import QuerySet

    worked_out()
    locked, lock = [], QuerySet.select_for_update
    monkeypatch.setattr(
        QuerySet, "select_for_update", lambda rows, **more: locked.append(rows.model.__name__) or lock(rows, **more)
    )
    for _ in range(2):
        remind(hr, amira)
    assert Notice.objects.everywhere(reason="test").count() == 1
    assert locked.count("Agency") == 2


def test_nobody_is_reminded_twice_a_week_on_leave_or_with_nothing_to_do(hr, amira, asked, world, worked_out):
    away = reachable(colleague(world.agency, "Lea", status="maternity"))
    done = reachable(colleague(world.agency, "Una"))
    completion(done, asked, on=date(2026, 3, 2))
    worked_out()
    remind(hr, amira)
    page = remind(hr, amira, away, done).content.decode()
    assert Notice.objects.everywhere(reason="test").count() == 1
    assert "0 reminders are on their way. 3 left out" in page


@pytest.mark.parametrize("do", ["remind", "csv", "xlsx"])
def test_one_row_out_of_scope_refuses_the_whole(hr, amira, asked, world, worked_out, do):
    stranger = reachable(colleague(world.neighbour, "Nora"))
    worked_out()
    sent = {"do": do, "post": [str(post_of(amira).uid), str(post_of(stranger).uid)]}
    assert hr.post("/agency/SVH/people/chosen/", sent).status_code == 404
    assert not Notice.objects.everywhere(reason="test").exists()
    assert not AuditEvent.objects.filter(verb__in=["people reminded", "staff exported"]).exists()


@pytest.mark.parametrize("named", [["canary"], [""], ["00000000-0000-4000-8000-000000000000"]])
def test_what_names_nobody_here_is_not_found(hr, amira, named):
    assert hr.post("/agency/SVH/people/chosen/", {"do": "csv", "post": named}).status_code == 404


def test_nobody_chosen_is_said(hr, amira):
    page = hr.post("/agency/SVH/people/chosen/?state=overdue", {"do": "csv"}, follow=True).content.decode()
    assert "Choose at least one person" in page


def test_the_chosen_leave_as_a_file_and_nobody_else_does(hr, amira, asked, world, worked_out):
    colleague(world.agency, "Una")
    worked_out()
    answer = hr.post("/agency/SVH/people/chosen/", {"do": "csv", "post": [str(post_of(amira).uid)]})
    text = answer.getvalue().decode("utf-8-sig")
    assert "Amira Learner" in text
    assert "Una" not in text
    assert "Filter,People chosen one by one" in text


def test_a_file_says_as_at_when_and_by_which_filters(hr, amira, asked, worked_out):
    worked_out()
    lines = hr.get("/agency/SVH/staff.csv", {"state": "overdue"}).getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Agency,Name,Team,Role group,Code,Module,Standing,In date,Required,Due by")
    assert lines[1].startswith("SVH,Amira Learner,,Midwife,DA-A1,Module title DA-A1,Overdue,no,yes,")
    assert "As at,2 November 2026" in lines
    assert "Filter: Standing,Overdue" in lines
    assert any("The training is valid on the day" in line for line in lines)


def test_a_post_elsewhere_adds_no_line(hr, amira, asked, world, worked_out):
    from tests.factories import TermFactory

    TermFactory(
        post__employment=EmploymentFactory(person=amira, agency=world.neighbour),
        role_group=RoleGroupFactory(code="POLICE_RESPONSE"),
    )
    worked_out()
    text = hr.get("/agency/SVH/staff.csv").getvalue().decode("utf-8-sig")
    assert text.count("Amira Learner") == 1
    assert "SVP" not in text
