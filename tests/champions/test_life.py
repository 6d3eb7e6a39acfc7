"""From being put forward to being a champion: who must say yes, who is asked, and links that open once."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from champions.errors import NotOpen, NotPossibleNow
from champions.models import Champion, ChampionTurn, ManagerQuestion, Nomination
from champions.selectors.facts import known
from champions.services.agreement import (
    NeedsAddress,
    answer,
    ask_again,
    ask_manager,
    confirm,
    forget_questions,
    question_at,
)
from champions.services.leaving import stand_down
from champions.services.network import (
    nominate,
    nominate_address,
    record_agreement,
    say_yes,
    take_up_nominations,
)
from champions.services.requests import block
from champions.status import Status, Way
from tests.champions.conftest import BY, post_of
from tests.factories import RoleGrantFactory, TermFactory
from training.access.actor import Actor
from training.access.clock import london_date
from training.notices.models import Notice
from training.people.models import Duty, Membership, Person, StalePost, Term

LINK = re.compile(r"/answer/([\w-]+)/")


@pytest.fixture
def nia(network, world):
    """Works at the hospital in Northdale; no roster calls her a champion, or says who her manager is."""
    return network.colleague(world.agency, "Nia", network.north, duty=False)


@pytest.fixture
def mags(network, world, nia):
    """Nia's manager, who signs in."""
    person = network.colleague(world.agency, "Mags", duty=False)
    Term.objects.everywhere(reason="test").filter(post=post_of(nia)).update(manager=post_of(person))
    return person


@pytest.fixture
def put_forward(nia, world, day, moment) -> Champion:
    """Nia has put herself forward."""
    return nominate(person=nia, partnership=world.partnership, on=day, by=BY, at=moment, way=Way.OWN)


@pytest.fixture
def now():
    """The moment at which pages answer."""
    return timezone.now()


def where(champion, on):
    """Where they stand."""
    (found,) = known(champion.partnership, on=on, people=[champion.person_id])
    return found


def turns_of(champion):
    """What has happened."""
    return list(ChampionTurn.objects.of(champion).values_list("turn", flat=True))


def mails(address):
    """What was sent there."""
    return list(Notice.objects.everywhere(reason="test").filter(address=address).order_by("pk"))


def link_sent_to(address):
    """The token in the last mail."""
    return LINK.search(mails(address)[-1].body)[1]


def ask(champion, moment, address="", **more):
    """Ask to agree."""
    return ask_manager(champion=champion, asks="agree", address=address, by=BY, at=moment, **more)


def test_one_puts_oneself_forward_and_the_manager_agrees_on_the_site(sign_in, nia, mags, world, day):
    client = sign_in(nia)
    client.post("/champions/me/put-forward/")
    assert "Mags Roster" in client.get("/champions/me/manager/").content.decode()
    assert "Wait for your manager" in client.post("/champions/me/manager/", follow=True).content.decode()
    (mail,) = mails(mags.user.email)
    assert mail.subject == "A message for you" and "hampion" not in mail.body.replace("/champions/team", "")
    page = sign_in(mags).get("/champions/team/").content.decode()
    uid = re.search(r"/champions/team/questions/([\w-]+)/", page)[1]
    sign_in(mags).post(f"/champions/team/questions/{uid}/", {"says": "yes"})
    duty = Duty.objects.everywhere(reason="test").known_now().get(post=post_of(nia))
    assert (duty.designation.code, duty.source.split(":")[0]) == ("CHAMPION", "network")
    assert StalePost.objects.everywhere(reason="test").filter(post=post_of(nia)).exists()
    turns = list(ChampionTurn.objects.everywhere(reason="test").values_list("turn", "way", "words_version"))
    assert turns == [("nominated", "own", None), ("agreed", "site", 1)]
    again = f"/champions/team/questions/{uid}/"
    for answer_again in (sign_in(mags).get(again), sign_in(mags).post(again, {"says": "no"})):
        assert "You have answered this" in answer_again.content.decode()
    assert ManagerQuestion.objects.everywhere(reason="test").get().answer == "yes"
    assert sign_in(nia).get(again).status_code == 403


