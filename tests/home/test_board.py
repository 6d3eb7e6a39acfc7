"""The board sees its own partnership's figures, small numbers hidden; nobody else does."""

import io
from copy import deepcopy
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import DAY, MOMENT, make_world
from tests.factories import AgencyFactory, MembershipFactory, PartnershipFactory, RoleGrantFactory
from tests.kept import kept
from tests.strategy.cases import BY, asked, done, reported, staff
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.returns.limits import EVERYBODY, Declared
from training.returns.services import declare
from training.strategy.pack_reader import read_pack
from training.strategy.periods import month_ends
from training.strategy.rebuild import rebuild_coverage
from training.strategy.services import load_pack

BOARD = reverse("board", args=["severnshire"])


@pytest.fixture(autouse=True)
def clock(monkeypatch, moment):
    """It is the moment of the tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@pytest.fixture(scope="module")
def counted_once(django_db_setup, django_db_blocker):
    """The hospital with 60 of 80 in date, the police with 3 of 30, the council silent; counted for today."""
    with kept(django_db_blocker):
        world = make_world()
        module = asked("DA-A1")
        council = AgencyFactory(code="MDC", title="Marlbridge District Council")
        MembershipFactory(partnership=world.partnership, agency=council)
        for agency in (world.agency, world.neighbour):
            reported(agency)
        hospital, police = staff(world.agency, 80), staff(world.neighbour, 30)
        staff(council, 10)
        done(hospital[:60] + police[:3], module)
        load_pack(read_pack("severnshire-2026"), partnership=world.partnership, by=Actor.system("test"), at=MOMENT)
        rebuild_coverage(world.partnership, on=DAY, at=MOMENT)
        world.module, world.hospital = module, hospital
        yield world


@pytest.fixture
def world(counted_once, db):
    return deepcopy(counted_once)


@pytest.fixture
def counted(world):
    return world


@pytest.fixture
def signed_in(client, col):
    client.force_login(col)
    return client


def test_the_board_sees_figures_targets_and_who_did_not_report(signed_in, counted):
    answer = signed_in.get(BOARD)
    assert answer.status_code == 200
    board = answer.context["board"]
    assert [(line.title, line.whole.percent_text) for line in board.lines] == [
        ("Marlbridge District Council", "-"),
        ("Severn Vale Hospitals", "*"),
        ("Severnshire Police", "*"),
        ("Whole partnership", "57%"),
    ]
    assert [reading.text for reading in board.headlines] == ["57%", "57%", "n/a", "n/a", "0%", "Not collected"]
    assert [agency.code for agency in board.report.silent_agencies] == ["MDC"]
    text = answer.content.decode()
    assert "Target: 85%, not met. More is better." in text
    assert "Not collected" in text
    assert "<title>Coverage - Training Pathway</title>" in text.replace("\n", "")


def test_many_agencies_go_on_several_pages_each_with_the_whole(signed_in, counted, monkeypatch):
    monkeypatch.setattr("home.board.AGENCIES", 2)
    answers = [signed_in.get(BOARD, {"page": page}) for page in (1, 2)]
    assert [[line.title for line in answer.context["lines"]] for answer in answers] == [
        ["Marlbridge District Council", "Severn Vale Hospitals", "Whole partnership"],
        ["Severnshire Police", "Whole partnership"],
    ]
    assert 'aria-label="Pages of agencies"' in answers[0].content.decode()


def test_among_many_agencies_one_is_found_by_name(signed_in, counted, monkeypatch):
    assert "Find by name" not in signed_in.get(BOARD).content.decode()
    monkeypatch.setattr("home.board.AGENCIES", 2)
    found = signed_in.get(BOARD, {"named": "POLI", "as_at": ""})
    assert [line.title for line in found.context["lines"]] == ["Severnshire Police", "Whole partnership"]
    assert "No agency has that in its name" in signed_in.get(BOARD, {"named": "x"}).content.decode()
    assert signed_in.get(BOARD, {"named": "\0"}).status_code == 400


def test_too_many_bars_are_not_drawn(signed_in, counted, monkeypatch):
    assert 'id="agencies' in signed_in.get(BOARD).content.decode()
    monkeypatch.setattr("home.board.BARS", 3)
    assert 'id="agencies' not in signed_in.get(BOARD).content.decode()


def test_every_figure_opens_how_it_is_worked_out(signed_in, counted):
    answer = signed_in.get(BOARD)
    page = answer.content.decode()
    codes = {reading.indicator.code for line in answer.context["board"].outcomes for reading in line.readings}
    assert len(codes) > 40
    assert [code for code in codes if f'href="{BOARD}indicators/{code}/"' not in page] == []
    assert "Active champions" in page
    assert (
        "the duty on a running post, their own yes and their manager"
        in signed_in.get(f"{BOARD}indicators/CHAMP_ACTIVE/").content.decode()
    )


def test_no_hidden_count_is_anywhere_in_the_page(signed_in, counted):
    text = signed_in.get(BOARD).content.decode()
    assert ">60<" not in text
    assert ">3<" not in text


def test_the_page_holds_no_name(signed_in, counted):
    text = signed_in.get(BOARD).content.decode()
    assert not any(person.last_name in text for person in counted.hospital)


def test_another_partnerships_board_is_not_there(signed_in, counted):
    PartnershipFactory(code="elsewhere")
    for name in ("board", "board_csv", "board_xlsx"):
        assert signed_in.get(reverse(name, args=["elsewhere"])).status_code == 404
        assert signed_in.get(reverse(name, args=["nowhere"])).status_code == 404


def test_a_member_of_another_board_does_not_see_this_one(client, counted):
    other = RoleGrantFactory(
        user__email="kit@board.example", role_code="board_member", partnership=PartnershipFactory()
    )
    client.force_login(other.user)
    assert client.get(BOARD).status_code == 404


@pytest.mark.parametrize("name", ["board", "board_csv", "board_xlsx"])
def test_others_are_kept_out_and_strangers_asked_to_sign_in(client, counted, amira, bea, dot, name):
    url = reverse(name, args=["severnshire"])
    assert client.get(url).status_code == 302
    for user in (amira.user, bea, dot):
        client.force_login(user)
        assert client.get(url).status_code == 403


def test_a_months_end_is_counted_live_as_known_now(signed_in, counted):
    answer = signed_in.get(BOARD, {"as_at": "2025-12-31"})
    assert answer.context["board"].report.on == date(2025, 12, 31)
    assert answer.context["board"].lines[-1].whole.numerator_text == "0"
    file = reverse("board_csv", args=["severnshire"])
    assert f"{file}?as_at=2025-12-31" in answer.content.decode()
    kept = signed_in.get(file, {"as_at": "2025-12-31"})["Content-Disposition"]
    assert kept == 'attachment; filename="coverage-severnshire-2025-12-31.csv"'


def test_today_and_the_ends_of_24_months_are_offered_and_the_page_says_why(signed_in, counted):
    answer = signed_in.get(BOARD)
    offered = [value for value, _ in answer.context["form"].fields["as_at"].choices]
    assert (offered[0], offered[1], offered[-1]) == ("2026-11-02", "2026-10-31", "2024-11-30")
    assert len(offered) == 25
    assert "two days close together can differ by one person" in answer.content.decode()


@pytest.mark.parametrize(
    ("today", "ends"),
    [
        (date(2028, 3, 31), [date(2028, 2, 29), date(2028, 1, 31)]),
        (date(2027, 1, 1), [date(2026, 12, 31), date(2026, 11, 30)]),
    ],
)
def test_months_end_where_the_calendar_ends_them(today, ends):
    assert month_ends(today)[:2] == ends


@pytest.mark.parametrize("typed", ["2026-11-01", "2026-11-03", "2026-10-30", "2024-10-31", "yesterday", "31/10/2026"])
def test_a_day_that_is_not_offered_is_refused_with_todays_figures_below(signed_in, counted, day, typed):
    answer = signed_in.get(BOARD, {"as_at": typed})
    assert answer.status_code == 400
    assert answer.context["form"].errors["as_at"]
    assert answer.context["board"].report.on == day
    page = answer.content.decode()
    assert "<title>Error: Coverage - Training Pathway</title>" in page
    assert page.index("<main") < page.index("There is a problem") < page.index("<h1")
    for name in ("board_csv", "board_xlsx"):
        refused = signed_in.get(reverse(name, args=["severnshire"]), {"as_at": typed})
        assert (refused.status_code, refused.content.decode()[:12]) == (400, "Choose today")


def test_the_csv_is_what_the_page_shows_and_is_audited(signed_in, counted, col):
    answer = signed_in.get(reverse("board_csv", args=["severnshire"]))
    assert answer["Content-Disposition"] == 'attachment; filename="coverage-severnshire-2026-11-02.csv"'
    assert answer["Cache-Control"] == "no-store"
    lines = answer.content.decode().splitlines()
    assert lines[0].startswith("\ufeff")
    lines[0] = lines[0].removeprefix("\ufeff")
    assert lines[0] == "agency,tier,in_date,asked,percent,left_out,declared_staff,declared_on"
    assert "Severn Vale Hospitals,Everything required,*,80,*,0,," in lines
    assert "Marlbridge District Council,Tier A,-,-,-,-,," in lines
    assert lines[-1] == "Whole partnership,Everything required,63,110,57,0,,"
    event = AuditEvent.objects.get(verb="board exported")
    assert (event.actor, event.partnership_code, event.detail["file_kind"]) == (
        f"user:{col.uid}",
        "severnshire",
        "csv",
    )


def test_the_workbook_holds_the_same_values_and_no_formula(signed_in, counted, world, day, moment):
    world.neighbour.title = "=cmd|' /C calc'!A0"
    world.neighbour.save()
    rebuild_coverage(world.partnership, on=day, at=moment)
    answer = signed_in.get(reverse("board_xlsx", args=["severnshire"]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert len(book.sheetnames) == 1
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert "'=cmd|' /C calc'!A0" in [cell.value for cell in cells]
    assert [cell.value for cell in list(book.active.iter_rows())[-1]] == [
        "Whole partnership",
        "Everything required",
        63,
        110,
        57,
        0,
        "",
        "",
    ]


@pytest.mark.parametrize(("people", "shown"), [(1310, "1310"), (3, "*")])
def test_declared_staff_stand_beside_an_agency_and_are_never_added_up(
    signed_in, counted, world, day, moment, people, shown
):
    declare(agency=world.agency, counts=[Declared(day, EVERYBODY, people)], by=BY, at=moment)
    lines = signed_in.get(reverse("board_csv", args=["severnshire"])).content.decode().splitlines()
    assert f"Severn Vale Hospitals,Everything required,*,80,*,0,{shown},2026-11-02" in lines
    assert sum(line.endswith(",,") for line in lines) == len(lines) - 2


def test_a_file_by_two_ways_of_dividing_people_is_refused(signed_in, counted):
    answer = signed_in.get(reverse("board_csv", args=["severnshire"]), {"by": "agency,locality"})
    assert (answer.status_code, answer.content.decode()) == (
        400,
        "Divide people in one way at a time: agency or locality, not both.",
    )


def test_a_file_can_be_by_role_group(signed_in, counted):
    answer = signed_in.get(reverse("board_csv", args=["severnshire"]), {"by": "role_group"})
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "role_group,in_date,asked,percent,left_out",
        "Office,63,110,57,0",
        "Whole partnership,63,110,57,0",
    ]


def test_the_page_takes_the_same_queries_however_many_agencies(signed_in, counted, world, day, moment):
    signed_in.get(BOARD)
    with CaptureQueriesContext(connection) as few:
        signed_in.get(BOARD)
    for _ in range(3):
        agency = AgencyFactory()
        MembershipFactory(partnership=world.partnership, agency=agency)
        reported(agency)
        staff(agency, 10)
    rebuild_coverage(world.partnership, on=day, at=moment)
    with CaptureQueriesContext(connection) as more:
        signed_in.get(BOARD)
    assert len(more) == len(few)


def test_a_board_without_a_strategy_or_a_count_still_reads(client, db):
    bare = RoleGrantFactory(role_code="board_member", partnership=PartnershipFactory(code="bare"))
    client.force_login(bare.user)
    answer = client.get(reverse("board", args=["bare"]))
    assert answer.status_code == 200
    assert "No current strategy has been loaded" in answer.content.decode()


def test_the_public_tree_shows_no_figure_until_a_summary_is_published(client, counted):
    text = client.get(reverse("strategy", args=["severnshire-2026"])).content.decode()
    assert "No figures of this strategy have been published yet" in text
    assert "59%" not in text


def test_the_public_tree_of_an_example_shows_none(client, counted, moment):
    load_pack(read_pack("glos-da-2021"), partnership=None, by=Actor.system("test"), at=moment)
    text = client.get(reverse("strategy", args=["glos-da-2021"])).content.decode()
    assert "Figures are as at" not in text
    assert "ot collected" not in text
