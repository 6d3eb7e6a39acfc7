"""'How is this worked out?': each indicator's definition, figure and history; values from outside, and who owes them."""

from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import DAY, MOMENT, make_world
from tests.factories import MembershipFactory, PartnershipFactory, RoleGrantFactory
from tests.kept import kept
from tests.strategy.cases import asked, done, reported, staff
from training.audit.models import AuditEvent
from training.ledger.rebuild import rebuild_standings
from training.strategy.coverage import Place
from training.strategy.models import CoverageBuild, IndicatorValue
from training.strategy.periods import month_ends
from training.strategy.rebuild import keep_month_ends, rebuild_coverage, refresh_coverage
from training.strategy.selectors.behind import Way, coverages, people_behind
from training.strategy.selectors.reports import own_counted
from training.strategy.services import load_indicators

REFERRALS = "REFERRALS_BY_AGENCY"
VALUE = {
    "period": "2026-07-01_2026-09-30",
    "numerator": "40",
    "narrative": "As the service counts them",
    "said_by": "The specialist service",
}


@pytest.fixture(autouse=True)
def clock(monkeypatch, moment):
    """It is the moment of the tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@pytest.fixture(scope="module")
def counted_once(django_db_setup, django_db_blocker):
    """The hospital with 60 of 80 in date, six on leave, one protected; the police with 26 of 30; two months' ends."""
    with kept(django_db_blocker):
        load_indicators()
        world = make_world()
        module = asked("DA-A1", topics=["stalking"])
        for agency in (world.agency, world.neighbour):
            reported(agency)
        hospital, police = staff(world.agency, 80), staff(world.neighbour, 30)
        staff(world.agency, 6, status="maternity")
        done(hospital[:60] + police[:26], module)
        hospital[70].is_protected = True
        hospital[70].save()
        rebuild_standings(at=MOMENT)
        for day in (DAY, *month_ends(DAY)[:2]):
            rebuild_coverage(world.partnership, on=day, at=MOMENT)
        world.hospital, world.police = hospital, police
        yield world


@pytest.fixture
def world(counted_once, db):
    return deepcopy(counted_once)


@pytest.fixture
def coordinator(client, world):
    client.force_login(RoleGrantFactory(role_code="partnership_coordinator", partnership=world.partnership).user)
    return client


def address(name, *args):
    return reverse(name, args=["severnshire", *args])