def test_a_manager_without_an_account_agrees_by_a_link_that_opens_once(client, put_forward, now, network, world):
    network.colleague(world.agency, "Max", duty=False)
    ask(put_forward, now, " Max@SVH.example ", overrules=True)
    path = f"/answer/{link_sent_to('max@svh.example')}/"
    page = client.get(path).content.decode()
    assert "Nia asks for a short answer" in page
    assert "Roster" not in page and "hampion" not in page.split("<main")[1].split("</main>")[0]
    assert "hampion" not in page.split("<title>")[1].split("</title>")[0]
    assert "Thank you" in client.post(path, {"says": "yes"}).content.decode()
    assert where(put_forward, london_date(now)).status == Status.ACTIVE
    for again in (client.get(path), client.post(path, {"says": "no"}), client.get("/answer/made-up/")):
        assert again.status_code == 404
        assert "This link does not open anything" in again.content.decode()
    assert where(put_forward, london_date(now)).status == Status.ACTIVE


def test_an_agreement_from_an_address_that_no_roster_knows_is_confirmed_first(put_forward, now, sign_in, cy):
    question = ask(put_forward, now, "boss@elsewhere.example")
    answer(question=question_at(link_sent_to("boss@elsewhere.example"), at=now), says="yes", by=BY, at=now)
    assert where(put_forward, london_date(now)).status == Status.NOMINATED
    page = sign_in(cy).get("/champions/network/severnshire/").content.decode()
    assert "boss@elsewhere.example" in page and "Yes, confirm" in page
    sign_in(cy).post(f"/champions/network/severnshire/questions/{question.uid}/", {"does": "confirm"})
    assert where(put_forward, london_date(now)).status == Status.ACTIVE
    with pytest.raises(NotOpen):
        confirm(question=question, by=BY, at=now)


def test_a_friend_at_an_address_that_the_champion_gave_is_confirmed_however_often_asked(
    put_forward, now, network, world
):
    """The roster knows the address, and does not say that it is the manager's."""
    network.colleague(world.agency, "Friend", duty=False)
    first = ask(put_forward, now - timedelta(days=1), "friend@svh.example")
    again = ask_again(question=first, by=BY, at=now)
    assert (first.needs_confirming, again.needs_confirming) == (True, True)
    answer(question=question_at(link_sent_to("friend@svh.example"), at=now), says="yes", by=BY, at=now)
    assert where(put_forward, london_date(now)).status == Status.NOMINATED
    confirm(question=again, by=BY, at=now)
    assert where(put_forward, london_date(now)).status == Status.ACTIVE


def test_a_coordinator_who_is_a_champion_vouches_for_no_address_of_theirs(put_forward, nia, now, network, world):
    network.colleague(world.agency, "Friend", duty=False)
    by = Actor("user", str(nia.user.uid))
    question = ask_manager(
        champion=put_forward, asks="agree", address="friend@svh.example", overrules=True, by=by, at=now
    )
    assert question.needs_confirming


@pytest.mark.parametrize("address", ["nia@svh.example", " NIA@svh.example", "nia+boss@svh.example"])
def test_nobody_is_their_own_manager(put_forward, moment, address):
    with pytest.raises(NotPossibleNow, match="same person"):
        ask(put_forward, moment, address)


def test_nobody_is_their_own_manager_in_another_spelling(put_forward, moment):
    with pytest.raises(NotPossibleNow, match="usually written"):
        ask(put_forward, moment, '"nia"@svh.example')


def test_the_coordinator_is_warned_where_the_roster_names_another_manager(
    put_forward, nia, mags, sign_in, cy, network, world
):
    network.colleague(world.agency, "Max", duty=False)
    words = "The roster names somebody else as their manager"
    page = f"/champions/network/severnshire/{nia.uid}/ask-manager/"
    shown = sign_in(cy).post(page, {"address": "max@svh.example"}, follow=True).content.decode()
    assert words in shown
    question = ManagerQuestion.objects.of(put_forward).get()
    assert words in sign_in(cy).get("/champions/network/severnshire/").content.decode()
    sign_in(cy).post(f"/champions/network/severnshire/questions/{question.uid}/", {"does": "take_back"})
    shown = sign_in(cy).post(page, {"address": mags.user.email}, follow=True).content.decode()
    assert "has been asked" in shown and words not in shown


def test_nobody_manages_themselves_by_a_second_post(put_forward, nia, world, moment):
    second = TermFactory(post__employment=post_of(nia).employment, post__assignment_ref="second")
    Term.objects.everywhere(reason="test").filter(post__employment__person=nia).exclude(pk=second.pk).update(
        manager=second.post
    )
    with pytest.raises(NeedsAddress):
        ask(put_forward, moment)


