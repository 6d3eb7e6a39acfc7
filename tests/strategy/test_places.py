"""Places needed in the next twelve months: counted from facts, reckoned on, and shown with small numbers hidden."""

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.urls import reverse

from tests.conftest import DAY, MOMENT
from tests.factories import EmploymentFactory, PostFactory, RoleGroupFactory, TermFactory
from tests.strategy.cases import asked, done, reported, staff
from training.audit.models import AuditEvent
from training.ledger.rebuild import rebuild_standings
from training.pathways.models import RequirementVersion
from training.people.models import RosterImport, Term
from training.strategy.forecast import Basis, Inputs, Needs, Places, forecast, months_ahead
from training.strategy.models import PlacesCount
from training.strategy.places import (
    Moves,
    PlaceFacts,
    board_basis,
    hidden_places,
    inputs_by_agency,
    inputs_of,
    own_basis,
)
from training.strategy.rebuild import rebuild_coverage
from training.strategy.selectors.reports import counted

MONTHS = months_ahead(DAY)


def test_months_are_those_of_the_calendar_and_twelve_in_all():
    assert [str(each) for each in MONTHS[:2]] == ["November 2026", "December 2026"]
    assert (MONTHS[0].first, MONTHS[-1].last, len(MONTHS)) == (date(2026, 11, 3), date(2027, 11, 2), 13)
    of_quarter = months_ahead(date(2026, 9, 30))
    assert (of_quarter[0].first, of_quarter[-1].last, len(of_quarter)) == (date(2026, 10, 1), date(2027, 9, 30), 12)


def plain_inputs(facts: PlaceFacts, agencies: set[int]) -> Inputs:
    """The same, row by row."""
    earliest: dict[tuple[int, int], int] = {}
    for person, agency, module, when in zip(facts.person, facts.agency, facts.module, facts.when, strict=True):
        if agency in agencies:
            key = int(person), int(module)
            earliest[key] = min(int(when), earliest.get(key, 99))
    slots = range(facts.months + 1)
    starters: dict[int, int] = defaultdict(int)
    leavers = held = 0
    for job, moves in facts.moves.items():
        if job[0] in agencies:
            for module in facts.asks[job]:
                starters[module] += moves.starters
            if job[0] not in facts.short:
                leavers, held = leavers + moves.leavers, held + moves.staff

    def needs(which: set[int]) -> Needs:
        counts = [sum(1 for (_, module), it in earliest.items() if module in which and it == when) for when in slots]
        return Needs(counts[0], tuple(counts[1:]), sum(counts[1:]), sum(starters[module] for module in which))

    every = {module for _, module in earliest} | {module for module, count in starters.items() if count}
    people = [len({person for (person, _), it in earliest.items() if it == when}) for when in slots]
    return Inputs(
        modules={facts.codes[module]: needs({module}) for module in sorted(every)},
        whole=needs(every),
        people=(*people, len({person for person, _ in earliest})),
        leavers=leavers,
        staff=held,
        short=tuple(sorted(code for agency, code in facts.short.items() if agency in agencies)),
    )


@pytest.mark.parametrize("seed", range(4))
def test_columns_are_counted_as_row_by_row(seed):
    chance = random.Random(seed)  # noqa: S311
    size = (0, 5, 60, 300)[seed]

    def column(most: int) -> np.ndarray:
        return np.array([chance.randint(0, most) for _ in range(size)], dtype=np.int64)

    jobs = [(agency, group) for agency in range(3) for group in range(3)]
    facts = PlaceFacts(
        person=column(40),
        agency=column(2),
        module=column(3),
        when=column(4),
        codes=("A1", "A2", "B1", "C1"),
        months=4,
        moves={job: Moves(chance.randint(0, 9), chance.randint(0, 9), chance.randint(0, 50)) for job in jobs},
        asks={job: set(chance.sample(range(4), 2)) for job in jobs},
        short={2: "NEW"},
    )
    assert inputs_of(facts, {0, 2}) == plain_inputs(facts, {0, 2})
    assert dict(inputs_by_agency(facts, [0, 1, 2])) == {each: plain_inputs(facts, {each}) for each in range(3)}


def needs(overdue=0, due=(), starters=0) -> Needs:
    whole = (*due, *[0] * (len(MONTHS) - len(due)))
    return Needs(overdue, whole, sum(whole), starters)


