"""Who is a champion to others: who has said yes themselves, whose manager agreed, and who has not stood down."""

from datetime import timedelta

import pytest
from django.utils import timezone

from champions import terms
from champions.errors import NotAChampion
from champions.models import BriefingPack, Champion, ChampionTurn
from champions.offers import Listing
from champions.selectors.circles import circles_of
from champions.selectors.facts import known
from champions.selectors.meeting_pages import sheet_people, sheet_rows
from champions.services.agreement import ask_manager
from champions.services.community import add_community_champion
from champions.services.leaving import stand_down
from champions.services.listing import opt_in, update_profile
from champions.services.network import nominate_address, record_agreement, say_yes, take_up_nominations
from champions.services.noticeboard import open_thread
from champions.services.packs import load_packs
from champions.status import Status
from tests.champions.conftest import BY
from tests.champions.test_meetings import planned
from tests.factories import DesignationFactory, ModuleFactory, RequirementFactory, RequirementVersionFactory
from training.access.clock import london_date
from training.ledger.rebuild import rebuild_standings
from training.people.models import Duty, Employment, Person, Term
from training.sso.services import prepare_login, tie_login

AREA = ("/champions/packs/", "/champions/packs/pack-1/", "/champions/noticeboard/", "/champions/meetings/")
OWN_NAME_TO_CHAMPIONS = Listing(name_to="champions", alias="Somebody")


@pytest.fixture
def area(world, db):
    """A pack, and a thread on the noticeboard."""
    load_packs()
    BriefingPack.objects.get(slug="pack-1").save_revision().publish()
    open_thread(partnership=world.partnership, title="Posters", by=BY, at=timezone.now())


@pytest.fixture
def shy(hana, moment) -> Champion:
    """Hana shows her name to champions alone."""
    update_profile(champion=hana, listing=OWN_NAME_TO_CHAMPIONS, by=BY, at=moment)
    return hana


def opens(client) -> set[int]:
    """What the pages of the area answer."""
    return {client.get(address).status_code for address in AREA}


def row_of(person, partnership, on):
    """Where somebody stands, or nothing."""
    return next(iter(known(partnership, on=on, people=[person.pk])), None)


def test_a_duty_that_a_roster_alone_says_opens_nothing(sign_in, area, shy, network, world, access_for, day):
    named = network.colleague(world.agency, "Nia", network.north)
    assert [circle.is_champion for circle in circles_of(access_for(named), on=day)] == [False]
    assert opens(sign_in(named)) == {404}
    assert "Hana" not in sign_in(named).get("/champions/").content.decode()
    with pytest.raises(NotAChampion):
        opt_in(
            person=named,
            partnership=world.partnership,
            listing=Listing(),
            terms_version=terms.VERSION,
            by=BY,
            at=timezone.now(),
        )


def test_who_said_yes_and_whose_manager_agreed_reads_what_is_for_champions(sign_in, area, shy, pola, access_for, day):
    assert opens(sign_in(pola.person)) == {200}
    assert "Hana" in sign_in(pola.person).get("/champions/").content.decode()


def test_who_has_stood_down_reads_it_no_longer_though_the_roster_says_the_duty(sign_in, area, shy, pola, moment):
    stand_down(champion=pola, by=BY, at=moment)
    assert Duty.objects.everywhere(reason="test").known_now().filter(post__employment__person=pola.person).exists()
    assert opens(sign_in(pola.person)) == {404}
    assert "Hana" not in sign_in(pola.person).get("/champions/").content.decode()


def test_a_sheet_lists_no_one_whom_the_roster_alone_names(access_for, cy, network, world, pola, day, moment):
    meeting = planned(world.partnership, moment + timedelta(days=1), at=moment)
    network.colleague(world.agency, "Nia", network.north)
    people = sheet_people(access_for(cy), meeting)
    assert [row.name for row in sheet_rows(access_for(cy), meeting, people, on=day)] == ["Pola Roster"]


def test_whom_a_roster_names_is_asked_before_the_coordinators_note_makes_them_one(network, world, day, moment):
    named = network.colleague(world.agency, "Nia", network.north)
    nominate_address(address=named.user.email, partnership=world.partnership, on=day, by=BY, at=moment)
    take_up_nominations(at=moment)
    champion = Champion.objects.everywhere(reason="test").get()
    record_agreement(champion=champion, agreed_on=day, by=BY, at=moment)
    found = row_of(named, world.partnership, day)
    assert (found.status, found.facts.life.awaits_own_yes) == (Status.NOMINATED, True)
    say_yes(champion=champion, by=BY, at=moment)
    assert row_of(named, world.partnership, day).status == Status.ACTIVE


