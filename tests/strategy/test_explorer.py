"""The coverage explorer: one thing asked, divided in one way, beside a quarter and a year before."""

import html
import io
from copy import deepcopy
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from tests.conftest import DAY, MOMENT, make_world
from tests.factories import AgencyFactory, MembershipFactory, PartnershipFactory, RoleGrantFactory
from tests.kept import kept
from tests.strategy.cases import asked, done, reported, staff
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.strategy.designs import EVERYTHING_ALONE
from training.strategy.explorer import Line
from training.strategy.forms import ONLY_KEPT
from training.strategy.models import CoverageBuild
from training.strategy.pack_reader import read_pack
from training.strategy.rebuild import forget_days, rebuild_coverage
from training.strategy.services import load_pack
from training.strategy.suppress import HIDDEN, NOT_REQUIRED, Figure
from training.strategy.views.explorer import _funnel

PAGE = reverse("explorer", args=["severnshire"])
QUARTER, YEAR = date(2026, 9, 30), date(2025, 10, 31)


@pytest.fixture(autouse=True)
def clock(monkeypatch, moment):
    """It is the moment of the tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@pytest.fixture(scope="module")
def counted_once(django_db_setup, django_db_blocker):
    """The hospital with 30 of 40 in date, homes 20 of 30, the police 15 of 20, the council 3 of 12: few, so hidden.

    Half of the hospital's were done in October, after the end of the quarter.
    """
    with kept(django_db_blocker):
        world = make_world()
        module = asked("DA-A1", topics=["stalking"], families=["CYP"])
        homes = AgencyFactory(code="HOM", title="Homes", kind="housing_provider")
        council = AgencyFactory(code="MDC", title="Council")
        for agency in (homes, council):
            MembershipFactory(partnership=world.partnership, agency=agency)
        for agency in (world.agency, world.neighbour, homes, council):
            reported(agency)
        hospital = staff(world.agency, 40)
        others = staff(homes, 30)[:20] + staff(world.neighbour, 20)[:15] + staff(council, 12)[:3]
        done(hospital[:15] + others, module)
        done(hospital[15:30], module, on=date(2026, 10, 5))
        load_pack(read_pack("severnshire-2026"), partnership=world.partnership, by=Actor.system("test"), at=MOMENT)
        for day in (DAY, QUARTER):
            rebuild_coverage(world.partnership, on=day, at=MOMENT)
        yield world


@pytest.fixture
def world(counted_once, db):
    return deepcopy(counted_once)


@pytest.fixture
def signed_in(client, col, world):
    client.force_login(col)
    return client


def test_each_agency_stands_beside_the_last_quarter_with_small_numbers_hidden(signed_in):
    answer = signed_in.get(PAGE)
    found = answer.context["found"]
    assert [(line.title, line.now.percent_text, line.before[0].percent_text, line.changes) for line in found.lines] == [
        ("Council", "*", "*", (None,)),
        ("Homes", "67%", "67%", (0,)),
        ("Severn Vale Hospitals", "75%", "38%", (37,)),
        ("Severnshire Police", "*", "*", (None,)),
    ]
    assert (found.whole.now.percent_text, found.whole.changes, found.target) == ("67%", (15,), 85)
    assert (found.is_kept, found.uncounted) == (True, (YEAR,))
    page = answer.content.decode()
    assert "No figures were kept of 31 October 2025" in page
    assert "2 of 4 are not drawn" in page
    assert [step.text for step in answer.context["funnel"].steps] == ["102", "102", "68"]


@pytest.mark.parametrize(
    ("by", "what", "lines", "title"),
    [
        ("role_group", "tier:A", 1, "Tier A"),
        ("role_family", "family:CYP", 1, "Children and young people"),
        ("agency_kind", "tier:A", 4, "Tier A"),
        ("locality", "topic:stalking", 1, "Stalking"),
        ("agency", "module:DA-A1", 4, "DA-A1"),
    ],
)
def test_any_part_of_the_pathway_can_be_asked_about_in_any_way_of_dividing(signed_in, by, what, lines, title):
    answer = signed_in.get(PAGE, {"by": by, "asked": what})
    found = answer.context["found"]
    assert (len(found.lines), found.whole.now.denominator_text) == (lines, "102")
    assert title in answer.context["asked_for"]


TOO_FEW = "No line but the last can be shown"


def test_where_no_line_can_be_shown_the_page_says_why_and_what_tells_more(signed_in, world, monkeypatch):
    tiers = "No agency's share of a tier can be shown"
    board = reverse("board", args=["severnshire"])
    assert TOO_FEW not in signed_in.get(PAGE, {"by": "agency", "asked": "tier:A"}).content.decode()
    assert tiers not in html.unescape(signed_in.get(board).content.decode())
    monkeypatch.setattr("training.strategy.figures.DESIGNS", (EVERYTHING_ALONE,))
    rebuild_coverage(world.partnership, on=DAY, at=MOMENT)
    for asked_for in ({"by": "role_family"}, {"by": "agency", "asked": "tier:A"}):
        answer = signed_in.get(PAGE, asked_for)
        assert {line.now.percent_text for line in answer.context["found"].lines} == {"*"}
        assert TOO_FEW in answer.content.decode()
    assert TOO_FEW not in signed_in.get(PAGE, {"by": "agency"}).content.decode()
    assert html.unescape(signed_in.get(board).content.decode()).count(tiers) == 1


def test_a_day_gone_by_is_shown_as_it_was_counted_or_as_it_is_known_now(signed_in, world):
    build = CoverageBuild.objects.get(as_at=QUARTER)
    build.cells.filter(group_kind="", scope_kind="").update(numerator=52)
    shown = {
        known: signed_in.get(PAGE, {"as_at": QUARTER, "known": known}).context["found"] for known in ("then", "now")
    }
    assert {known: (each.whole.now.numerator, each.is_kept) for known, each in shown.items()} == {
        "then": (52, True),
        "now": (53, False),
    }


def test_a_day_that_nobody_counted_is_counted_from_facts_and_says_so(signed_in):
    answer = signed_in.get(PAGE, {"as_at": "2026-08-31"})
    assert "by what is known now" in answer.content.decode()
    assert (answer.context["found"].is_kept, answer.context["found"].whole.now.numerator) == (False, 53)


def test_ends_of_quarters_outlive_ends_of_months(world):
    old = {
        date(2024, 7, 31): False,
        date(2024, 6, 30): True,
        date(2023, 12, 31): True,
        date(2023, 9, 30): False,
    }
    for day in old:
        CoverageBuild.objects.create(partnership=world.partnership, as_at=day, worked_out_at=MOMENT, milliseconds=1)
    forget_days(world.partnership, today=DAY)
    left = CoverageBuild.objects.filter(as_at__in=old).values_list("as_at", flat=True)
    assert set(left) == {day for day, is_kept in old.items() if is_kept}


@pytest.mark.parametrize(
    "typed", [{"by": "workplace"}, {"asked": "tier:Z"}, {"as_at": "2026-10-30"}, {"known": "later"}]
)
def test_what_is_not_offered_is_refused_on_the_page_and_in_files(signed_in, typed):
    answer = signed_in.get(PAGE, typed)
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert signed_in.get(reverse("explorer_csv", args=["severnshire"]), typed).status_code == 400


def test_the_files_hold_what_is_shown_and_are_audited(signed_in, col):
    answer = signed_in.get(reverse("explorer_csv", args=["severnshire"]))
    assert answer["Content-Disposition"] == 'attachment; filename="coverage-severnshire-2026-11-02-agency.csv"'
    lines = answer.content.decode().removeprefix("\ufeff").splitlines()
    assert lines == [
        "agency,asked_for,as_at,in_date,asked,percent,left_out,percent_2026-09-30,points_since_2026-09-30",
        "Council,Everything required,2026-11-02,*,12,*,0,*,",
        "Homes,Everything required,2026-11-02,20,30,67,0,67,0",
        "Severn Vale Hospitals,Everything required,2026-11-02,30,40,75,0,38,37",
        "Severnshire Police,Everything required,2026-11-02,*,20,*,0,*,",
        "Whole partnership,Everything required,2026-11-02,68,102,67,0,52,15",
    ]
    workbook = signed_in.get(reverse("explorer_xlsx", args=["severnshire"]))
    book = openpyxl.load_workbook(io.BytesIO(workbook.content))
    assert [str(cell.value or "") if cell.value != 0 else "0" for cell in list(book.active.rows)[-1]] == (
        lines[-1].split(",")
    )
    events = AuditEvent.objects.filter(verb="coverage explored")
    assert [(event.actor, event.detail["file_kind"]) for event in events.order_by("pk")] == [
        (f"user:{col.uid}", "csv"),
        (f"user:{col.uid}", "xlsx"),
    ]


def test_the_page_asks_as_much_for_four_agencies_as_for_one_role_family(signed_in, django_assert_num_queries):
    for by in ("agency", "role_family"):
        with django_assert_num_queries(12):
            signed_in.get(PAGE, {"by": by})


def test_where_a_count_takes_long_only_days_that_are_kept_are_shown(signed_in, world, monkeypatch):
    CoverageBuild.objects.update(milliseconds=5001)
    for module in ("explorer", "board"):
        monkeypatch.setattr(f"training.strategy.selectors.{module}.counted", None)
    for page in (PAGE, reverse("board", args=["severnshire"])):
        assert signed_in.get(page, {"as_at": QUARTER.isoformat()}).status_code == 200
        refused = signed_in.get(page, {"as_at": "2026-08-31"})
        assert (refused.status_code, ONLY_KEPT in refused.content.decode()) == (400, True)
        assert refused.content.decode().count('<option value="2026-09-30"') == 1
        assert '<option value="2026-08-31"' not in refused.content.decode()
    assert signed_in.get(PAGE, {"as_at": QUARTER.isoformat(), "known": "now"}).status_code == 400


def test_where_nobody_is_asked_the_funnel_says_so_as_the_table_does(client, db):
    empty = PartnershipFactory(code="empty")
    client.force_login(RoleGrantFactory(role_code="partnership_coordinator", partnership=empty).user)
    answer = client.get(reverse("explorer", args=["empty"]))
    assert [step.text for step in answer.context["funnel"].steps] == ["n/a", "n/a", "n/a"]


def test_agencies_without_a_roster_are_not_said_to_be_of_few_people(client, db):
    empty = MembershipFactory(partnership__code="empty").partnership
    client.force_login(RoleGrantFactory(role_code="partnership_coordinator", partnership=empty).user)
    answer = client.get(reverse("explorer", args=["empty"]))
    assert [line.now.mark for line in answer.context["found"].lines] == ["-"]
    assert TOO_FEW not in answer.content.decode()


def test_who_is_asked_and_left_out_stands_in_the_funnel():
    line = Line("All", Figure(mark=NOT_REQUIRED), Figure(12, 12), ())
    assert [step.text for step in _funnel(line).steps] == ["12", "n/a", "n/a"]
    line = Line("All", Figure(mark=NOT_REQUIRED), Figure(mark=HIDDEN), ())
    assert [step.text for step in _funnel(line).steps] == ["*", "n/a", "n/a"]
