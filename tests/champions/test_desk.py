"""The coordinator's desk: what waits today, in counts and in lists that are paged, narrowed and sorted."""

import html
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from champions.errors import NotPossibleNow
from champions.models import ManagerQuestion
from champions.selectors.desk import LATE, Desk, Wanted
from champions.services.agreement import LINK_LASTS, answer, ask_again, ask_manager, question_at
from champions.services.community import add_community_champion
from champions.services.enquiries import answer_enquiry, ask_network, take
from champions.services.leaving import stand_down
from champions.services.network import nominate, say_yes
from champions.services.noticeboard import open_thread, say
from champions.services.requests import ask, block
from champions.services.steps import refresh_steps
from champions.status import Way
from tests.champions.conftest import BY, post_of
from tests.factories import LocalityFactory
from training.access.clock import today
from training.notices.models import Notice
from training.people.models import Duty, Person

PEOPLE = "/champions/network/severnshire/people/"
FIGURES = ("active", "lapsing", "lapsed", "put_forward", "unanswered", "handovers", "late_requests", "districts")


@pytest.fixture
def nia(network, world, day, moment):
    """Put forward by herself, without a duty yet."""
    person = network.colleague(world.agency, "Nia", network.north, duty=False)
    return nominate(person=person, partnership=world.partnership, on=day, by=BY, at=moment, way=Way.OWN)


@pytest.fixture
def desk(access_for, cy, world, pola, hana, nia, day, moment):
    """Pola's duty ends within ten days; hana's place is in order; nia waits for her manager."""
    Duty.objects.everywhere(reason="test").filter(post=post_of(pola.person)).update(ends_on=day + timedelta(days=10))
    refresh_steps(at=moment)
    return Desk(access_for(cy), world.partnership, day, moment)


def names(desk, **wanted):
    return [each.first_name for each in desk.people(Wanted(**wanted))]


def test_what_waits_is_counted(desk, pola, amira, moment):
    assert (desk.active, desk.lapsing, desk.put_forward, desk.handovers, desk.late_requests) == (2, 1, 1, 0, 0)
    ask(sender=amira, champion=pola, about="team", urgency="week", words="", by=BY, at=moment - timedelta(days=4))
    stand_down(champion=pola, by=BY, at=moment)
    again = Desk(desk.access, desk.partnership, desk.on, moment)
    assert (again.handovers, again.late_requests) == (1, 0), "whoever asked has been told"


def test_the_list_is_narrowed_and_sorted(desk):
    assert names(desk) == ["Hana", "Pola", "Nia"], "who may not be named yet comes last"
    assert names(desk, status="lapsing") == ["Pola"]
    assert names(desk, status="nominated") == ["Nia"]
    assert names(desk, district="S") == ["Hana"]
    assert names(desk, agency_kind="police") == ["Pola"]
    assert names(desk, name="po rost") == ["Pola"]
    assert names(desk, name="nia") == [], "the name of who is no champion yet finds nobody"
    assert names(desk, sort="ends") == ["Pola", "Hana", "Nia"]


def test_a_protected_champion_is_found_by_no_name_and_stands_last(desk, hana):
    Person.objects.everywhere(reason="test").filter(pk=hana.person_id).update(is_protected=True)
    assert names(desk, name="hana") == []
    assert names(desk)[:2] == ["Pola", "Hana"]


def test_one_who_keeps_the_coordinator_away_counts_and_is_found_by_no_name(
    access_for, cy, world, desk, pola, amira, moment
):
    ask_manager(champion=pola, asks="check_in", address="boss@elsewhere.example", by=BY, at=moment - LINK_LASTS)
    ask(sender=amira, champion=pola, about="team", urgency="week", words="", by=BY, at=moment - 2 * LATE)

    def figures(of: Desk) -> list[object]:
        return [getattr(of, name) for name in FIGURES]

    before = figures(Desk(access_for(cy), world.partnership, desk.on, moment))
    block(owner=pola.person, address=cy.email, by=BY, at=moment)
    kept = Desk(access_for(cy), world.partnership, desk.on, moment)
    assert figures(kept) == before
    assert kept.active == 2 and kept.late_requests == 1
    assert names(kept)[:2] == ["Hana", "Pola"] and names(kept, name="pola") == []


@pytest.mark.parametrize(
    "query", ["", "?status=lapsing&sort=ends", "?sort=agency", "?status=nonsense", "?name=%00'%22 "]
)
def test_the_list_takes_the_same_queries_however_many_there_are(
    sign_in, cy, desk, network, world, moment, query, django_assert_max_num_queries
):
    client = sign_in(cy)
    client.get(PEOPLE)
    for number in range(3):
        network.champion(world.agency, f"More{number}", network.north)
    refresh_steps(at=moment)
    with django_assert_max_num_queries(24):
        assert client.get(PEOPLE + query).status_code == 200


