"""Writing to a group: looked at first, taken to each by the worker, no address shown, nothing of it in the mail."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from champions.models import Addressed, Champion, GroupMessage
from champions.services import group_messages
from champions.services.attendance import note_came
from champions.services.group_messages import forget_group_messages, take_to_groups
from champions.services.leaving import stand_down
from champions.services.listing import hide
from champions.services.meetings import Plan, plan_meeting
from champions.services.network import nominate
from champions.services.requests import block
from champions.services.steps import refresh_steps
from champions.status import Way
from tests.champions.conftest import BY
from training.notices.models import Notice
from training.people.models import Person, RoleGrant

DESK = "/champions/network/severnshire/messages/"


def html(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def said(network, pola) -> dict:
    """To the champions of Northdale: pola."""
    refresh_steps(at=timezone.now())
    words = "Dear {name}, there is news"
    return {"group": "district", "district": network.north.pk, "subject": "Learning", "words": words}


def mails() -> list[Notice]:
    return list(Notice.objects.everywhere(reason="test").filter(kind="group"))


def test_it_is_looked_at_first_and_then_each_reads_their_own_on_the_site(sign_in, cy, pola, hana, said):
    looked = html(sign_in(cy).post(DESK, {**said, "look": "1"}))
    assert "It goes to 1" in looked and "Dear Pola" in looked and "@" not in looked.split("<main")[1].split("</main")[0]
    assert not mails()
    assert "It is on its way" in html(sign_in(cy).post(DESK, {**said, "send": "1"}, follow=True)) and not mails()
    assert take_to_groups(at=timezone.now()) == 1
    (mail,) = mails()
    assert (mail.address, mail.subject) == (pola.person.user.email, "Learning") and "Pola" not in mail.body
    page = f"/champions/messages/{Addressed.objects.everywhere(reason='test').get().uid}/"
    assert "Dear Pola" in html(sign_in(pola.person).get(page))
    assert page in html(sign_in(pola.person).get("/champions/letters/"))
    assert page not in html(sign_in(hana.person).get("/champions/letters/"))
    for other in (hana.person, cy):
        assert sign_in(other).get(page).status_code == 404


def test_to_who_keeps_the_coordinator_away_nothing_comes_and_no_number_tells(sign_in, cy, pola, said):
    block(owner=pola.person, address=cy.email, by=BY, at=timezone.now())
    looked = html(sign_in(cy).post(DESK, {**said, "look": "1"}))
    assert "It goes to 1" in looked and "Name withheld" in looked and "Pola" not in looked
    sign_in(cy).post(DESK, {**said, "send": "1"})
    take_to_groups(at=timezone.now())
    assert "gone to 1" in html(sign_in(cy).get(DESK))
    assert not Addressed.objects.everywhere(reason="test").exists()


def test_a_withheld_name_is_in_the_message_and_not_on_the_coordinators_page(sign_in, cy, pola, said):
    Person.objects.everywhere(reason="test").filter(pk=pola.person_id).update(is_protected=True)
    looked = html(sign_in(cy).post(DESK, {**said, "look": "1"}))
    assert "Pola" not in looked and "Name withheld" in looked
    sign_in(cy).post(DESK, {**said, "send": "1"})
    take_to_groups(at=timezone.now())
    assert "Dear Pola" in Addressed.objects.everywhere(reason="test").get().words


def test_those_who_were_not_at_a_meeting_and_those_whose_manager_has_not_agreed(
    sign_in, cy, world, network, pola, hana, said
):
    at = timezone.now()
    began = at - timedelta(days=2)
    plan = Plan(title="Past", starts_at=began, ends_at=began + timedelta(hours=2), agenda="News", minutes=60)
    held = plan_meeting(partnership=world.partnership, plan=plan, by=BY, at=began - timedelta(days=9))
    note_came(meeting=held, champion=hana, by=BY, at=at)
    for name, way, duty in (("Wim", Way.OWN, False), ("Ada", Way.COORDINATOR, False), ("Zoe", "", True)):
        waits = network.colleague(world.agency, name, network.north, duty=duty)
        nominate(person=waits, partnership=world.partnership, on=at.date(), by=BY, at=at, way=way)
    refresh_steps(at=at)
    client = sign_in(cy)
    absent = html(client.post(DESK, {**said, "group": "absent", "meeting": held.pk, "look": "1"}))
    assert "Dear Pola" in absent and "Dear Hana" not in absent
    awaiting = html(client.post(DESK, {**said, "group": "awaiting", "look": "1"}))
    assert "It goes to 2" in awaiting and "Dear Wim" in awaiting and "Dear Zoe" in awaiting
    assert "Ada" not in awaiting, "who has not said yes themselves is other staff yet"


def test_three_a_day_and_forgotten_after_a_month(sign_in, cy, pola, said):
    for number in range(4):
        last = html(sign_in(cy).post(DESK, {**said, "words": f"Number {number}", "send": "1"}))
        take_to_groups(at=timezone.now())
    assert "write again tomorrow" in last and GroupMessage.objects.count() == len(mails()) == 3
    assert forget_group_messages(at=timezone.now() + timedelta(days=29)) == 0
    assert forget_group_messages(at=timezone.now() + timedelta(days=31)) == 3
    assert "gone to 1" in (page := html(sign_in(cy).get(DESK))) and "Deleted after 30 days" in page


@pytest.fixture
def five(sign_in, cy, network, world, pola, said, monkeypatch):
    """A message to five champions of Northdale, pola the first, two of whom it has come to."""
    for number in range(4):
        network.champion(world.agency, f"More{number}", network.north)
    refresh_steps(at=timezone.now())
    monkeypatch.setattr(group_messages, "TOLD_A_TICK", 2)
    sign_in(cy).post(DESK, {**said, "send": "1"})
    take_to_groups(at=timezone.now())
    return list(Champion.objects.everywhere(reason="test").order_by("person_id"))


def reached() -> list[str]:
    return [each.address.split("@")[0] for each in sorted(mails(), key=lambda each: each.pk)]


def test_the_worker_goes_on_where_it_was_and_the_page_says_how_far_it_is(sign_in, cy, five, monkeypatch):
    assert "going out, 2 of 5 so far" in html(sign_in(cy).get(DESK))
    with monkeypatch.context() as patch:
        patch.setattr("champions.services.group_messages.notices.send", lambda **_: 1 / 0)
        assert take_to_groups(at=timezone.now()) == 0
    for _ in range(4):
        take_to_groups(at=timezone.now())
    assert reached() == ["pola", "more0", "more1", "more2", "more3"]
    assert "gone to 5" in html(sign_in(cy).get(DESK))


def test_a_message_that_fails_keeps_no_other_back(sign_in, cy, five, said, monkeypatch):
    sign_in(cy).post(DESK, {**said, "subject": "Meeting", "words": "Something else", "send": "1"})
    sends = group_messages.notices.send
    fails = lambda **said: 1 / 0 if said["subject"] == "Learning" else sends(**said)  # noqa: E731
    monkeypatch.setattr("champions.services.group_messages.notices.send", fails)
    assert take_to_groups(at=timezone.now()) == 2
    assert [each.people for each in GroupMessage.objects.order_by("pk")] == [2, 2]


@pytest.mark.parametrize(("group", "is_refused"), [("district", True), ("lapsing", False)])
def test_what_ends_is_filled_in_only_where_something_does(sign_in, cy, pola, said, group, is_refused):
    for words in ("On {ends}", "Please {do}"):
        answer = html(sign_in(cy).post(DESK, {**said, "group": group, "words": words, "look": "1"}))
        assert ("it is only for those with something that ends soon" in answer) == is_refused


def test_who_goes_before_it_has_come_to_them_gets_none_and_who_only_hides_does(cy, five):
    _, _, third, fourth, fifth = five
    stand_down(champion=third, by=BY, at=timezone.now())
    block(owner=fourth.person, address=cy.email, by=BY, at=timezone.now())
    hide(champion=fifth, by=BY, at=timezone.now())
    for _ in range(3):
        take_to_groups(at=timezone.now())
    assert reached() == ["pola", "more0", "more3"]


def test_who_goes_before_the_mail_has_left_gets_none_and_is_not_counted(sign_in, cy, five):
    first, second, *_ = five
    Notice.objects.everywhere(reason="test").filter(address=first.person.user.email).update(sent_at=timezone.now())
    for champion in (first, second):
        stand_down(champion=champion, by=BY, at=timezone.now())
    assert reached() == ["pola"], "what has left cannot be taken back"
    assert "going out, 1 of 5 so far" in html(sign_in(cy).get(DESK))


def test_what_leaves_while_somebody_goes_stays_to_be_read_and_is_counted(five, monkeypatch):
    monkeypatch.setattr("champions.services.group_messages.notices.take_back", lambda _: False)
    stand_down(champion=five[0], by=BY, at=timezone.now())
    assert reached() == ["pola", "more0"]
    assert GroupMessage.objects.get().people == 2


def test_the_same_words_go_to_a_group_once_a_day(sign_in, cy, pola, said):
    client = sign_in(cy)
    client.post(DESK, {**said, "send": "1"})
    again = html(client.post(DESK, {**said, "send": "1"}))
    assert "You have sent this to this group today." in again
    client.post(DESK, {**said, "words": "Something else", "send": "1"})
    assert GroupMessage.objects.count() == 2


def test_nobody_is_written_to_for_one_who_looks_after_the_network_no_longer(cy, five):
    RoleGrant.objects.filter(user=cy).delete()
    for _ in range(2):
        assert take_to_groups(at=timezone.now()) == 0
    assert reached() == ["pola", "more0"]


def test_sending_costs_the_same_for_one_and_for_many(sign_in, cy, five, said, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        assert sign_in(cy).post(DESK, {**said, "words": "Something else", "send": "1"}).status_code == 302


@pytest.mark.parametrize("group", ["lapsing", "awaiting", "absent", "nonsense", ""])
def test_groups_without_anybody_and_bad_input_get_a_plain_answer(sign_in, cy, pola, said, group):
    for words in ("Hello", "", "a\0b", "x" * 100_000, "{nothing} {0} %s"):
        answer = sign_in(cy).post(DESK, {**said, "group": group, "words": words, "send": "1"})
        assert answer.status_code == 200
    assert not mails()


def test_the_database_lets_a_message_come_to_nobody_twice(five):
    first = Addressed.objects.everywhere(reason="test").first()
    with pytest.raises(IntegrityError, match="UNIQUE|a_group_message_comes_to_one_once"):
        Addressed.objects.create(message=first.message, person=first.person, words="Again")