def page(client, *where, **query) -> str:
    answer = client.get(address(*where), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_page_tells_definition_figure_filters_and_history(client, col, world):
    client.force_login(col)
    text = page(client, "indicator", "COV_T1")
    assert "<strong>78%</strong> (86 of 110) on 2 November 2026. Target: none set." in text
    for said in ("tier Aware, the share in date", "DA-A1 Module title DA-A1", "(6 on this day)", "Answered for by"):
        assert said in text
    assert text.count("86 of 110") == 3  # today, and the ends of two months
    assert "30 September 2026" in text
    assert "Give a figure" not in text
    assert not any(person.last_name in text for person in world.hospital)


@pytest.mark.parametrize(
    "code",
    [
        "COV_TOPIC",
        "AGENCY_SPREAD",
        "PATHWAY_COMMIT",
        "CHAMP_LOCALITY",
        "CONF_RESPOND",
        "LESSON_ACK",
        "INVESTMENT",
        "cov_t1",
    ],
)
def test_every_kind_of_indicator_has_a_page(client, col, world, code):
    client.force_login(col)
    assert "How is this worked out?" in page(client, "indicator", code)


def test_the_day_can_be_a_months_end_and_no_other(client, col, world):
    client.force_login(col)
    assert "on 31 October 2026" in page(client, "indicator", "COV_T1", as_at="2026-10-31")
    assert client.get(address("indicator", "COV_T1"), {"as_at": "2026-10-30"}).status_code == 400


def test_a_partnership_without_rosters_strategy_or_pathway_has_pages_that_make_sense(client, world):
    empty = PartnershipFactory(code="empty")
    client.force_login(RoleGrantFactory(role_code="partnership_coordinator", partnership=empty).user)
    listed = client.get(reverse("indicators", args=["empty"])).content.decode()
    assert "n/a" in listed
    for code in ("COV_TOPIC", "AGENCY_SPREAD", "CHAMP_LOCALITY", "ROSTER_QUALITY"):
        assert client.get(reverse("indicator", args=["empty", code])).status_code == 200
    assert client.get(reverse("board", args=["empty"])).status_code == 200
    outside = listed.split("Outside learning recorded")[1].split("</tr>")[0]
    assert "Not collected" in outside


def test_nothing_is_overdue_before_a_partnerships_first_date_has_come(client, world):
    fresh = PartnershipFactory(code="fresh")
    client.force_login(RoleGrantFactory(role_code="partnership_coordinator", partnership=fresh).user)
    page = reverse("indicators", args=["fresh"])
    assert "overdue" not in client.get(page).content.decode()
    joined = MembershipFactory(partnership=fresh, starts_on=DAY)
    listed = client.get(page).content.decode()
    assert "overdue" not in listed
    assert "October to December 2026: by 28 January 2027" in listed
    joined.starts_on = date(2026, 9, 30)
    joined.save()
    assert "July to September 2026: overdue since 28 October 2026" in client.get(page).content.decode()


def test_there_is_no_page_of_an_unknown_one(client, col, world):
    client.force_login(col)
    assert client.get(address("indicator", "NOTHING")).status_code == 404


def test_the_list_tells_who_owes_what(coordinator):
    text = page(coordinator, "indicators")
    assert text.count("Partnership coordinator</td>") > 20
    assert "July to September 2026: overdue since 28 October 2026" in text
    coordinator.post(address("value-give", REFERRALS), VALUE)
    row = page(coordinator, "indicators").split("Referrals to specialist services by source")[1].split("</tr>")[0]
    assert "40" in row
    assert "October to December 2026: by 28 January 2027" in row


def test_the_list_takes_the_same_queries_however_many_values(coordinator):
    page(coordinator, "indicators")
    with CaptureQueriesContext(connection) as few:
        page(coordinator, "indicators")
    for part in ("", "Severn Vale", "Schools"):
        coordinator.post(address("value-give", REFERRALS), VALUE | {"part": part})
    page(coordinator, "indicators")
    with CaptureQueriesContext(connection) as more:
        page(coordinator, "indicators")
    assert len(few) == len(more) < 25


def test_a_value_is_given_restated_and_taken_back(coordinator):
    where = address("value-give", REFERRALS)
    assert coordinator.post(where, VALUE).status_code == 302
    again = coordinator.post(where, VALUE | {"numerator": "49"})
    assert "was given as 40 before. Say why it has changed." in again.content.decode()
    coordinator.post(where, VALUE | {"numerator": "49", "why": "Two late forms"})
    text = page(coordinator, "indicator", REFERRALS)
    assert "Changed because: Two late forms" in text
    assert "Restated: Two late forms." in text
    assert "Before, from 2 November 2026: <strong>40</strong>" in text
    coordinator.post(where, VALUE | {"part": "Schools", "numerator": "30"})
    asked = coordinator.post(where, VALUE | {"part": "Homes", "numerator": "20"}, follow=True)
    assert "its parts come to 50, more than the whole, 49" in asked.content.decode()
    value = IndicatorValue.objects.known_now().get(part="")
    coordinator.post(address("value-take-back", value.uid), {"why": "Of another place"})
    assert "Nothing" not in (text := page(coordinator, "indicator", REFERRALS))
    assert "<strong>Taken back</strong>" in text
    assert coordinator.post(address("value-take-back", value.uid), {"why": "Again"}).status_code == 404
    verbs = AuditEvent.objects.filter(object_kind="indicator value").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["value given", "value restated", "value given", "value given", "value taken back"]


def test_what_is_worked_out_takes_no_value(coordinator):
    assert coordinator.get(address("value-give", "COV_T1")).status_code == 404


def test_a_file_is_kept_whole_or_not_at_all(coordinator):
    template = b"".join(coordinator.get(address("values-template")).streaming_content).decode("utf-8-sig")
    empty = f"{REFERRALS},Referrals to specialist services by source,,01/07/2026,30/09/2026,,,,,"
    filled = empty.replace(",,,,,", ",40,,As counted,The service,")
    assert empty in template

    def give(text):
        file = SimpleUploadedFile("figures.csv", text.encode())
        return coordinator.post(address("values-file"), {"file": file})

    bad = template.replace(empty, f"{filled}\r\n{filled.replace('30/09/2026', '30/08/2026')}")
    answer = give(bad)
    assert answer.status_code == 400
    assert "is not a whole quarter" in answer.content.decode()
    assert not IndicatorValue.objects.exists()
    assert give(template.replace(empty, filled)).status_code == 302
    assert "1 value added." in page(coordinator, "indicators")
    assert give(template).status_code == 302
    assert "The file holds no numbers" in page(coordinator, "indicators")


def test_only_the_coordinator_gives_values(client, col, world):
    client.force_login(col)
    for where in (("values-file",), ("values-template",), ("value-give", REFERRALS)):
        assert client.get(address(*where)).status_code == 403


def test_hr_sees_the_people_behind_its_own_figure_and_only_those(client, bea, world, access_for):
    client.force_login(bea)
    text = client.get(reverse("agency-indicator", args=["SVH"]), {"indicator": "COV_T1"}).content.decode()
    assert "60 of 80" in text
    assert "6 left out" in text
    assert "Name withheld" in text
    assert world.hospital[70].last_name not in text
    assert client.get(reverse("agency-indicator", args=["SVP"])).status_code == 404
    assert client.get(reverse("agency-indicator", args=["SVH"]), {"indicator": "NOTHING"}).status_code == 400
    file = b"".join(client.get(reverse("agency-indicator-csv", args=["SVH"])).streaming_content).decode()
    assert file.count("Not in date,") == 20
    assert people_behind(access_for(bea), world.neighbour, coverages()["COV_T1"], on=DAY) == []


def test_the_people_behind_are_as_many_as_the_agencys_own_cell(bea, world, access_for, day, moment):
    cells = own_counted(world.agency, world.partnership, on=day, at=moment).cells
    places = {
        "COV_REQUIRED": Place(),
        "COV_T1": Place("", "", "tier", "A"),
        "COV_TOPIC-stalking": Place("", "", "topic", "stalking"),
    }
    for code, place in places.items():
        found = [each.way for each in people_behind(access_for(bea), world.agency, coverages()[code], on=day)]
        cell = cells[place]
        assert (found.count(Way.IN_DATE), found.count(Way.LACKING), found.count(Way.ON_LEAVE)) == (
            cell.numerator,
            cell.denominator - cell.numerator,
            cell.on_leave,
        )
    assert people_behind(access_for(bea), world.agency, coverages()["COV_POLICE"], on=day) == []


def test_the_worker_keeps_and_fills_in_the_ends_of_months(world, moment, monkeypatch):
    monkeypatch.setattr("training.strategy.rebuild.FILLED", 4)
    assert CoverageBuild.objects.count() == 3
    later = moment + timedelta(days=20)
    while keep_month_ends(at=later):
        later += timedelta(hours=1)
    refresh_coverage(at=later)
    days = CoverageBuild.objects.values_list("as_at", flat=True)
    assert set(days) == {*month_ends(DAY)[:4], later.date()}
    kept_at = CoverageBuild.objects.get(as_at=date(2026, 10, 31)).worked_out_at
    assert kept_at == MOMENT