def test_the_page_says_what_is_to_do_and_leads_there(sign_in, cy, desk, pola):
    ends_on = today() + timedelta(days=10)
    Duty.objects.everywhere(reason="test").filter(post=post_of(pola.person)).update(ends_on=ends_on)
    call_command("rebuild_champions")
    page = sign_in(cy).get("/champions/network/severnshire/").content.decode()
    assert "1 put forward and waiting for a yes" in page
    assert "1 lapsing: something ends within 60 days" in page
    assert "Ask your HR team whether it is to go on." in page


def _listed(answer, anchor: str) -> int:
    """How many the page lists that a number of the desk leads to."""
    lists = {"to-read": "to_read", "unanswered": "unanswered"}
    if anchor == "districts":
        desk, rows = answer.context.get("desk"), answer.context.get("districts")
        return sum(not each[2] for each in desk.districts) if desk else sum(each.is_waiting for each in rows)
    if anchor:
        return len(answer.context[lists[anchor]])
    rows, page = answer.context.get("rows"), answer.context["page"]
    assert rows is None or len(rows) == len(page.object_list)
    return page.paginator.count


@pytest.fixture
def busy(desk, network, world, amira, pola, nia, moment):
    """Something of each kind waits, and nothing twice in the same number."""
    at = timezone.now()
    east = LocalityFactory(partnership=world.partnership, code="E", title="Eastham")
    LocalityFactory(partnership=world.partnership, code="W", title="Westing")
    Duty.objects.everywhere(reason="test").filter(post=post_of(pola.person)).update(ends_on=today() + timedelta(days=9))
    boss = ask_manager(champion=nia, asks="agree", address="boss@elsewhere.example", by=BY, at=moment)
    answer(question=boss, says="yes", by=BY, at=moment)
    network.champion(world.agency, "Lost")
    una = network.colleague(world.agency, "Una", east, duty=False)
    later = nominate(person=una, partnership=world.partnership, on=desk.on, by=BY, at=moment, way=Way.OWN)
    ask_manager(champion=later, asks="agree", address="late@elsewhere.example", by=BY, at=moment - LINK_LASTS)
    stand_down(champion=network.champion(world.agency, "Gone", east), by=BY, at=moment)
    kit = {"name": "Kit", "address": "kit@home.example", "locality": east}
    say_yes(champion=add_community_champion(partnership=world.partnership, by=BY, at=at, **kit), by=BY, at=at)
    thread = open_thread(partnership=world.partnership, title="Posters", by=BY, at=at)
    say(thread=thread, author=pola, words="Hello", by=BY, at=at)
    first, *_ = [ask_network(asker=amira, partnership=world.partnership, words=each, by=BY, at=at) for each in "abc"]
    take(enquiry=first, champion=pola, by=BY, at=at)
    answer_enquiry(enquiry=first, champion=pola, words="Yes", by=BY, at=at)
    call_command("rebuild_champions")


def test_every_number_opens_the_list_that_it_counts(sign_in, cy, busy):
    client, own = sign_in(cy), "/champions/network/severnshire/"
    numbers = re.findall(r'href="([/#][^"]*)">(\d+)', client.get(own).content.decode())
    found = {}
    for address, number in numbers:
        path, _, anchor = html.unescape(address).partition("#")
        assert (address, _listed(client.get(path or own), anchor)) == (address, int(number))
        found[address.removeprefix(own)] = int(number)
    assert found == {
        "#districts": 1,
        "asked/?waits=confirm": 1,
        "asked/?waits=over": 1,
        "enquiries/#to-read": 1,
        "enquiries/#unanswered": 2,
        "hand-overs/": 1,
        "meetings/#districts": 4,
        "noticeboard/": 1,
        "people/?status=counted&amp;agency_kind=community": 1,
        "people/?status=counted&amp;agency_kind=employed": 3,
        "people/?status=counted&amp;district=-": 1,
        "people/?status=counted&amp;district=E": 1,
        "people/?status=counted&amp;district=N": 1,
        "people/?status=counted&amp;district=S": 1,
        "people/?status=lapsing&amp;sort=ends": 1,
        "people/?status=nominated": 2,
    }


def links():
    return [
        each.body.split("/answer/")[1].split("/")[0]
        for each in Notice.objects.everywhere(reason="test").order_by("pk")
        if "/answer/" in each.body
    ]


def test_a_manager_is_asked_again_by_one_press_and_the_old_link_is_over(sign_in, cy, nia, moment):
    first = ask_manager(champion=nia, asks="agree", address="boss@elsewhere.example", by=BY, at=moment)
    with pytest.raises(NotPossibleNow):
        ask_again(question=first, by=BY, at=moment)
    client = sign_in(cy)
    assert "who did not answer in time" in client.get("/champions/network/severnshire/").content.decode()
    path = f"/champions/network/severnshire/questions/{first.uid}/"
    client.post(path, {"does": "ask_again"})
    old, new = links()
    rows = ManagerQuestion.objects.everywhere(reason="test").order_by("pk")
    assert [bool(each.withdrawn_at) for each in rows] == [True, False]
    assert question_at(old, at=moment) is None
    assert question_at(new, at=rows[1].asked_at) == rows[1]
    assert "Asked 2 times" in client.get("/champions/network/severnshire/asked/").content.decode()