def test_an_agreement_that_nobody_was_put_forward_for_waits_for_their_own_yes(network, world, day, moment):
    named = network.colleague(world.agency, "Nia", network.north)
    champion = Champion.objects.create(person=named, partnership=world.partnership, recorded_at=moment)
    record_agreement(champion=champion, agreed_on=day, by=BY, at=moment)
    assert row_of(named, world.partnership, day).facts.life.awaits_own_yes


def test_whoever_has_their_own_manager_asked_has_said_yes(network, world, day, moment, access_for):
    named = network.colleague(world.agency, "Nia", network.north)
    champion = Champion.objects.create(person=named, partnership=world.partnership, recorded_at=moment)
    ask_manager(champion=champion, asks="agree", address="mags@x.example", by=access_for(named).actor, at=moment)
    assert list(ChampionTurn.objects.of(champion).values_list("turn", "way")) == [("nominated", "own")]


@pytest.fixture
def rosa(world, network) -> Person:
    """Vouched for by the coordinator, signed in, and asked."""
    at = timezone.now()
    champion = add_community_champion(
        partnership=world.partnership, name="Rosa", address="rosa@home.example", locality=network.north, by=BY, at=at
    )
    user = prepare_login("rosa@home.example", at=at)
    tie_login(user, user.email, at=at)
    champion.person.refresh_from_db()
    return champion.person


def test_a_community_champion_who_has_not_answered_reads_nothing_of_champions(sign_in, area, shy, rosa):
    assert opens(sign_in(rosa)) == {404}
    assert "Hana" not in sign_in(rosa).get("/champions/").content.decode()


@pytest.mark.parametrize("page", ["answer", "stand-down"])
def test_a_community_champions_no_ends_it_as_anybodys_does(sign_in, cy, area, shy, rosa, world, page):
    seen = sign_in(rosa).post(f"/champions/me/{page}/", {"says": "no"}, follow=True)
    assert "manager" not in seen.content.decode().split("<main")[1].split("put yourself forward")[0]
    assert row_of(rosa, world.partnership, london_date(timezone.now())) is None
    assert opens(sign_in(rosa)) <= {403, 404}
    assert "Somebody" not in sign_in(rosa).get("/champions/").content.decode()
    duties = Duty.objects.everywhere(reason="test").known_now().filter(post__employment__person=rosa)
    terms_left = Term.objects.everywhere(reason="test").known_now().filter(post__employment__person=rosa)
    assert not duties.exists() and not terms_left.exists()
    for address in ("", "people/", f"{rosa.uid}/"):
        assert "Rosa" not in sign_in(cy).get(f"/champions/network/severnshire/{address}").content.decode()
    assert Person.objects.everywhere(reason="test").get(pk=rosa.pk).name == "Community champion"
    assert not Employment.objects.everywhere(reason="test").filter(work_email__startswith="rosa").exists()


def test_who_said_no_themselves_is_not_told_that_their_manager_did(sign_in, network, world, moment, day):
    named = network.colleague(world.agency, "Nia", network.north)
    nominate_address(address=named.user.email, partnership=world.partnership, on=day, by=BY, at=moment)
    take_up_nominations(at=moment)
    page = sign_in(named).post("/champions/me/answer/", {"says": "no"}, follow=True).content.decode()
    assert "You said no on" in page and "Your manager said no" not in page


def test_training_still_to_do_has_the_title_of_the_learning_page(sign_in, pola, moment):
    module = ModuleFactory(code="DA-A1")
    rule = RequirementFactory(module=module, role_group=None, designation=DesignationFactory(code="CHAMPION"))
    RequirementVersionFactory(requirement=rule)
    rebuild_standings(at=moment)
    page = sign_in(pola.person).get("/champions/me/").content.decode()
    assert module.title in page and module.neutral_title not in page.replace(module.title, "")


@pytest.mark.parametrize("page", ["put-forward", "answer"])
def test_before_anybody_says_yes_they_read_who_will_see_it(sign_in, network, world, rosa, amira, page):
    who = rosa if page == "answer" else amira
    text = sign_in(who).get(f"/champions/me/{page}/").content.decode()
    assert "your HR team" in text and "your manager" in text and "Nobody else does" not in text


def test_the_terms_name_everybody_who_may_find_one():
    assert "community champions" in terms.TERMS[0] and "coordinators" in terms.TERMS[0]
