"""The pages: an agency's, its lead's, and the coordinator's."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.factories import AgencyFactory, MembershipFactory, RoleGrantFactory
from tests.returns.conftest import BY
from training.access.clock import today
from training.people.models import RoleGroup
from training.returns import services as returns
from training.returns.limits import EVERYBODY, Declared
from training.returns.models import AgencyReturn, HeadCount, ReturnLine, ReturnTerms
from training.returns.quarters import quarter_of
from training.returns.selectors.agency import own_returns
from training.returns.selectors.partnership import returns_of
from training.returns.selectors.spread import Spread, spread
from training.strategy.selectors.board import report_for
from training.strategy.selectors.declared import agency_declared, declared_table
from training.strategy.suppress import Audience

pytestmark = pytest.mark.django_db


@pytest.fixture
def last(world):
    """The last quarter, of which Severnshire asks for returns; as pages read the clock."""
    quarter = quarter_of(today()).back()
    ReturnTerms.objects.create(
        partnership=world.partnership,
        quarter_on=quarter.starts_on,
        due_days=90,
        recorded_at=timezone.now(),
        recorded_by="test",
    )
    counts = [Declared(quarter.ends_on, EVERYBODY, 100)]
    returns.declare(agency=world.agency, counts=counts, by=BY, at=timezone.now())
    return quarter


@pytest.fixture
def at_page(client, world, last):
    """Does something on the hospital's return as somebody, and gives the page that follows."""

    def do(user, name="agency-return", *more, method="post", **data):
        client.force_login(user)
        address = reverse(name, args=[world.agency.code, world.partnership.code, last.code, *more])
        return getattr(client, method)(address, data, follow=True)

    return do


def words(answer):
    return " ".join(answer.content.decode().split())


def test_from_beginning_to_signature_without_a_script(at_page, bea, lee, line, world):
    module = line(0).module
    group = RoleGroup.objects.get(code="MIDWIFE")
    assert "Begin this return" in words(at_page(bea, method="get"))
    at_page(bea, "return-begin")
    assert "There is a return" in words(at_page(bea, "return-begin"))
    said = {"role_group": group.pk, "module": module.pk, "trained": "12", "how": "session", "evidence": "Register 7"}
    page = at_page(bea, "return-line-new", **said | {"trained": "101"})
    assert "101 is more than the 100 staff in all that could be meant" in words(page)
    page = words(at_page(bea, "return-line-new", **said))
    assert ">12</td>" in page
    assert 'Change<span class="govuk-visually-hidden"> Midwife, DA-A1</span></a>' in page
    page = at_page(bea, "return-hand-over")
    assert "Now it has to be signed: by your agency's lead" in words(page)
    assert "Sign this return" not in words(page)
    page = at_page(lee, method="get")
    assert "Sign this return" in words(page)
    shown = AgencyReturn.objects.get().versions.get().pk
    assert "Signed on" in words(at_page(lee, "return-sign", shown=shown))
    page = at_page(bea, "return-correct", reason="miscounted")
    assert "holds until the correction is signed" in words(page)


def test_what_is_wrong_is_said_on_the_page(at_page, bea, line):
    at_page(bea, "return-begin")
    page = at_page(bea, "return-hand-over")
    assert page.status_code == 400
    assert "Add a line, or say that you held no training of your own." in words(page)
    for typed in ("=1+1", "1.5", "-3"):
        page = at_page(bea, "return-line-new", trained=typed)
        assert "How many people were trained?: &#x27;" in words(page)
    page = words(at_page(bea, "return-line-new", trained=""))
    assert "Enter how many people" in page
    assert page.count("(optional)") == 1  # where the evidence is kept
    file = SimpleUploadedFile("x.csv", b"role_group,module,people_trained\nNOBODY,X,1\n")
    page = at_page(bea, "return-file", file=file)
    assert "Row 2: &#x27;NOBODY&#x27; is not the code of a role group." in words(page)
    assert not ReturnLine.objects.exists()