def test_whoever_opens_their_own_link_finds_nothing(sign_in, put_forward, nia, moment):
    ask(put_forward, moment, "boss@elsewhere.example")
    assert sign_in(nia).get(f"/answer/{link_sent_to('boss@elsewhere.example')}/").status_code == 404


def test_a_link_that_was_sent_on_opens_nothing_for_whom_they_keep_away(sign_in, put_forward, nia, amira, cy, now):
    """By record, and by the login of one who has none."""
    ask(put_forward, now, "boss@elsewhere.example")
    path = f"/answer/{link_sent_to('boss@elsewhere.example')}/"
    over = sign_in(nia).get(path).content.decode().split("<main")[1].split("</main>")[0]
    for reader in (amira, cy):
        assert sign_in(reader).get(path).status_code == 200
        block(owner=nia, address=getattr(reader, "user", reader).email, by=BY, at=now)
        assert sign_in(reader).post(path, {"says": "no"}).status_code == 404
        assert sign_in(reader).get(path).content.decode().split("<main")[1].split("</main>")[0] == over
    assert ManagerQuestion.objects.of(put_forward).get().answer == ""


def test_a_link_is_over_after_fourteen_days_and_once_taken_back(put_forward, moment, sign_in, nia):
    ask(put_forward, moment, "boss@elsewhere.example")
    token = link_sent_to("boss@elsewhere.example")
    assert question_at(token, at=moment + timedelta(days=14, seconds=-1))
    assert not question_at(token, at=moment + timedelta(days=14))
    with pytest.raises(NotPossibleNow, match="asked already"):
        ask(put_forward, moment)
    later = moment + timedelta(days=15)
    ask(put_forward, later, "boss@elsewhere.example")
    sign_in(nia).post("/champions/me/manager/take-back/")
    assert not question_at(link_sent_to("boss@elsewhere.example"), at=later)


def test_of_a_link_only_its_hash_is_kept_and_in_the_end_nothing(put_forward, moment):
    question = ask(put_forward, moment, "boss@elsewhere.example")
    token = link_sent_to("boss@elsewhere.example")
    assert token not in repr(ManagerQuestion.objects.everywhere(reason="test").values().get(pk=question.pk))
    assert forget_questions(at=moment + timedelta(days=40)) == 0
    assert forget_questions(at=moment + timedelta(days=45)) == 1
    question.refresh_from_db()
    assert (question.address, question.token_hash) == ("", "")


def test_whom_one_keeps_away_is_never_asked(put_forward, nia, mags, moment):
    block(owner=nia, address=mags.user.email, by=BY, at=moment)
    with pytest.raises(NeedsAddress):
        ask(put_forward, moment)
    with pytest.raises(NotPossibleNow, match="keep"):
        ask(put_forward, moment, mags.user.email)
    ask(put_forward, moment, mags.user.email, overrules=True)
    assert not mails(mags.user.email)


def test_a_manager_kept_away_later_sees_no_question(put_forward, nia, mags, moment, sign_in):
    question = ask(put_forward, moment)
    block(owner=nia, address=mags.user.email, by=BY, at=moment)
    assert "Nia" not in sign_in(mags).get("/champions/team/").content.decode().split("Put somebody forward")[0]
    assert sign_in(mags).get(f"/champions/team/questions/{question.uid}/").status_code == 404


def test_a_manager_who_puts_somebody_forward_agrees_and_they_say_yes_themselves(sign_in, nia, mags, world, day):
    form = {"person": str(nia.uid), "agrees": "on"}
    sign_in(mags).post("/champions/team/put-forward/", form)
    champion = Champion.objects.everywhere(reason="test").get(person=nia)
    assert not Duty.objects.everywhere(reason="test").exists()
    assert "Would you like to be a champion?" in sign_in(nia).get("/champions/me/").content.decode()
    sign_in(nia).post("/champions/me/answer/", {"says": "yes"})
    assert Duty.objects.everywhere(reason="test").known_now().filter(post=post_of(nia)).exists()
    assert len(turns_of(champion)) == 3


