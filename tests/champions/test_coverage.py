"""Where the network reaches, where it does not, and who is told."""

from datetime import timedelta

import pytest

from champions.conditions import Conditions
from champions.indicator_counts import indicator_counts, last_change
from champions.models import StaffCount
from champions.selectors.coverage import coverage
from champions.selectors.gaps import Gap, agency_gaps, as_gaps, workplaces_without
from champions.services.aims import set_aims
from champions.services.conditions import set_conditions
from champions.services.leaving import stand_down
from champions.services.requests import block
from champions.services.steps import refresh_steps
from tests.conftest import DAY, MOMENT
from tests.factories import AgencyFactory, MembershipFactory, TermFactory
from training.people.models import Term, Workplace
from training.strategy.told import Asked

from .conftest import BY, post_of


@pytest.fixture
def places(world, network, pola, hana):
    """Pola at a surgery in Northdale, hana at one in Southmere; a second surgery of six without anybody, and a refuge."""
    surgery = Workplace.objects.create(agency=world.neighbour, code="A", title="First surgery", locality=network.north)
    other = Workplace.objects.create(agency=world.neighbour, code="B", title="Second surgery", locality=network.south)
    refuge = AgencyFactory(code="SAFE", title="Safe", kind="da_specialist")
    MembershipFactory(agency=refuge, partnership=world.partnership)
    hidden = Workplace.objects.create(agency=refuge, code="R", title="A secret street", locality=network.south)
    Term.objects.everywhere(reason="test").filter(post=post_of(pola.person)).update(workplace=surgery)
    for place, count in ((other, 6), (hidden, 2)):
        for _ in range(count):
            TermFactory(post__employment__agency=place.agency, workplace=place)
    refresh_steps(at=MOMENT)
    return world.partnership


def test_champions_are_counted_where_they_work(places):
    found = coverage(places, on=DAY)
    north, south = sorted((line for line in found.districts if line.key), key=lambda line: line.key)
    assert (found.whole.active, found.community) == (2, 0)
    assert (north.active, north.covered, north.workplaces) == (1, 1, 1)
    assert (south.active, south.covered, south.workplaces) == (1, 0, 2)
    assert sum(found.grid.values()) == 2
    assert dict(found.specialisms)["Stalking"] == 1
    assert [count for _, count in found.trend] == [0] * 12 + [2]


def test_staff_are_people_and_their_small_numbers_are_hidden(places):
    assert StaffCount.objects.count()
    assert "*" in {line.rate for line in coverage(places, on=DAY).districts}


def test_a_workplace_without_a_champion_is_a_gap_and_a_refuge_is_not_named(places):
    rows = as_gaps(workplaces_without(places, on=DAY))
    assert [(row.title, row.staff) for row in rows] == [("Second surgery", "6"), ("Name withheld", "*")]
    assert not workplaces_without(places, on=DAY, district="N")


def test_an_agency_that_lost_its_last_champion_is_a_gap_the_same_day(places, pola):
    stand_down(champion=pola, by=BY, at=MOMENT + timedelta(days=30))
    refresh_steps(at=MOMENT + timedelta(days=30))
    on = DAY + timedelta(days=30)
    gaps = {gap.title: gap for gap in agency_gaps(places, on=on)}
    lost = gaps[post_of(pola.person).employment.agency.title]
    assert (lost.gap, lost.since) == (Gap.LEFT, on - timedelta(days=1))
    assert gaps["Safe"].gap == Gap.NEVER
    surgeries = [row.title for row in as_gaps(workplaces_without(places, on=on))]
    assert "First surgery" in surgeries


def test_a_coordinator_who_is_kept_away_reads_the_boards_number_everywhere(sign_in, cy, places, pola):
    """Their desk, the coverage page and its file, the report: each says what the board's page says."""
    client, base = sign_in(cy), "/champions/network/severnshire/"

    def numbers() -> dict[str, object]:
        return {
            "desk": client.get(base).context["desk"].active,
            "coverage": client.get(f"{base}coverage/").context["coverage"].whole.active,
            "file": b"".join(client.get(f"{base}coverage/districts.csv").streaming_content),
            "report": client.get(f"{base}report/").context["report"].whole.rows,
        }

    before = numbers()
    block(owner=pola.person, address=cy.email, by=BY, at=MOMENT)
    assert client.get("/champions/").content.count(b"Pola") == 0, "they are kept away"
    assert numbers() == before
    agencies = frozenset(places.memberships.values_list("agency", flat=True))
    told = indicator_counts(Asked(places, DAY, MOMENT, agencies))
    board = next(each.numerator for each in told if each.code == "CHAMP_ACTIVE")
    assert before["desk"] == before["coverage"] == board == 2


def test_a_wanted_language_that_nobody_speaks_stands_first(places):
    set_aims(partnership=places, by=BY, at=MOMENT, active=3, languages=["ur"])
    assert coverage(places, on=DAY).languages == (("Urdu", 0), ("Polish", 1))


def test_the_page_its_files_and_its_aims(sign_in, cy, places):
    client = sign_in(cy)
    base = "/champions/network/severnshire/coverage/"
    client.post(base + "aims/", {"active": "3", "languages": ["ur"]})
    page = client.get(base).content.decode()
    for said in ("Second surgery", "Not met", "Urdu", "Name withheld"):
        assert said in page
    assert "A secret street" not in page
    rows = b"".join(client.get(base + "workplaces.csv").streaming_content).decode()
    assert "Second surgery" in rows
    assert "A secret street" not in rows
    assert b"Northdale" in b"".join(client.get(base + "districts.csv").streaming_content)


def test_what_it_costs_does_not_grow(places, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        coverage(places, on=DAY)
    with django_assert_max_num_queries(4):
        agency_gaps(places, on=DAY)


def test_other_conditions_are_news_for_the_board(places, day, moment):
    later = moment + timedelta(days=1)
    before = last_change()
    set_conditions(partnership=places, starts_on=day + timedelta(days=9), conditions=Conditions(), by=BY, at=later)
    assert (before, last_change()) == (moment, later)


def test_the_board_counts_the_same_champions(places, world, day, moment):
    def told(on, *agencies):
        asked = Asked(places, on, moment, frozenset(agency.pk for agency in agencies))
        return {(each.code, each.group): (each.numerator, each.denominator) for each in indicator_counts(asked)}

    assert told(day, world.agency, world.neighbour) == {
        ("CHAMP_ACTIVE", ""): (2, None),
        ("CHAMP_LOCALITY", "N"): (1, None),
        ("CHAMP_LOCALITY", "S"): (1, None),
        ("CHAMP_LOCALITY", "without"): (0, 2),
        ("CHAMP_COMMUNITY", ""): (0, None),
        ("CHAMP_SITE_COVER", ""): (1, 2),
    }
    assert told(day, world.neighbour)["CHAMP_ACTIVE", ""] == (1, None)
    assert told(DAY - timedelta(days=4000), world.agency) == {}
