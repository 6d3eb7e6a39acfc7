"""Standing down, and leaving by a roster: hidden at once, whoever asked is told, and a task is left."""

from datetime import timedelta

import pytest

from champions import terms
from champions.errors import NotPossibleNow
from champions.models import Champion, ChampionProfile, ChampionStep, ContactRequest, Handover
from champions.selectors.facts import known
from champions.services.agreement import answer, ask_manager
from champions.services.leaving import close_handover, see_leavers, stand_down
from champions.services.network import nominate, record_agreement
from champions.services.requests import ask, block
from champions.services.steps import refresh_steps
from champions.status import Status, Way
from tests.champions.conftest import BY, post_of
from tests.factories import DesignationFactory, DutyFactory, TermFactory
from tests.people.roster.files import csv_file, row
from training.audit.models import AuditEvent
from training.people.models import Duty, Employment, Term
from training.people.roster.apply import apply_import
from training.people.roster.stage import stage_import
from training.people.roster.undo import undo_import


def where(champion, on):
    """Where they stand."""
    (found,) = known(champion.partnership, on=on, people=[champion.person_id])
    return found


def handovers():
    """Every hand-over: why, whether it is over."""
    return list(Handover.objects.everywhere(reason="test").values_list("why", "back_at"))


def asked(sender, champion, moment):
    """A request that waits."""
    return ask(sender=sender, champion=champion, about="team", urgency="week", words="Please", by=BY, at=moment)


@pytest.fixture
def given(network, world, day, moment):
    """Agreed to by a manager; only the network says the duty."""
    person = network.colleague(world.agency, "Nia", network.north, duty=False)
    champion = nominate(person=person, partnership=world.partnership, on=day, by=BY, at=moment, way=Way.OWN)
    record_agreement(champion=champion, agreed_on=day, by=BY, at=moment)
    return champion


def test_standing_down_ends_what_the_network_said_and_leaves_a_task(given, amira, day, moment, sign_in):
    ChampionProfile.objects.create(champion=given, is_listed=True, terms_version=terms.VERSION, agreed_at=moment)
    request, later = asked(amira, given, moment), moment + timedelta(days=9)
    stand_down(champion=given, by=BY, at=later, reason="time", wish="wanted")
    (duty,) = Duty.objects.everywhere(reason="test").known_now()
    assert (duty.starts_on, duty.ends_on) == (day, day + timedelta(days=8))
    assert where(given, day + timedelta(days=8)).status.is_active
    assert where(given, day + timedelta(days=9)).status == Status.STOOD_DOWN
    request.refresh_from_db()
    assert request.get_reply_display() == "They cannot answer now. Please ask another champion"
    assert handovers() == [("stood_down", None)]
    assert see_leavers(at=later) == 0


def test_one_who_returns_is_agreed_to_anew_and_the_task_is_over(given, day, moment, network, world):
    boss = network.colleague(world.agency, "Boss", duty=False)
    stand_down(champion=given, by=BY, at=moment + timedelta(days=1))
    back = moment + timedelta(days=30)
    again = nominate(
        person=given.person, partnership=given.partnership, on=day + timedelta(days=30), by=BY, at=back, way=Way.OWN
    )
    assert (again, where(given, day + timedelta(days=30)).status) == (given, Status.NOMINATED)
    question = ask_manager(champion=given, asks="agree", address=boss.user.email, by=BY, at=back, overrules=True)
    answer(question=question, says="yes", by=BY, at=back)
    assert where(given, day + timedelta(days=30)).status == Status.ACTIVE
    assert handovers() == [("stood_down", back)]
    turns = list(given.turns.everywhere(reason="test").values_list("turn", flat=True))
    assert turns == ["nominated", "agreed", "stood_down", "nominated", "agreed"]


@pytest.fixture
def roster(world, day, moment):
    """Loads a roster of the hospital."""
    moments = iter(moment + timedelta(hours=each) for each in range(1, 9))

    def load(*rows):
        at = next(moments)
        staged = stage_import(world.agency, csv_file(*rows), as_at=day, is_full=True, by=BY, at=at)
        return apply_import(staged, by=BY, at=at, is_overruled=True)

    return load