def test_a_line_is_changed_and_taken_out_on_its_page(at_page, bea, line):
    at_page(bea, "return-begin")
    of = AgencyReturn.objects.get()
    row = returns.set_line(of=of, line=line(12), by=BY, at=timezone.now())
    said = {"role_group": row.role_group_id, "module": row.module_id, "trained": "13", "how": "online"}
    at_page(bea, "return-line", row.pk, **said)
    row = ReturnLine.objects.get()
    assert (row.trained, row.how) == (13, "online")
    at_page(bea, "return-line-remove", row.pk)
    assert not ReturnLine.objects.exists()


def test_a_quarter_that_is_not_over_or_not_asked_for_does_not_exist(client, bea, world, last):
    client.force_login(bea)
    for code in (last.back().code, last.back(-1).code, "2026-q9", "x"):
        assert client.get(reverse("agency-return", args=["SVH", "severnshire", code])).status_code == 404


def test_the_list_shows_each_quarter_and_where_it_stands(client, bea, last):
    client.force_login(bea)
    page = words(client.get(reverse("agency-returns", args=["svh"])))
    assert last.title in page
    assert "Not begun" in page


def test_head_counts_are_declared_and_compared(client, bea, world, amira, last):
    client.force_login(bea)
    day = today()
    said = {"counted_on_day": day.day, "counted_on_month": day.month, "counted_on_year": day.year}
    address = reverse("head-counts", args=["SVH"])
    page = words(client.post(address, said | {"group": "role_group:MIDWIFE", "people": "4"}, follow=True))
    assert ">+3</td>" in page
    page = words(client.post(address, said | {"group": "role_group:MIDWIFE", "people": "four"}))
    assert "is not a whole number" in page
    rows = b"kind,group,people\nAll staff,,110\n"
    file = SimpleUploadedFile("x.csv", rows)
    client.post(reverse("head-counts-file", args=["SVH"]), said | {"file": file})
    assert HeadCount.objects.known_now().filter(counted_on=day, group="").get().people == 110


def test_the_coordinator_sees_who_is_missing_sends_back_and_closes(client, at_page, world, bea, lee, last):
    pat = RoleGrantFactory(
        user__email="pat@board.example", role_code="partnership_coordinator", partnership=world.partnership
    ).user
    at_page(bea, "return-begin")
    at_page(bea, "return-hand-over", held_none="on")
    at_page(lee, "return-sign", shown=AgencyReturn.objects.get().versions.get().pk)
    client.force_login(pat)
    ours = reverse("partnership-returns", args=["severnshire"])
    assert "Signed: 1 of 2 agencies" in words(client.get(ours))
    page = words(client.get(reverse("declared-agency", args=["severnshire", last.code, "SVH"])))
    assert ("Send this return back" in page, "No training of its own." in page) == (True, True)
    back = reverse("return-send-back", args=["severnshire", last.code, "SVH"])
    assert "The agency has been told" in words(client.post(back, {"reason": "unlikely"}, follow=True))
    assert client.get(back).status_code == 404
    assert "A number is unlikely" in words(at_page(bea, method="get"))
    client.force_login(pat)
    close = reverse("quarter-close", args=["severnshire", last.code])
    assert "what was signed later is a restatement" in words(client.post(close, follow=True))
    terms = reverse("return-terms", args=["severnshire"])
    now = quarter_of(today()).starts_on.isoformat()
    client.post(terms, {"quarter_on": now, "due_days": "21"})
    assert ReturnTerms.objects.known_now().filter(due_days=21).count() == 1


def test_a_partnership_that_asks_for_nothing_says_so(client, bea, world, col):
    client.force_login(bea)
    assert "does not ask for returns" in words(client.get(reverse("agency-returns", args=["SVH"])))
    client.force_login(col)
    assert "No returns have been asked for yet" in words(client.get(reverse("board-declared", args=["severnshire"])))


def give(world, agency, people, trained, line, quarter):
    at = timezone.now()
    returns.declare(agency=agency, counts=[Declared(quarter.ends_on, EVERYBODY, people)], by=BY, at=at)
    of = returns.begin(agency=agency, partnership=world.partnership, quarter=quarter, by=BY, at=at)
    returns.set_line(of=of, line=line(trained), by=BY, at=at)
    returns.hand_over(of=of, held_none=False, by=BY, at=at)
    of.versions.update(signed_at=at)


