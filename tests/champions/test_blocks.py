"""Whom a champion keeps away finds an ordinary directory without that champion, and cannot tell."""

import re
from datetime import timedelta

import pytest
from django.db import connection

from champions.errors import NotToBeFound
from champions.known_as import plain_address, tokens
from champions.models import Block, Champion, ContactRequest, ManagerQuestion, kept_apart
from champions.models.blocks import LOOKED_UP_EVERY
from champions.services import requests
from champions.services.blocks import look_up, look_up_blocks
from champions.services.listing import hide
from champions.services.requests import MOST_BLOCKS, ask, block, unblock
from champions.services.steps import refresh_steps
from champions.tasks import TICKS
from tests.champions.conftest import BY
from tests.conftest import MOMENT
from tests.factories import UserFactory
from training.access.access import Access
from training.audit.models import AuditEvent
from training.people.models import Employment, Person, User


def plain(answer) -> str:
    """The page without what differs from one request to the next."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", answer.content.decode())


def test_the_blocked_see_the_directory_as_if_the_champion_had_never_been_listed(sign_in, amira, pola, hana, moment):
    pola.profile.is_listed = False
    pola.profile.save()
    without = plain(sign_in(amira).get("/champions/"))
    pola.profile.is_listed = True
    pola.profile.save()
    block(owner=pola.person, person=amira, by=BY, at=moment)
    assert plain(sign_in(amira).get("/champions/")) == without
    assert "Hana Roster" in without


def test_the_blocked_cannot_ask(sign_in, amira, pola, moment):
    client = sign_in(amira)
    assert client.get(f"/champions/{pola.uid}/ask/").status_code == 200
    block(owner=pola.person, person=amira, by=BY, at=moment)
    assert client.get(f"/champions/{pola.uid}/ask/").status_code == 404
    assert client.post(f"/champions/{pola.uid}/ask/", {"about": "team", "urgency": "week"}).status_code == 404


@pytest.mark.parametrize("address", ["AMIRA@svh.example", "cy@network.example"])
def test_a_block_by_address_holds_for_person_and_login(sign_in, amira, cy, pola, moment, address):
    block(owner=pola.person, address=address, by=BY, at=moment)
    blocked = User.objects.get(email=address.lower())
    assert "Pola" not in sign_in(blocked).get("/champions/").content.decode()


def test_a_block_by_address_holds_after_the_address_has_changed(sign_in, amira, pola, moment):
    block(owner=pola.person, address="amira@svh.example", by=BY, at=moment)
    Employment.objects.everywhere(reason="test").filter(person=amira).update(work_email="new@svp.example")
    User.objects.filter(pk=amira.user_id).update(email="new@svp.example")
    assert "Pola" not in sign_in(User.objects.get(pk=amira.user_id)).get("/champions/").content.decode()
    assert "Amira" not in sign_in(pola.person).get("/champions/me/").content.decode()


def test_one_blocked_by_address_and_by_request_is_blocked_once_each_way(amira, pola, moment):
    for _ in range(2):
        block(owner=pola.person, address="amira@svh.example", by=BY, at=moment)
        block(owner=pola.person, person=amira, by=BY, at=moment)
    assert Block.objects.everywhere(reason="test").count() == 1


def test_the_coordinator_who_is_blocked_reads_every_count_and_no_name(sign_in, cy, pola, moment):
    refresh_steps(at=moment)
    assert "Pola Roster" in sign_in(cy).get("/champions/network/severnshire/people/").content.decode()
    block(owner=pola.person, address=cy.email, by=BY, at=moment)
    assert "Pola" not in sign_in(cy).get("/champions/network/severnshire/people/").content.decode()
    after = sign_in(cy).get("/champions/network/severnshire/").content.decode()
    assert "Pola" not in after
    assert "1 active champion" in after
    one = sign_in(cy).get(f"/champions/network/severnshire/{pola.person.uid}/").content.decode()
    assert "Name withheld" in one and "Pola" not in one


@pytest.mark.parametrize("address", ["pola@svp.example", "cy@network.example", "anybody@elsewhere.example"])
@pytest.mark.parametrize("is_protected", [True, False])
def test_no_address_that_the_coordinator_gives_tells_whose_name_is_withheld(
    sign_in, cy, pola, moment, address, is_protected
):
    """Else 'this is the same person's address' would name them, and a link to one's own address would greet by name."""
    if is_protected:
        Person.objects.everywhere(reason="test").filter(pk=pola.person_id).update(is_protected=True)
    else:
        block(owner=pola.person, address=cy.email, by=BY, at=moment)
    page = f"/champions/network/severnshire/{pola.person.uid}/"
    assert 'name="address"' not in sign_in(cy).get(page).content.decode()
    said = sign_in(cy).post(f"{page}ask-manager/", {"address": address}, follow=True).content.decode()
    assert "whose name is withheld" in said and "same person" not in said
    assert not ManagerQuestion.objects.everywhere(reason="test").exists()


def test_blocking_takes_what_passed_between_the_two(sign_in, amira, pola, moment):
    request = ask(sender=amira, champion=pola, about="worry", urgency="today", words="canary", by=BY, at=moment)
    answer = sign_in(pola.person).post(f"/champions/requests/{request.uid}/block/")
    assert answer.status_code == 302
    assert sign_in(amira).get(f"/champions/requests/{request.uid}/").status_code == 404
    assert ContactRequest.objects.everywhere(reason="test").get().words == ""


def test_only_the_champion_can_block_the_sender(sign_in, amira, pola, moment):
    request = ask(sender=amira, champion=pola, about="worry", urgency="today", words="", by=BY, at=moment)
    assert sign_in(amira).post(f"/champions/requests/{request.uid}/block/").status_code == 404


def test_the_audit_does_not_say_whom(amira, pola, moment):
    block(owner=pola.person, person=amira, by=BY, at=moment)
    event = AuditEvent.objects.get(verb="block set")
    assert str(amira.uid) not in f"{event.object_uid} {event.detail}"


def test_a_block_can_be_lifted_by_its_owner_alone(sign_in, amira, pola, moment):
    block(owner=pola.person, address="amira@svh.example", by=BY, at=moment)
    row = Block.objects.everywhere(reason="test").get()
    assert sign_in(amira).post(f"/champions/me/keep-away/{row.uid}/").status_code == 404
    unblock(block=row, by=BY, at=moment)
    assert "Pola" in sign_in(amira).get("/champions/").content.decode()


def test_the_answer_is_the_same_whether_or_not_anybody_has_the_address(sign_in, amira, pola):
    client = sign_in(pola.person)
    pages = [
        client.post("/champions/me/keep-away/", {"address": address}, follow=True).content.decode()
        for address in (amira.user.email, "nobody@nowhere.example")
    ]
    assert all("Whoever has this address can no longer find you" in page for page in pages)
    assert "Amira" not in pages[0]


def test_a_block_holds_for_another_record_of_theirs(sign_in, amira, network, world, pola, moment):
    """Joined or merged, whether or not its training counts."""
    other = network.colleague(world.agency, "Other", duty=False)
    everyone = Person.objects.everywhere(reason="test")
    everyone.filter(pk__in=(amira.pk, other.pk)).update(same_as=amira)
    block(owner=pola.person, person=amira, by=BY, at=moment)
    assert "Pola" not in sign_in(other).get("/champions/").content.decode()


@pytest.mark.parametrize("same", ["name", "address"])
def test_a_block_holds_for_one_who_comes_back_unjoined(sign_in, amira, network, world, pola, moment, same):
    """On another agency's roster: under their old name, or with their old address."""
    other = network.colleague(world.neighbour, "Other", duty=False)
    if same == "name":
        Person.objects.everywhere(reason="test").filter(pk=other.pk).update(first_name="AMIRA", last_name="learner")
    else:
        Employment.objects.everywhere(reason="test").filter(person=other).update(work_email=amira.user.email)
    client = sign_in(User.objects.get(pk=other.user_id))
    assert "Pola" in client.get("/champions/").content.decode()
    block(owner=pola.person, person=amira, by=BY, at=moment)
    assert "Pola" not in client.get("/champions/").content.decode()