def test_a_leaver_in_a_roster_file_leaves_a_task_the_same_day_and_undoing_takes_it_back(
    roster, world, amira, day, moment, cy, sign_in
):
    DesignationFactory(code="CHAMPION")
    stays = row(employee_ref="2", assignment_ref="2", last_name="Stays")
    roster(row(employee_ref="1", assignment_ref="1", last_name="Goes", designations="CHAMPION"), stays)
    duty = Duty.objects.everywhere(reason="test").known_now().get(designation__code="CHAMPION")
    person = duty.post.employment.person
    before = day - timedelta(days=9)
    champion = nominate(person=person, partnership=world.partnership, on=before, by=BY, at=moment)
    record_agreement(champion=champion, agreed_on=before, by=BY, at=moment)
    ChampionProfile.objects.create(champion=champion, is_listed=True, terms_version=terms.VERSION, agreed_at=moment)
    request = asked(amira, champion, moment)
    gone = roster(stays)
    assert where(champion, day).status == Status.STOOD_DOWN
    at = moment + timedelta(hours=3)
    assert [see_leavers(at=at), see_leavers(at=at)] == [1, 0]
    assert handovers() == [("left", None)]
    assert not ChampionProfile.objects.of(champion).get().is_listed
    request.refresh_from_db()
    assert request.reply == ContactRequest.Reply.GONE
    assert (
        "Their post or duty ended on the roster" in sign_in(cy).get("/champions/network/severnshire/").content.decode()
    )
    undo_import(gone, by=BY, at=at)
    see_leavers(at=at + timedelta(minutes=1))
    assert handovers() == [("left", at + timedelta(minutes=1))]


def test_a_move_to_another_job_says_so_and_asks_the_person(pola, world, day, moment, sign_in):
    Term.objects.everywhere(reason="test").filter(post=post_of(pola.person)).update(ends_on=day)
    TermFactory(post__employment__person=pola.person, post__employment__agency=world.agency)
    see_leavers(at=moment + timedelta(days=1))
    assert handovers() == [("moved", None)]
    page = sign_in(pola.person).get("/champions/me/").content.decode()
    assert "Put myself forward again" in page


@pytest.mark.parametrize("names_them", [True, False])
def test_a_file_may_say_that_they_left_before_they_agreed(roster, world, day, moment, names_them):
    """Put forward and agreed to on the day on which the file says that the day before was their last."""
    DesignationFactory(code="CHAMPION")
    stays = row(employee_ref="2", assignment_ref="2", last_name="Stays")
    goes = {"designations": "CHAMPION"} if names_them else {}
    roster(row(employee_ref="1", assignment_ref="1", last_name="Goes", **goes), stays)
    person = Employment.objects.within(world.agency).get(employee_ref="1").person
    champion = nominate(person=person, partnership=world.partnership, on=day, by=BY, at=moment)
    record_agreement(champion=champion, agreed_on=day, by=BY, at=moment)
    roster(stays)
    refresh_steps(at=moment)
    assert where(champion, day).status == Status.STOOD_DOWN
    assert ChampionStep.objects.everywhere(reason="test").current_on(day).get().status == Status.STOOD_DOWN
    assert (see_leavers(at=moment), handovers()) == (1, [("left", None)])


def test_one_who_left_and_is_put_forward_before_the_worker_looks_leaves_a_task(pola, world, day, moment):
    """And the agreement was for the post that ended: the new manager is asked."""
    Term.objects.everywhere(reason="test").filter(post=post_of(pola.person)).update(ends_on=day)
    TermFactory(post__employment__person=pola.person, post__employment__agency=world.agency)
    then, at = day + timedelta(days=3), moment + timedelta(days=3)
    nominate(person=pola.person, partnership=world.partnership, on=then, by=BY, at=at, way=Way.OWN)
    assert handovers() == [("moved", None)]
    assert (where(pola, then).status, where(pola, then).facts.awaits_agreement) == (Status.NOMINATED, True)
    assert where(pola, day + timedelta(days=2)).status == Status.STOOD_DOWN
    record_agreement(champion=pola, agreed_on=then, by=BY, at=at)
    assert where(pola, then).status == Status.ACTIVE
    assert handovers() == [("moved", at)]


def test_of_two_places_that_ended_the_later_end_counts(pola, world, day):
    """The duty at the newer post ended first, while that post went on: what they left last is where they were."""
    older = post_of(pola.person)
    newer = TermFactory(
        post__employment__person=pola.person, post__employment__agency=world.agency, starts_on=day - timedelta(days=9)
    ).post
    duties = Duty.objects.everywhere(reason="test")
    DutyFactory(
        post=newer,
        designation=duties.get().designation,
        starts_on=day - timedelta(days=9),
        ends_on=day + timedelta(days=5),
    )
    Term.objects.everywhere(reason="test").filter(post=older).update(ends_on=day + timedelta(days=20))
    Term.objects.everywhere(reason="test").filter(post=newer).update(ends_on=day + timedelta(days=50))
    assert (where(pola, day + timedelta(days=10)).post, where(pola, day + timedelta(days=60)).post) == (older, older)
    assert where(pola, day + timedelta(days=60)).facts.duty_ended_on == day + timedelta(days=20)