def test_the_manager_of_another_post_puts_forward_and_agrees_to_nothing(sign_in, nia, mags, network, world, day):
    """Champions are so at their oldest post: here another agency's, whose manager has not been asked."""
    oldest = TermFactory(post__employment__person=nia, post__employment__agency=world.neighbour)
    Term.objects.everywhere(reason="test").filter(pk=oldest.pk).update(starts_on=day - timedelta(days=4000))
    sign_in(mags).post("/champions/team/put-forward/", {"person": str(nia.uid), "agrees": "on"})
    sign_in(nia).post("/champions/me/answer/", {"says": "yes"})
    assert turns_of(Champion.objects.everywhere(reason="test").get(person=nia)) == ["nominated", "accepted"]
    assert not Duty.objects.everywhere(reason="test").exists()


def test_a_manager_kept_away_agrees_to_nothing_and_reads_the_same(sign_in, nia, mags, moment):
    block(owner=nia, address=mags.user.email, by=BY, at=moment)
    form = {"person": str(nia.uid), "agrees": "on"}
    page = sign_in(mags).post("/champions/team/put-forward/", form, follow=True).content.decode()
    assert "Thank you. They are asked themselves" in page
    assert turns_of(Champion.objects.everywhere(reason="test").get(person=nia)) == ["nominated"]


def test_nobody_is_put_forward_where_there_is_no_network(sign_in, nia, mags, world):
    Membership.objects.filter(agency=world.agency).delete()
    page = sign_in(mags).post("/champions/team/put-forward/", {"person": str(nia.uid), "agrees": "on"})
    assert "belongs to no network" in page.content.decode()


def test_a_coordinator_confirms_and_notes_nothing_of_their_own(sign_in, put_forward, nia, world, now, day):
    RoleGrantFactory(user=nia.user, role_code="champion_coordinator", partnership=world.partnership)
    question = ask(put_forward, now, "boss@elsewhere.example")
    answer(question=question, says="yes", by=BY, at=now)
    client, network = sign_in(nia), "/champions/network/severnshire/"
    page = client.post(f"{network}questions/{question.uid}/", {"does": "confirm"}, follow=True).content.decode()
    assert "Somebody else must confirm it" in page
    said = {"agreed_on_day": day.day, "agreed_on_month": day.month, "agreed_on_year": day.year}
    assert "This is your own record" in client.post(f"{network}{nia.uid}/", said).content.decode()
    assert turns_of(put_forward) == ["nominated"]


def test_a_no_leaves_nobody_put_forward(sign_in, nia, mags, day, world):
    sign_in(mags).post("/champions/team/put-forward/", {"person": str(nia.uid), "agrees": "on"})
    sign_in(nia).post("/champions/me/answer/", {"says": "no"})
    assert known(world.partnership, on=day) == ()
    assert "You are not a champion" in sign_in(nia).get("/champions/me/").content.decode()


def test_nobody_outside_the_team_can_be_put_forward(sign_in, mags, amira):
    page = sign_in(mags).post("/champions/team/put-forward/", {"person": str(amira.uid), "agrees": "on"})
    assert page.status_code == 200
    assert not Champion.objects.everywhere(reason="test").exists()


def test_a_manager_who_says_no_can_be_asked_again(put_forward, mags, moment, day, sign_in, nia):
    answer(question=ask(put_forward, moment), says="no", by=BY, at=moment)
    assert known(put_forward.partnership, on=day) == ()
    nominate(person=nia, partnership=put_forward.partnership, on=day, by=BY, at=moment, way=Way.OWN)
    answer(question=ask(put_forward, moment + timedelta(hours=1)), says="yes", by=BY, at=moment + timedelta(hours=1))
    assert where(put_forward, day).status == Status.ACTIVE


def test_whoever_has_an_address_that_was_put_forward_is_asked_and_may_say_yes(sign_in, nia, world, day, moment):
    nominate_address(address=nia.user.email, partnership=world.partnership, on=day, by=BY, at=moment)
    take_up_nominations(at=moment)
    take_up_nominations(at=moment)
    assert len(mails(nia.user.email)) == 1
    assert "Somebody has put you forward" in sign_in(nia).get("/champions/me/").content.decode()
    sign_in(nia).post("/champions/me/answer/", {"says": "yes"})
    (found,) = known(world.partnership, on=day)
    assert (found.status, found.facts.awaits_agreement) == (Status.NOMINATED, True)