@pytest.mark.parametrize(
    "name", [{"first_name": "Amira Learner", "last_name": ""}, {"first_name": "Am", "preferred_name": "Amira"}]
)
@pytest.mark.parametrize("comes_back", [True, False])
def test_a_block_holds_for_a_name_that_is_written_otherwise(
    sign_in, amira, network, world, pola, moment, name, comes_back
):
    """The whole name in one field, as on the coordinator's own roster, or the name they go by: on either side."""
    other = network.colleague(world.neighbour, "Other", duty=False)
    Person.objects.everywhere(reason="test").filter(pk=other.pk).update(**{"last_name": amira.last_name} | name)
    kept_away, reader = (amira, other) if comes_back else (other, amira)
    block(owner=pola.person, person=kept_away, by=BY, at=moment)
    assert "Pola" not in sign_in(User.objects.get(pk=reader.user_id)).get("/champions/").content.decode()


def test_a_first_name_alone_is_nobodys_full_name(sign_in, amira, network, world, pola, moment):
    everyone = Person.objects.everywhere(reason="test")
    other = network.colleague(world.neighbour, "Other", duty=False)
    everyone.filter(pk__in=(amira.pk, other.pk)).update(first_name="Amira", last_name="")
    block(owner=pola.person, person=amira, by=BY, at=moment)
    assert "Pola" in sign_in(User.objects.get(pk=other.user_id)).get("/champions/").content.decode()


