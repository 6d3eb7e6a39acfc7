"""A standing-down that was a mistake: as before from that day on, nothing erased, and nobody a champion against their
will."""

from datetime import timedelta

import pytest

from champions import terms
from champions.errors import NotPossibleNow
from champions.models import ChampionProfile, Handover
from champions.selectors.facts import known
from champions.services.agreement import answer, ask_manager
from champions.services.community import add_community_champion, end_community_champion, forget_community_champion
from champions.services.leaving import stand_down
from champions.services.listing import opt_in
from champions.services.network import nominate, say_yes
from champions.services.taking_back import take_back_community_ending, take_back_standing_down
from champions.status import Status, Way
from tests.champions.conftest import BY, EVERYTHING, post_of
from tests.factories import RoleGrantFactory
from training.access.actor import Actor
from training.notices.models import Notice
from training.people.models import Duty, Term

MISTAKE = {"reason": "person", "by": BY}


@pytest.fixture
def nia(network, world, day, moment):
    """A champion by agreement alone, and listed."""
    person = network.colleague(world.agency, "Nia", network.north, duty=False)
    champion = nominate(person=person, partnership=world.partnership, on=day, by=BY, at=moment, way=Way.OWN)
    said = {"asks": "agree", "address": "boss@svh.example", "overrules": True}
    network.colleague(world.agency, "Boss", duty=False)
    answer(question=ask_manager(champion=champion, by=BY, at=moment, **said), says="yes", by=BY, at=moment)
    return opt_in(
        person=person, partnership=world.partnership, listing=EVERYTHING, terms_version=terms.VERSION, by=BY, at=moment
    )


def where(champion, on):
    """Where they stand."""
    (found,) = known(champion.partnership, on=on, people=[champion.person_id])
    return found.status


def is_listed(champion):
    """Whether they can be found."""
    return ChampionProfile.objects.of(champion).get().is_listed


def test_a_coordinators_mistake_is_mended_whole_and_stays_on_record(nia, day, moment):
    stand_down(champion=nia, by=BY, at=moment + timedelta(days=3))
    mails = Notice.objects.everywhere(reason="test").filter(user=nia.person.user)
    before, later = mails.count(), moment + timedelta(days=5)
    take_back_standing_down(champion=nia, **MISTAKE, at=later)
    assert [where(nia, day + timedelta(days=days)) for days in (3, 4, 5)] == [
        Status.STOOD_DOWN,
        Status.STOOD_DOWN,
        Status.ACTIVE,
    ]
    duties = Duty.objects.everywhere(reason="test").known_now().filter(post=post_of(nia.person))
    assert [(it.starts_on, it.ends_on) for it in duties.order_by("starts_on")] == [
        (day, day + timedelta(days=2)),
        (day + timedelta(days=5), None),
    ]
    assert is_listed(nia)
    assert Handover.objects.everywhere(reason="test").get().back_at == later
    assert mails.count() == before + 1
    assert mails.latest("pk").subject == "A message for you"
    last = nia.turns.everywhere(reason="test").last()
    assert (last.turn, last.reason, last.happened_on) == ("taken_back", "person", day + timedelta(days=5))


def test_whoever_stood_down_themselves_is_asked_and_stays_hidden(nia, day, moment):
    stand_down(champion=nia, by=Actor("user", str(nia.person.user.uid)), at=moment)
    take_back_standing_down(champion=nia, **MISTAKE, at=moment + timedelta(days=1))
    on, later = day + timedelta(days=1), moment + timedelta(days=1)
    assert (where(nia, on), is_listed(nia)) == (Status.NOMINATED, False)
    say_yes(champion=nia, by=BY, at=later)
    assert (where(nia, on), is_listed(nia)) == (Status.ACTIVE, False)


def test_who_was_hidden_before_stays_hidden(nia, moment):
    ChampionProfile.objects.of(nia).update(is_listed=False)
    stand_down(champion=nia, by=BY, at=moment)
    take_back_standing_down(champion=nia, **MISTAKE, at=moment)
    assert not is_listed(nia)


def test_only_what_was_a_mistake_lately_and_of_somebody_else_is_taken_back(nia, day, moment, world):
    with pytest.raises(NotPossibleNow, match="have not stood down"):
        take_back_standing_down(champion=nia, **MISTAKE, at=moment)
    stand_down(champion=nia, by=BY, at=moment)
    own = Actor("user", str(nia.person.user.uid))
    with pytest.raises(NotPossibleNow, match="your own record"):
        take_back_standing_down(champion=nia, reason="person", by=own, at=moment)
    with pytest.raises(NotPossibleNow, match="30 days"):
        take_back_standing_down(champion=nia, **MISTAKE, at=moment + timedelta(days=31))
    Term.objects.everywhere(reason="test").filter(post=post_of(nia.person)).update(ends_on=day)
    with pytest.raises(NotPossibleNow, match="has ended"):
        take_back_standing_down(champion=nia, **MISTAKE, at=moment + timedelta(days=1))
    nominate(person=nia.person, partnership=world.partnership, on=day, by=BY, at=moment, way=Way.OWN)
    with pytest.raises(NotPossibleNow, match="come back since"):
        take_back_standing_down(champion=nia, **MISTAKE, at=moment)


def test_a_community_champions_place_goes_on_unless_their_name_is_deleted(network, world, day, moment):
    said = {"name": "Jo", "address": "jo@home.example", "locality": network.north}
    champion = add_community_champion(partnership=world.partnership, **said, by=BY, at=moment)
    say_yes(champion=champion, by=BY, at=moment)
    end_community_champion(champion=champion, by=BY, at=moment + timedelta(days=3))
    take_back_community_ending(champion=champion, **MISTAKE, at=moment + timedelta(days=4))
    assert where(champion, day + timedelta(days=4)) == Status.ACTIVE
    forget_community_champion(champion=champion, by=BY, at=moment + timedelta(days=5))
    with pytest.raises(NotPossibleNow, match="deleted"):
        take_back_community_ending(champion=champion, **MISTAKE, at=moment + timedelta(days=5))


def test_the_coordinator_takes_it_back_on_their_page(sign_in, cy, nia, world):
    client, path = sign_in(cy), f"/champions/network/severnshire/{nia.person.uid}/"
    client.post(f"{path}stand-down/", {"reason": "", "wish": ""})
    assert "Choose what the mistake was" in client.post(f"{path}take-back/", {}, follow=True).content.decode()
    assert "Taken back" in client.post(f"{path}take-back/", {"reason": "person"}, follow=True).content.decode()
    RoleGrantFactory(user=nia.person.user, role_code="champion_coordinator", partnership=world.partnership)
    client.post(f"{path}stand-down/", {"reason": "", "wish": ""})
    page = sign_in(nia.person).post(f"{path}take-back/", {"reason": "person"}, follow=True).content.decode()
    assert "This is your own record" in page