def test_who_is_put_forward_again_and_again_gets_one_mail_and_their_no_stands(sign_in, nia, world, day, moment):
    def again(days):
        at = moment + timedelta(days=days)
        nominate_address(address=nia.user.email, partnership=world.partnership, on=day, by=BY, at=at)
        take_up_nominations(at=at)
        return len(mails(nia.user.email))

    assert [again(days) for days in (0, 1, 30, 31)] == [1, 1, 1, 2]
    sign_in(nia).post("/champions/me/answer/", {"says": "no"})
    assert again(80) == 2
    assert "put you forward" not in sign_in(nia).get("/champions/me/").content.decode()


def test_one_who_stood_down_and_is_put_forward_again_is_asked_and_may_come_back(sign_in, pola, world, day, moment):
    stand_down(champion=pola, by=BY, at=moment)
    on, at, address = day + timedelta(days=2), moment + timedelta(days=2), pola.person.user.email
    nominate_address(address=address, partnership=world.partnership, on=on, by=BY, at=at)
    Duty.objects.everywhere(reason="test").update(ends_on=day)
    take_up_nominations(at=at)
    assert len(mails(address)) == 1
    client = sign_in(pola.person)
    assert "Somebody has put you forward" in client.get("/champions/me/").content.decode()
    client.post("/champions/me/answer/", {"says": "yes"})
    assert where(pola, on + timedelta(days=99)).facts.awaits_agreement


@pytest.mark.parametrize(("hours", "count"), [(-1, 0), (1, 1)])
def test_of_one_day_the_moments_say_whether_one_was_put_forward_after_one_stood_down(
    put_forward, nia, world, day, moment, hours, count
):
    stand_down(champion=put_forward, by=BY, at=moment)
    at = moment + timedelta(hours=hours)
    nominate_address(address=nia.user.email, partnership=world.partnership, on=day, by=BY, at=at)
    take_up_nominations(at=at)
    assert len(mails(nia.user.email)) == count


def test_nobody_is_written_to_who_has_nothing_to_answer(put_forward, nia, world, day, moment):
    """She has put herself forward already; an address put forward before she stood down is none to answer either."""
    nominate_address(address=nia.user.email, partnership=world.partnership, on=day, by=BY, at=moment)
    take_up_nominations(at=moment)
    stand_down(champion=put_forward, by=BY, at=moment + timedelta(days=1))
    nominations = Nomination.objects.everywhere(reason="test")
    nominations.update(told_at=None)
    take_up_nominations(at=moment + timedelta(days=1))
    assert not mails(nia.user.email)


def test_addresses_that_nobody_has_cost_the_same_however_many_champions(
    pola, hana, world, day, moment, django_assert_max_num_queries
):
    nominate_address(address="nobody@svh.example", partnership=world.partnership, on=day, by=BY, at=moment)
    take_up_nominations(at=moment)
    with django_assert_max_num_queries(4):
        take_up_nominations(at=moment)


def test_a_no_to_an_address_is_told_to_nobody(sign_in, nia, cy, world, day, moment):
    nominate_address(address=nia.user.email, partnership=world.partnership, on=day, by=BY, at=moment)
    before = sign_in(cy).get("/champions/network/severnshire/").content.decode().split("</h1>")[1]
    sign_in(nia).post("/champions/me/answer/", {"says": "no"})
    sign_in(nia).get("/champions/me/")
    after = sign_in(cy).get("/champions/network/severnshire/").content.decode().split("</h1>")[1]
    strip = re.compile(r'csrfmiddlewaretoken" value="[^"]*"')
    assert strip.sub("", before) == strip.sub("", after)
    assert "put you forward" not in sign_in(nia).get("/champions/me/").content.decode()
    assert Nomination.objects.everywhere(reason="test").get().person is None


def test_the_coordinators_agreement_gives_the_duty_too(put_forward, nia, day, moment):
    record_agreement(champion=put_forward, agreed_on=day, by=BY, at=moment)
    assert where(put_forward, day).status == Status.ACTIVE


def test_saying_yes_where_nothing_was_asked_changes_nothing(put_forward, moment):
    say_yes(champion=put_forward, by=BY, at=moment)
    assert len(turns_of(put_forward)) == 1


def test_a_protected_person_is_offered_to_no_manager(sign_in, nia, mags):
    Person.objects.everywhere(reason="test").filter(pk=nia.pk).update(is_protected=True)
    assert "Nia" not in sign_in(mags).get("/champions/team/").content.decode()
