"""Writing to a group: looked at first, no address shown, nothing of it in the mail."""

from datetime import timedelta

import pytest
from django.utils import timezone

from champions.models import Addressed, GroupMessage
from champions.services.attendance import note_came
from champions.services.group_messages import forget_group_messages
from champions.services.meetings import Plan, plan_meeting
from champions.services.network import nominate
from champions.services.requests import block
from champions.services.steps import refresh_steps
from tests.champions.conftest import BY
from training.notices.models import Notice
from training.people.models import Person

DESK = "/champions/network/severnshire/messages/"


def html(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def said(network, pola) -> dict:
    """To the champions of Northdale: pola."""
    refresh_steps(at=timezone.now())
    words = "Dear {name}, look at {ends}: {do}"
    return {"group": "district", "district": network.north.pk, "subject": "Learning", "words": words}


def mails() -> list[Notice]:
    return list(Notice.objects.everywhere(reason="test").filter(kind="group"))


def test_it_is_looked_at_first_and_then_each_reads_their_own_on_the_site(sign_in, cy, pola, hana, said):
    looked = html(sign_in(cy).post(DESK, {**said, "look": "1"}))
    assert "It goes to 1" in looked and "Dear Pola" in looked and "@" not in looked.split("<main")[1].split("</main")[0]
    assert not mails()
    sign_in(cy).post(DESK, {**said, "send": "1"})
    (mail,) = mails()
    assert (mail.address, mail.subject) == (pola.person.user.email, "Learning") and "Pola" not in mail.body
    page = f"/champions/messages/{Addressed.objects.everywhere(reason='test').get().uid}/"
    assert "Dear Pola" in html(sign_in(pola.person).get(page))
    for other in (hana.person, cy):
        assert sign_in(other).get(page).status_code == 404


def test_who_keeps_the_coordinator_away_is_in_no_group_and_no_count(sign_in, cy, pola, said):
    block(owner=pola.person, address=cy.email, by=BY, at=timezone.now())
    assert "It goes to 0" in html(sign_in(cy).post(DESK, {**said, "look": "1"}))
    assert "between 1 and 500" in html(sign_in(cy).post(DESK, {**said, "send": "1"})) and not mails()


def test_a_withheld_name_is_in_the_message_and_not_on_the_coordinators_page(sign_in, cy, pola, said):
    Person.objects.everywhere(reason="test").filter(pk=pola.person_id).update(is_protected=True)
    looked = html(sign_in(cy).post(DESK, {**said, "look": "1"}))
    assert "Pola" not in looked and "Name withheld" in looked
    sign_in(cy).post(DESK, {**said, "send": "1"})
    assert "Dear Pola" in Addressed.objects.everywhere(reason="test").get().words


def test_those_who_were_not_at_a_meeting_and_those_whose_manager_has_not_agreed(
    sign_in, cy, world, network, pola, hana, said
):
    at = timezone.now()
    began = at - timedelta(days=2)
    plan = Plan(title="Past", starts_at=began, ends_at=began + timedelta(hours=2), agenda="News", minutes=60)
    held = plan_meeting(partnership=world.partnership, plan=plan, by=BY, at=began - timedelta(days=9))
    note_came(meeting=held, champion=hana, by=BY, at=at)
    waits = network.colleague(world.agency, "Wim", network.north)
    nominate(person=waits, partnership=world.partnership, on=at.date(), by=BY, at=at)
    refresh_steps(at=at)
    client = sign_in(cy)
    absent = html(client.post(DESK, {**said, "group": "absent", "meeting": held.pk, "look": "1"}))
    assert "Dear Pola" in absent and "Dear Hana" not in absent
    awaiting = html(client.post(DESK, {**said, "group": "awaiting", "look": "1"}))
    assert "It goes to 1" in awaiting and "Dear Wim" in awaiting


def test_three_a_day_and_forgotten_after_a_month(sign_in, cy, pola, said):
    for _ in range(4):
        last = html(sign_in(cy).post(DESK, {**said, "send": "1"}))
    assert "write again tomorrow" in last and GroupMessage.objects.count() == len(mails()) == 3
    assert forget_group_messages(at=timezone.now() + timedelta(days=29)) == 0
    assert forget_group_messages(at=timezone.now() + timedelta(days=31)) == 3


@pytest.mark.parametrize("group", ["lapsing", "awaiting", "absent", "nonsense", ""])
def test_groups_without_anybody_and_bad_input_get_a_plain_answer(sign_in, cy, pola, said, group):
    for words in ("Hello", "", "a\0b", "x" * 100_000, "{nothing} {0} %s"):
        answer = sign_in(cy).post(DESK, {**said, "group": group, "words": words, "send": "1"})
        assert answer.status_code == 200
    assert not mails()