def test_one_whom_the_roster_still_names_elsewhere_has_not_left(pola, world, day, moment):
    Term.objects.everywhere(reason="test").filter(post=post_of(pola.person)).update(ends_on=day)
    second = TermFactory(post__employment__person=pola.person, post__employment__agency=world.agency)
    DutyFactory(
        post=second.post,
        designation=Duty.objects.everywhere(reason="test").first().designation,
        starts_on=day - timedelta(days=1),
    )
    Term.objects.everywhere(reason="test").filter(post=second.post).update(ends_on=day + timedelta(days=9))
    assert see_leavers(at=moment + timedelta(days=1)) == 0
    stood = [where(pola, day + timedelta(days=days)) for days in (0, 1, 10)]
    assert [(it.post, it.status.is_agreed) for it in stood] == [
        (second.post, True),
        (second.post, True),
        (second.post, False),
    ]


def test_looking_for_leavers_takes_few_queries(pola, hana, moment, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        see_leavers(at=moment)


def test_one_who_left_by_the_roster_and_then_stands_down_leaves_one_task(pola, day, moment):
    Term.objects.everywhere(reason="test").filter(post=post_of(pola.person)).update(ends_on=day)
    see_leavers(at=moment + timedelta(days=1))
    stand_down(champion=pola, by=BY, at=moment + timedelta(days=2))
    assert handovers() == [("left", None)]
    assert AuditEvent.objects.filter(verb="handover opened").count() == 1


def test_the_coordinator_says_what_came_of_it(sign_in, cy, given, moment):
    stand_down(champion=given, by=BY, at=moment)
    handover = Handover.objects.everywhere(reason="test").get()
    path = f"/champions/network/severnshire/hand-overs/{handover.uid}/"
    page = sign_in(cy).post(path, {"outcome": "waiting"}, follow=True).content.decode()
    assert "Waiting for the agency" in page
    page = sign_in(cy).post(path, {"outcome": "successor"}, follow=True).content.decode()
    assert "Hand-overs" not in page
    with pytest.raises(NotPossibleNow):
        close_handover(handover=handover, outcome="waiting", by=BY, at=moment)


def test_a_coordinator_kept_away_sees_the_task_and_no_name(sign_in, cy, given, moment):
    block(owner=given.person, address=cy.email, by=BY, at=moment)
    stand_down(champion=given, by=BY, at=moment)
    page = sign_in(cy).get("/champions/network/severnshire/").content.decode()
    assert "Hand-overs" in page and "Name withheld" in page and given.person.last_name not in page


def test_one_stands_down_from_ones_own_page(sign_in, pola):
    client = sign_in(pola.person)
    client.post("/champions/me/stand-down/", {"reason": "time", "wish": "known"})
    assert "You have stood down" in client.get("/champions/me/").content.decode()
    assert not ChampionProfile.objects.of(pola).get().is_listed
    assert Handover.objects.everywhere(reason="test").get().wish == "known"


def test_one_only_put_forward_takes_it_back(sign_in, network, world, day, moment):
    person = network.colleague(world.agency, "Nia", duty=False)
    champion = nominate(person=person, partnership=world.partnership, on=day, by=BY, at=moment, way=Way.OWN)
    ask_manager(champion=champion, asks="agree", address="boss@elsewhere.example", by=BY, at=moment)
    assert "Who comes after" not in sign_in(person).get("/champions/me/stand-down/").content.decode()
    sign_in(person).post("/champions/me/stand-down/")
    assert known(world.partnership, on=day + timedelta(days=99)) == ()
    assert not champion.questions.everywhere(reason="test").filter(withdrawn_at=None).exists()
    assert Champion.objects.everywhere(reason="test").count() == 1


def test_a_duty_that_is_still_to_come_has_not_ended_with_what_the_post_was_before(network, world, day):
    person = network.agreed(world.neighbour, "Early")
    post = post_of(person)
    Term.objects.everywhere(reason="test").filter(post=post).update(ends_on=day - timedelta(days=100))
    TermFactory(post=post, starts_on=day)
    Duty.objects.everywhere(reason="test").filter(post=post).update(starts_on=day)
    assert known(world.partnership, on=day - timedelta(days=50)) == ()
    (found,) = known(world.partnership, on=day)
    assert found.status is Status.ACTIVE