def test_a_champion_of_the_same_name_as_the_blocked_sees_themselves(access_for, network, world, pola, moment):
    namesake = network.colleague(world.agency, "Pola", duty=False)
    block(owner=pola.person, person=namesake, by=BY, at=moment)
    assert pola in Champion.objects.visible_to(access_for(pola.person))


ŁUCJA = {"first_name": "Łucja", "last_name": "Świątek-Óbrien"}


@pytest.mark.parametrize(
    ("kept_away", "comes_back"),
    [
        (ŁUCJA, {"first_name": "łucja", "last_name": "ŚWIĄTEK-ÓBRIEN"}),
        (ŁUCJA, {"first_name": "Lucja", "last_name": "Swiatek Obrien"}),
        (ŁUCJA, {"first_name": "S\u0301wia\u0328tek-O\u0301brien", "last_name": "Łucja"}),
        ({"first_name": "محمد", "last_name": "الأحمد"}, {"first_name": "مُحَمَّد", "last_name": "الأحمد"}),
        ({"first_name": "Straße", "last_name": "Groß"}, {"first_name": "STRASSE", "last_name": "GROSS"}),
        ({"first_name": "Katherine", "last_name": "Smith"}, {"first_name": "Kate", "last_name": "Smith"}),
    ],
)
def test_names_are_compared_whatever_their_case_script_and_order(kept_away, comes_back):
    names = [f"{each['first_name']} {each['last_name']}" for each in (kept_away, comes_back)]
    assert tokens(names[:1]) & tokens(names[1:])


@pytest.mark.parametrize("name", ["Łukasz", "Amira", "", " ", "'"])
def test_a_single_word_stands_for_nobody(name):
    assert tokens([name]) == frozenset()


def test_a_block_holds_in_small_letters_of_any_script(sign_in, amira, network, world, pola, moment):
    """Which a database compares as it likes."""
    other = network.colleague(world.neighbour, "Other", duty=False)
    everyone = Person.objects.everywhere(reason="test")
    everyone.filter(pk=amira.pk).update(first_name="Łukasz", last_name="Żuk")
    everyone.filter(pk=other.pk).update(first_name="łukasz", last_name="żuk")
    block(owner=pola.person, person=amira, by=BY, at=moment)
    assert "Pola" not in sign_in(User.objects.get(pk=other.user_id)).get("/champions/").content.decode()


@pytest.mark.parametrize(
    ("typed", "login"),
    [
        ("amira+work@svh.example", "amira@svh.example"),
        ("Amira@SVH.example", "amira+other@svh.example"),
        ("amira+a@svh.example", "amira+b@svh.example"),
    ],
)
def test_addresses_with_a_tag_are_one_address(sign_in, amira, pola, moment, typed, login):
    User.objects.filter(pk=amira.user_id).update(email=login)
    Employment.objects.everywhere(reason="test").filter(person=amira).update(work_email="")
    block(owner=pola.person, address=typed, by=BY, at=moment)
    assert Block.objects.everywhere(reason="test").get().kept_away == amira
    User.objects.filter(pk=amira.user_id).update(email="new@svh.example")
    assert "Pola" not in sign_in(User.objects.get(pk=amira.user_id)).get("/champions/").content.decode()


def test_a_tag_opens_no_second_way_to_an_address_that_nobody_had(sign_in, amira, pola, moment):
    for typed in ("later+one@svh.example", "later+two@svh.example"):
        block(owner=pola.person, address=typed, by=BY, at=moment)
    assert Block.objects.everywhere(reason="test").get().address == "later@svh.example"
    User.objects.filter(pk=amira.user_id).update(email="later+three@svh.example")
    assert "Pola" not in sign_in(User.objects.get(pk=amira.user_id)).get("/champions/").content.decode()


@pytest.mark.parametrize(
    "known", [{"first_name": "Amira", "last_name": "Learner"}, {"email": "amira.learner@network.example"}]
)
def test_a_coordinator_who_is_on_no_roster_is_known_by_their_own_name(sign_in, cy, amira, pola, moment, known):
    block(owner=pola.person, person=amira, by=BY, at=moment)
    assert "Pola" in sign_in(cy).get("/champions/").content.decode()
    User.objects.filter(pk=cy.pk).update(**known)
    assert "Pola" not in sign_in(cy).get("/champions/").content.decode()