def test_the_spread_is_told_where_there_are_three_others(world, line, last):
    give(world, world.agency, 100, 30, line, last)
    for number, (people, trained) in enumerate(((50, 5), (20, 12), (9, 9))):
        agency = AgencyFactory(code=f"X{number}")
        MembershipFactory(partnership=world.partnership, agency=agency)
        give(world, agency, people, trained, line, last)
    asked = lambda: spread(  # noqa: E731
        world.agency, world.partnership, own_returns(world.agency, world.partnership, on=today())
    )
    assert asked() is None  # two others, and one too small
    give(world, world.neighbour, 40, 10, line, last)
    assert asked() == Spread(last, 30, 10, 60, 3)
    few = AgencyFactory(code="FEW")
    MembershipFactory(partnership=world.partnership, agency=few)
    give(world, few, 50, 4, line, last)
    assert asked() == Spread(last, 30, 10, 60, 3)  # "8 of 100" and 50 staff would tell the four


def test_the_board_sees_named_agencies_and_no_small_number(client, col, world, line, last):
    give(world, world.agency, 100, 3, line, last)
    give(world, world.neighbour, 50, 20, line, last)
    client.force_login(col)
    page = words(client.get(reverse("board-declared", args=["severnshire"])))
    told = re.findall(r'">(Severn[^<]*)(?:</a>)?</th>(.*?)</tr>', page)
    found = {title: re.findall(r">([^<>]*)</td>", cells)[3:] for title, cells in told}
    day = f"{last.ends_on.day} {last.ends_on:%B %Y}"
    assert found == {  # the twenty are hidden, too: taken from all, they would tell the three
        "Severn Vale Hospitals": [f"100 on {day}", "-", "*", "Signed"],
        "Severnshire Police": [f"50 on {day}", "-", "*", "Signed"],
    }
    assert "23, in" in page
    file = b"".join(client.get(reverse("declared-file", args=["severnshire", last.code])).streaming_content).decode()
    assert f"Severn Vale Hospitals,-,-,-,100 on {day},-,*,Signed" in file
    one = words(client.get(reverse("declared-agency", args=["severnshire", last.code, "svp"])))
    assert "In all: *." in one
    assert (">*</td>" in one, ">20</td>" in one) == (True, False)
    assert client.get(reverse("declared-agency", args=["severnshire", last.code, "nobody"])).status_code == 404


def test_a_line_of_few_people_hides_another_so_that_the_total_does_not_tell(world, line, last):
    give(world, world.agency, 100, 30, line, last)
    of = AgencyReturn.objects.get()
    version = of.versions.get()
    for code, trained in (("DA-B1", 2), ("DA-C1", 40)):
        added = line(trained, code)
        version.lines.create(role_group=added.role_group, module=added.module, trained=trained)
    found = agency_declared(world.partnership, last, "SVH")
    assert found.total.numerator == 72
    told = {each.module[:5]: each.trained.numerator_text for each in found.lines}
    assert told == {"DA-A1": "*", "DA-B1": "*", "DA-C1": "40"}
    returns.send_back(of=of, reason="unlikely", by=BY, at=timezone.now())
    found = agency_declared(world.partnership, last, "SVH")
    assert (found.lines, found.total.mark) == ((), "-")


def test_the_tables_take_as_many_queries_for_one_agency_as_for_three(world, line, last, django_assert_num_queries):
    report = report_for(world.partnership, on=today(), today=today(), at=timezone.now(), audience=Audience.PARTNERSHIP)
    give(world, world.agency, 100, 30, line, last)
    count(world, report, last, django_assert_num_queries)
    give(world, world.neighbour, 40, 10, line, last)
    give(world, MembershipFactory(partnership=world.partnership).agency, 40, 10, line, last)
    count(world, report, last, django_assert_num_queries)


def count(world, report, quarter, exactly):
    with exactly(6):
        declared_table(world.partnership, report, quarter)
    with exactly(4):
        returns_of(world.partnership, quarter)
    with exactly(4):
        own_returns(world.agency, world.partnership, on=today())