def test_without_turnover_and_starters_the_forecast_is_what_falls_due():
    found = forecast(needs(7, (3, 5)), MONTHS, None)
    assert [each.text for each in found.months[:3]] == ["3", "5", "0"]
    assert found.year == Places(15, 15, 15)


def test_who_leaves_makes_fewer_and_who_starts_more_and_both_make_it_less_sure():
    stays, leaves, starts = (
        forecast(needs(10, (0,) * 6 + (40,), starters), MONTHS, leaving).year
        for starters, leaving in ((0, None), (0, 0.5), (24, None))
    )
    assert stays == Places(50, 50, 50)
    # Half of them leave in a year, so of forty on average some three in ten are gone by then
    assert leaves.likely == pytest.approx(10 + 40 * 0.7213, abs=0.01)
    assert (leaves.low, leaves.high) == (35, 43)
    assert starts.likely == pytest.approx(50 + 24)
    assert (starts.low, starts.high) == (65, 83)


def test_a_range_holds_eight_of_ten_years_played_out():
    """By dice: forty whose training ends in mid-year, each staying by chance; starters by a rate seen through a year."""
    dice, inside = np.random.default_rng(7), 0
    for _ in range(2000):
        seen, coming = dice.poisson(30, 2)
        year = forecast(needs(0, (0,) * 6 + (40,), int(seen)), MONTHS, 0.3).year
        happened = dice.binomial(40, year.likely / 40 - seen / 40) + coming
        inside += year.low <= happened <= year.high
    assert 0.78 < inside / 2000 < 0.9


def test_large_numbers_are_told_in_tens_and_never_fewer_than_are_overdue():
    year = forecast(needs(4000, (300,), 700), MONTHS, 0.1).year
    assert (year.low % 10, year.high % 10, year.text) == (0, 0, f"{year.low:,} to {year.high:,}")
    assert forecast(needs(5, (), 1), MONTHS, None).year.low == 5


def test_where_something_is_not_shown_the_rest_is_told_as_at_least():
    few = Needs(None, (None, *[0] * 12), 20, None)
    found = forecast(few, MONTHS, None)
    assert (found.year.text, found.months[0], found.months[1]) == ("at least 20", None, None)
    assert forecast(Needs(30, (0,) * 13, None, 8), MONTHS, None).year.text == "at least 32"


def board_sees(modules: dict[str, Needs], people: int = 100, leavers: int = 8, hidden_now: tuple = ()) -> Basis:
    whole = Needs(
        sum(each.overdue for each in modules.values()),
        tuple(sum(month) for month in zip(*(each.due for each in modules.values()), strict=True)),
        sum(each.in_year for each in modules.values()),
        sum(each.starters for each in modules.values()),
    )
    found = Inputs(modules, whole, (people,) * (len(MONTHS) + 2), leavers, 92, ())
    return board_basis(found, hidden_places(found, hidden_now))


def test_the_board_sees_no_month_of_few_and_none_that_would_give_it_away():
    found = board_sees({"A1": needs(20, (3, 9, 30), 33), "B1": needs(20, (12, 40, 50), 40)})
    assert found.modules["A1"].due[0] is None
    months = [needs.due[0] for needs in (*found.modules.values(), found.whole)]
    assert months.count(None) >= 2
    row = found.modules["A1"]
    assert [*row.due, row.in_year].count(None) >= 2


def test_starters_are_rounded_for_the_board_and_few_are_hidden():
    found = board_sees({"A1": needs(starters=33), "B1": needs(starters=41), "C1": needs(starters=6)})
    assert [found.modules[code].starters for code in ("B1", "C1")] == [40, None]
    assert found.whole.starters == 80


def test_who_is_overdue_is_hidden_where_coverage_hides_it():
    modules = {"A1": needs(30), "B1": needs(40), "C1": needs(12)}
    found = board_sees(modules, hidden_now=("C1",))
    assert [each.overdue for each in found.modules.values()] == [30, 40, None]
    assert found.whole.overdue is None  # else it could be worked out
    both = board_sees(modules, hidden_now=("B1", "C1"))
    assert both.whole.overdue == 82


def test_few_people_behind_many_places_are_hidden():
    found = board_sees({"A1": needs(9, (9,)), "B1": needs(9, (9,))}, people=3)
    assert (found.whole.overdue, found.whole.due[0], found.whole.in_year) == (None, None, None)


@pytest.mark.parametrize(("leavers", "shown"), [(8, 0.08), (3, None)])
def test_the_share_who_leave_is_told_as_a_whole_percentage_unless_few_left(leavers, shown):
    assert board_sees({"A1": needs(20)}, leavers=leavers).leaving == shown