def test_the_worker_learns_what_the_one_kept_away_is_called_since(sign_in, amira, network, world, pola, moment):
    other = network.colleague(world.neighbour, "Nadia", duty=False)
    client = sign_in(User.objects.get(pk=other.user_id))
    block(owner=pola.person, person=amira, by=BY, at=moment)
    everyone = Person.objects.everywhere(reason="test")
    everyone.filter(pk=amira.pk).update(first_name="Nadia", last_name="Roster")
    assert look_up_blocks in TICKS
    assert look_up_blocks(at=moment + LOOKED_UP_EVERY) == 0
    assert look_up_blocks(at=moment + LOOKED_UP_EVERY + timedelta(seconds=1)) == 1
    assert "Pola" not in client.get("/champions/").content.decode()
    everyone.filter(pk=other.pk).update(first_name="Amira", last_name="Learner")  # as they were called before
    assert "Pola" not in client.get("/champions/").content.decode()


def test_blocking_takes_what_passed_under_a_record_known_by_name_alone(amira, network, world, pola, moment):
    other = network.colleague(world.neighbour, "Other", duty=False)
    Person.objects.everywhere(reason="test").filter(pk=other.pk).update(first_name="AMIRA", last_name="learner")
    said = {"about": "worry", "urgency": "today", "words": "canary", "by": BY, "at": moment}
    ask(sender=other, champion=pola, **said)
    block(owner=pola.person, person=amira, by=BY, at=moment)
    row = ContactRequest.objects.everywhere(reason="test").get()
    assert (row.words, row.deleted_at) == ("", moment)


@pytest.mark.parametrize("since", ["kept away", "hidden"])
def test_who_was_on_the_page_and_is_no_longer_to_be_asked_is_as_nobody(amira, pola, moment, since):
    if since == "hidden":
        hide(champion=pola, by=BY, at=moment)
    else:
        block(owner=pola.person, person=amira, by=BY, at=moment)
    with pytest.raises(NotToBeFound):
        ask(sender=amira, champion=pola, about="team", urgency="week", words="", by=BY, at=moment)


def test_a_block_that_is_lifted_while_it_is_looked_up_stays_lifted(amira, pola, moment):
    block(owner=pola.person, person=amira, by=BY, at=moment)
    held = Block.objects.everywhere(reason="test").get()
    unblock(block=held, by=BY, at=moment)
    look_up(held, at=moment)
    assert not Block.objects.everywhere(reason="test").exists()


def test_nobody_keeps_a_whole_town_away(sign_in, pola, monkeypatch):
    monkeypatch.setattr(requests, "MOST_BLOCKS", 1)
    client = sign_in(pola.person)
    pages = [
        client.post("/champions/me/keep-away/", {"address": f"{name}@svh.example"}, follow=True).content.decode()
        for name in ("one", "two")
    ]
    assert ["You keep as many away" in page for page in pages] == [False, True]
    assert Block.objects.everywhere(reason="test").count() == 1


@pytest.mark.parametrize(
    "address",
    ["nia@svh.example", "Nia+One+two@SVH.example", "+x@svh.example", "nia@svh+x.example", "nia+@a+b.example", ""],
)
def test_the_database_takes_a_tag_away_as_we_do(world, address):
    user = UserFactory(email="first@svh.example")
    User.objects.filter(pk=user.pk).update(email=address)
    assert User.objects.filter(pk=user.pk, email__plain=plain_address(address)).exists()


@pytest.mark.parametrize(
    ("rows", "way", "index"),
    [
        (Employment.objects.everywhere(reason="test"), "work_email", "employment_by_plain_address"),
        (User.objects.all(), "email", "user_by_plain_address"),
    ],
)
def test_an_address_is_found_by_its_index(db, rows, way, index):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # few rows are read faster without any
    found = rows.filter(**{f"{way}__plain__in": ["nia@svh.example", "max@svh.example"]})
    assert index in found.explain()


def test_as_many_as_can_be_kept_away_by_address_are_kept_apart(pola, hana):
    rows = (
        Block(owner=pola.person, address=f"n{each}@far.example", recorded_at=MOMENT) for each in range(MOST_BLOCKS - 1)
    )
    Block.objects.bulk_create(rows)
    block(owner=pola.person, address=hana.person.user.email, by=BY, at=MOMENT)
    access = Access(user_id=pola.person.user_id, person_id=pola.person_id)
    assert list(kept_apart(access)) == [hana.person]
