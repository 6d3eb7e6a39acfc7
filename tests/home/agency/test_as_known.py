"""A day gone by, as known then: what is recorded later changes nothing."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import TeamFactory, completion
from tests.home.agency.conftest import colleague, post_of
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.ledger.services import void_completion
from training.people.models import Term

DAYS = {"as_at_day": "31", "as_at_month": "3", "as_at_year": "2026"}
KNOWN = DAYS | {"known_on_day": "4", "known_on_month": "4", "known_on_year": "2026"}
APRIL = datetime(2026, 4, 4, 12, tzinfo=UTC)
MAY = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def spring(world, amira, asked, worked_out):
    """Una was recorded in April; Dua, who had done it in March, in May."""
    una, dua = colleague(world.agency, "Una"), colleague(world.agency, "Dua")
    kept = completion(una, asked, on=date(2026, 3, 2), at=APRIL)
    completion(dua, asked, on=date(2026, 3, 2), at=MAY)
    worked_out()
    return kept


def main(answer):
    """The page without its frame."""
    return answer.content.decode().partition("<main")[2]


def test_what_became_known_later_is_left_out_only_where_that_is_asked(hr, spring):
    now = main(hr.get("/agency/SVH/matrix/", DAYS))
    then = main(hr.get("/agency/SVH/matrix/", KNOWN))
    assert "2\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}3 67%" in now
    assert "1\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}3 33%" in then
    assert "As at 31 March 2026, as known at the end of 4 April 2026." in then


@pytest.mark.parametrize("file", ["matrix.csv", "staff.csv"])
def test_the_same_question_has_the_same_answer_byte_for_byte(hr, world, amira, asked, spring, worked_out, file):
    before = hr.get(f"/agency/SVH/{file}", KNOWN).getvalue()
    void_completion(spring, reason="Somebody else's", by=Actor.system("test"), at=MAY)
    completion(amira, asked, on=date(2026, 3, 1), at=MAY)
    colleague(world.agency, "Nova", starts_on=date(2026, 1, 1), recorded_at=MAY)
    theirs = Term.objects.within(world.agency).filter(post=post_of(amira))
    theirs.update(replaced_at=MAY)
    team = TeamFactory(agency=world.agency, title="Ward 3")
    Term.objects.create(
        post=post_of(amira), starts_on=date(2024, 6, 1), team=team, recorded_at=MAY, recorded_by="system:test"
    )
    worked_out()
    assert hr.get(f"/agency/SVH/{file}", KNOWN).getvalue() == before
    assert hr.get(f"/agency/SVH/{file}", DAYS).getvalue() != before


def test_the_list_is_narrowed_by_what_was_known_then(hr, spring, asked):
    sent = KNOWN | {"state": "in_date", "module": asked.pk}
    page = main(hr.get("/agency/SVH/people/", sent))
    assert "Una Colleague" in page
    assert "Dua Colleague" not in page
    assert "1 post." in page


def test_of_a_day_gone_by_nothing_is_since_yesterday(hr, spring):
    assert "Since yesterday" not in main(hr.get("/agency/SVH/people/", DAYS))


def test_an_agency_too_large_for_it_is_told_so(hr, spring, monkeypatch):
    monkeypatch.setattr("home.agency.known.MOST_POSTS", 2)
    page = main(hr.get("/agency/SVH/matrix/", KNOWN))
    assert "Leave &#x27;As known on&#x27; empty, or ask" in page
    assert "As at 31 March 2026, as known now." in page


def test_the_facts_behind_a_figure_are_listed_by_name(hr, spring, asked):
    page = main(hr.get("/agency/SVH/matrix/facts/", KNOWN | {"module": asked.pk}))
    row = page.partition("Una Colleague")[2].partition("</tr>")[0]
    assert "Completion: DA-A1, 2 March 2026 (entry" in row
    assert "Midwife" in row
    assert "Completion" not in page.partition("Dua Colleague")[2].partition("</tr>")[0]
    assert AuditEvent.objects.filter(verb="facts read", agency_code="SVH").count() == 1


@pytest.mark.parametrize("page", ["matrix/facts/", "matrix/facts.csv"])
def test_the_old_employer_reads_nothing_of_a_leavers_later_learning(hr, world, spring, asked, page):
    """Una left in April: what she did here stands, what she did in October with the police does not."""
    una = spring.person
    Term.objects.within(world.agency).filter(post=post_of(una)).update(ends_on=date(2026, 4, 16))
    completion(una, asked, on=date(2026, 10, 1), agency=world.neighbour)
    completion(una, asked, on=date(2026, 2, 1), agency=world.neighbour)
    told = hr.get(f"/agency/SVH/{page}", DAYS | {"module": asked.pk})
    text = told.content.decode() if page.endswith("/") else told.getvalue().decode()
    assert "Una Colleague" in text
    assert "2 March 2026 (entry" in text
    assert "1 October 2026" not in text
    assert "1 February 2026" not in text


def test_facts_behind_a_figure_end_with_its_day(hr, world, amira, asked, spring):
    """Of those who work here still, too: what came after the day made no figure of that day."""
    completion(amira, asked, on=date(2026, 3, 3), agency=world.neighbour)
    completion(amira, asked, on=date(2026, 10, 1), agency=world.agency)
    page = main(hr.get("/agency/SVH/matrix/facts/", DAYS | {"module": asked.pk}))
    assert "Completion: DA-A1, 3 March 2026" in page
    assert "1 October 2026" not in page


def test_a_figure_that_moved_since_is_restated_with_its_day_and_cause(hr, spring):
    page = main(hr.get("/agency/SVH/matrix/restated/", KNOWN))
    row = page.partition("4 May 2026")[2].partition("</tr>")[0]
    assert "1 of 3, 33%" in row
    assert "2 of 3, 67%" in row


def test_without_a_day_on_which_they_were_given_nothing_is_restated(hr, spring):
    answer = hr.get("/agency/SVH/matrix/restated/", DAYS, follow=True)
    assert "Say on which day the figures were first given" in main(answer)


def test_the_neighbour_reads_neither(client, dot, spring):
    client.force_login(dot)
    for page in ("facts", "restated"):
        assert client.get(f"/agency/SVH/matrix/{page}/", KNOWN).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_facts_and_restatements_leave_as_files(hr, spring, asked, kind):
    from tests.home.agency.test_people import read_cells

    facts = read_cells(hr.get(f"/agency/SVH/matrix/facts.{kind}", KNOWN | {"module": asked.pk}).getvalue(), kind)
    assert "Completion: DA-A1, 2 March 2026" in facts
    assert "Una Colleague" in facts
    assert "the end of 4 April 2026" in facts
    restated = read_cells(hr.get(f"/agency/SVH/matrix/restated.{kind}", KNOWN).getvalue(), kind)
    assert "2 of 3, 67%" in restated
    assert "Una" not in restated