@pytest.fixture
def served(world):
    """Forty at the hospital, asked for a module that lasts two years and takes a month of induction."""
    module = asked("DA-A1")
    RequirementVersion.objects.update(validity_months=24, induction_days=56)
    reported(world.agency, datetime(2025, 6, 1, 9, tzinfo=UTC))
    reported(world.agency)
    people = staff(world.agency, 40, starts_on=date(2020, 1, 6))
    done(people[:12], module, on=date(2024, 12, 10))
    done(people[12:30], module, on=date(2025, 3, 3))
    done(people[30:32], module, on=date(2026, 10, 1))
    return world, module, people


def count(world, on=DAY) -> Inputs:
    rebuild_standings(at=datetime(2026, 11, 2, 9, tzinfo=UTC))
    return counted(world.partnership, on=on, at=datetime(2026, 11, 2, 9, tzinfo=UTC)).places


def test_places_are_counted_by_the_month_in_which_training_ends(served):
    world, _, _ = served
    found = count(world).inputs.modules["DA-A1"]
    assert found.overdue == 8
    assert dict(enumerate(found.due)) == {**dict.fromkeys(range(13), 0), 1: 12, 4: 18}


def test_leave_and_exemption_need_no_place_and_induction_needs_one_when_it_runs_out(served):
    world, _, people = served
    Term.objects.everywhere(reason="test").filter(post__employment__person=people[39]).update(status="maternity")
    staff(world.agency, 3, starts_on=DAY - timedelta(days=10))
    found = count(world).inputs
    assert found.modules["DA-A1"].overdue == 7
    assert found.modules["DA-A1"].due[:3] == (0, 15, 0)  # induction runs out on 18 December
    assert (found.people[0], found.people[-1]) == (7, 40)


def test_who_works_in_two_places_takes_one_place_in_all_and_one_in_each(served):
    world, _, people = served
    reported(world.neighbour)
    for person in people[32:36]:
        TermFactory(
            post__employment=EmploymentFactory(agency=world.neighbour, person=person),
            role_group=RoleGroupFactory(code="OFFICE"),
            starts_on=date(2020, 1, 6),
        )
    found = count(world)
    assert found.inputs.whole.overdue == 8
    own = {agency: inputs.whole.overdue for agency, inputs in found.of_agencies.items()}
    assert own == {world.agency.pk: 8, world.neighbour.pk: 4}


def test_starters_and_leavers_are_those_of_a_year_and_a_change_of_team_is_neither(served):
    world, _, people = served
    office = RoleGroupFactory(code="OFFICE")
    ends = Term.objects.everywhere(reason="test")
    for person in people[:2]:  # another team from the day after
        term = ends.get(post__employment__person=person)
        ends.filter(pk=term.pk).update(ends_on=date(2026, 5, 31))
        TermFactory(post=term.post, role_group=office, starts_on=date(2026, 6, 1))
    for person in people[2:5]:
        ends.filter(post__employment__person=person).update(ends_on=date(2026, 6, 30))
    ends.filter(post__employment__person=people[5]).update(ends_on=DAY - timedelta(days=400))
    staff(world.agency, 4, starts_on=date(2026, 2, 1))
    staff(world.agency, 1, role_group="NOBODY_ASKS", starts_on=date(2026, 2, 1))
    twice = EmploymentFactory(agency=world.agency)
    for number in ("1", "2"):  # two posts of one job begin once
        post = PostFactory(employment=twice, assignment_ref=number)
        TermFactory(post=post, role_group=office, starts_on=date(2026, 3, 1))
    found = count(world).inputs
    assert found.modules["DA-A1"].starters == 5
    assert (found.leavers, found.staff, found.short) == (3, 42, ())


def test_without_a_years_rosters_nobody_is_taken_to_leave(served):
    world, _, people = served
    RosterImport.objects.filter(applied_at__year=2025).delete()
    Term.objects.everywhere(reason="test").filter(post__employment__person=people[39]).update(ends_on=date(2026, 6, 30))
    found = count(world).inputs
    assert (found.short, own_basis(found).leaving) == (("SVH",), None)
    assert found.whole.overdue == 7


@pytest.fixture
def told(served, monkeypatch):
    """The same, counted by the worker this morning."""
    world, module, _ = served
    monkeypatch.setattr("django.utils.timezone.now", lambda: MOMENT)
    rebuild_standings(at=MOMENT)
    rebuild_coverage(world.partnership, on=DAY, at=MOMENT)
    return world


def test_the_board_reads_the_year_and_each_month_of_a_module(client, col, told):
    client.force_login(col)
    answer = client.get(reverse("forecast", args=["severnshire"]), {"module": "DA-A1"})
    rows = [[cell if isinstance(cell, str) else cell["text"] for cell in row] for row in answer.context["rows"]]
    assert rows == [["DA-A1: Module title DA-A1", "8", "30", "0", "38"], ["All modules", "8", "30", "0", "38"]]
    months = [[label, *(cell["text"] for cell in row)] for label, *row in answer.context["months"]]
    assert (months[0][0], months[1], months[4]) == (
        "3 to 30 November 2026",
        ["December 2026", "12", "12"],
        ["March 2027", "18", "18"],
    )
    page = answer.content.decode()
    assert "<strong>38</strong> places" in page
    assert "Nobody left in the last 12 months" in page
    assert "taken to leave before" not in page
    assert client.get(reverse("forecast", args=["severnshire"]), {"module": "DA-Z9"}).status_code == 400


def test_an_agency_reads_its_own_exactly_and_of_no_other(client, bea, told):
    staff(told.agency, 1, starts_on=DAY - timedelta(days=30))
    rebuild_standings(at=MOMENT)
    rebuild_coverage(told.partnership, on=DAY, at=MOMENT)
    client.force_login(bea)
    answer = client.get(reverse("agency-forecast", args=["SVH"]))
    assert [cell["text"] for cell in answer.context["rows"][0][1:]] == ["8", "31", "1", "38 to 42"]
    assert client.get(reverse("agency-forecast", args=["SVP"])).status_code == 404
    assert client.get(reverse("agency-forecast", args=["SVH"]), {"partnership": "elsewhere"}).status_code == 404
    assert PlacesCount.objects.filter(agency=told.agency).count() == 1


def test_files_hold_every_month_and_are_audited(client, col, bea, told):
    for name, whose, user in (("forecast", "severnshire", col), ("agency-forecast", "SVH", bea)):
        client.force_login(user)
        join = "-" if whose == "SVH" else "_"
        text = client.get(reverse(f"{name}{join}csv", args=[whose])).content.decode().removeprefix("\ufeff")
        lines = text.splitlines()
        assert lines[0].startswith("module,title,from,to,overdue_now,fall_due,started_in_last_year,places_from")
        assert lines[1] == "DA-A1,Module title DA-A1,2026-11-03,2027-11-02,8,30,0,38,38"
        assert lines[3] == "DA-A1,Module title DA-A1,2026-12-01,2026-12-31,,12,,12,12"
        assert len(lines) == 1 + 2 * 14
        assert client.get(reverse(f"{name}{join}xlsx", args=[whose])).status_code == 200
    assert AuditEvent.objects.filter(verb="forecast exported").count() == 4


def test_before_anything_is_counted_the_pages_say_so(client, col, bea, world):
    for name, whose, user in (("forecast", "severnshire", col), ("agency-forecast", "SVH", bea)):
        client.force_login(user)
        assert "Nothing has been counted yet" in client.get(reverse(name, args=[whose])).content.decode()


def test_without_a_roster_nothing_is_known_and_no_place_is_said_to_be_needed(client, col, bea, world):
    rebuild_coverage(world.partnership, on=DAY, at=MOMENT)
    for name, whose, user in (("forecast", "severnshire", col), ("agency-forecast", "SVH", bea)):
        client.force_login(user)
        answer = client.get(reverse(name, args=[whose]))
        assert "How many places will be needed is not known" in answer.content.decode()
        file = client.get(reverse(f"{name}{'-' if whose == 'SVH' else '_'}csv", args=[whose])).content.decode()
        assert len(file.splitlines()) == 1
        assert "<strong>0</strong> places" not in answer.content.decode()


def test_the_page_asks_as_much_for_one_module_as_for_many(client, col, told, django_assert_num_queries):
    client.force_login(col)
    with django_assert_num_queries(6):
        client.get(reverse("forecast", args=["severnshire"]))
    for code in ("DA-B1", "DA-B2"):
        asked(code)
    rebuild_standings(at=MOMENT)
    rebuild_coverage(told.partnership, on=DAY, at=MOMENT)
    with django_assert_num_queries(6):
        answer = client.get(reverse("forecast", args=["severnshire"]))
    assert len(answer.context["rows"]) == 4
