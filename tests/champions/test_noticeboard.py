"""The noticeboard: held until read, without anybody whom one keeps away, and never a list of members."""

from datetime import timedelta

import pytest
from django.utils import timezone

from champions.errors import NotOpen, TooManyToday
from champions.models import Concern, Contribution, Thread
from champions.services.listing import hide
from champions.services.noticeboard import (
    change,
    forget_contributions,
    let_through,
    open_thread,
    raise_concern,
    remove,
    say,
)
from champions.services.requests import block
from tests.champions.conftest import BY
from training.notices.models import Notice
from training.people.models import Person

BOARD, DESK = "/champions/noticeboard/", "/champions/network/severnshire/noticeboard/"


def html(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def thread(world, now) -> Thread:
    """Open in the network of pola and hana."""
    return open_thread(partnership=world.partnership, title="Posters", by=BY, at=now)


@pytest.fixture
def shown(thread, pola, now) -> Contribution:
    """Said by pola, and let through."""
    said = say(thread=thread, author=pola, words="Where do posters work?", by=BY, at=now)
    let_through(contribution=said, by=BY, at=now)
    return said


def test_what_is_said_is_held_until_the_coordinator_lets_it_through_and_shows_the_name_of_the_directory(
    sign_in, pola, hana, cy, thread
):
    page = f"{BOARD}{thread.uid}/"
    assert "only you see it" in html(sign_in(pola.person).post(page, {"words": "Where?"}, follow=True))
    assert "Where?" not in html(sign_in(hana.person).get(page))
    waiting = html(sign_in(cy).get(DESK))
    assert "Where?" in waiting and "Pola" not in waiting
    uid = Contribution.objects.everywhere(reason="test").get().uid
    sign_in(cy).post(f"{DESK}{uid}/judge/", {"does": "let_through"})
    read = html(sign_in(hana.person).get(page))
    assert "Where?" in read and "Pola Roster" in read
    assert "1 said" in html(sign_in(hana.person).get(BOARD))


def test_whoever_is_hidden_or_protected_speaks_without_a_name(sign_in, pola, hana, shown, now):
    hide(champion=pola, by=BY, at=now)
    read = html(sign_in(hana.person).get(f"{BOARD}{shown.thread.uid}/"))
    assert "Where do posters work?" in read and "Pola" not in read and "A champion" in read
    Person.objects.everywhere(reason="test").filter(pk=pola.person_id).update(is_protected=True)
    assert "Pola" not in html(sign_in(hana.person).get(f"{BOARD}{shown.thread.uid}/"))


@pytest.mark.parametrize("reader", ["pola", "hana"])
def test_of_two_one_of_whom_came_back_under_another_record_neither_meets_the_other(
    sign_in, amira, pola, hana, thread, now, reader
):
    """Pola keeps amira away, whose name is on hana's record: nobody has said that they are one."""
    Person.objects.everywhere(reason="test").filter(pk=hana.person_id).update(first_name="AMIRA", last_name="learner")
    champions = {"pola": pola, "hana": hana}
    said = {
        name: say(thread=thread, author=each, words=f"By {name}", by=BY, at=now) for name, each in champions.items()
    }
    for each in said.values():
        let_through(contribution=each, by=BY, at=now)
    block(owner=pola.person, person=amira, by=BY, at=now)
    read = html(sign_in(champions[reader].person).get(f"{BOARD}{thread.uid}/"))
    assert [f"By {name}" in read for name in ("pola", "hana")] == [reader == "pola", reader == "hana"]


@pytest.mark.parametrize("owner", ["pola", "hana"])
def test_of_two_who_are_kept_apart_neither_meets_the_other_nor_what_answers_them(
    sign_in, network, world, pola, hana, shown, now, owner
):
    ben = network.champion(world.agency, "Ben")
    below = say(thread=shown.thread, author=ben, answers_to=shown, words="By the lift", by=BY, at=now)
    let_through(contribution=below, by=BY, at=now)
    page = f"{BOARD}{shown.thread.uid}/"
    assert "By the lift" in html(sign_in(hana.person).get(page))
    pair = {"pola": (pola, hana), "hana": (hana, pola)}[owner]
    block(owner=pair[0].person, person=pair[1].person, by=BY, at=now)
    client = sign_in(hana.person)
    read = html(client.get(page))
    assert "posters work" not in read and "By the lift" not in read and "Pola" not in read
    assert "Nothing said yet" in html(client.get(BOARD))
    assert client.post(page, {"words": "Me too", "to": str(shown.uid)}).status_code == 404
    assert client.post(f"{BOARD}said/{shown.uid}/concern/").status_code == 404
    assert "By the lift" in html(sign_in(ben.person).get(page))


def test_the_coordinator_who_is_kept_away_has_nothing_of_theirs_to_judge(sign_in, cy, pola, thread, now):
    say(thread=thread, author=pola, words="Where?", by=BY, at=now)
    block(owner=pola.person, address=cy.email, by=BY, at=now)
    assert "Where?" not in html(sign_in(cy).get(DESK))
    uid = Contribution.objects.everywhere(reason="test").get().uid
    assert sign_in(cy).post(f"{DESK}{uid}/judge/", {"does": "let_through"}).status_code == 404


def test_after_three_one_is_trusted_until_something_is_removed(pola, thread, now):
    for number in range(3):
        said = say(thread=thread, author=pola, words=f"One {number}", by=BY, at=now)
        assert said.shown_at is None
        let_through(contribution=said, by=BY, at=now)
    trusted = say(thread=thread, author=pola, words="Now", by=BY, at=now)
    assert trusted.shown_at == now
    remove(contribution=trusted, why="person", by=BY, at=now)
    assert say(thread=thread, author=pola, words="Held again", by=BY, at=now).shown_at is None


def test_what_is_removed_loses_its_words_and_its_author_is_told_why(sign_in, pola, hana, cy, shown, now):
    sign_in(hana.person).post(f"{BOARD}said/{shown.uid}/concern/")
    raise_concern(contribution=shown, champion=hana, by=BY, at=now)
    assert "should not be here" in html(sign_in(cy).get(DESK))
    sign_in(cy).post(f"{DESK}{shown.uid}/judge/", {"why": "person"})
    assert Contribution.objects.everywhere(reason="test").get().words == ""
    assert Concern.objects.everywhere(reason="test").get().settled_at
    assert "says who somebody is" in html(sign_in(pola.person).get(f"{BOARD}{shown.thread.uid}/"))
    mail = Notice.objects.everywhere(reason="test").filter(address=pola.person.user.email).latest("pk")
    assert mail.subject == "A message for you" and "poster" not in mail.body.lower()


def test_a_quarter_of_an_hour_to_change_it_and_then_only_to_delete(sign_in, pola, hana, shown, now):
    change(contribution=shown, words="Where else?", by=BY, at=now + timedelta(minutes=14))
    assert Contribution.objects.everywhere(reason="test").get().shown_at is None  # held again
    with pytest.raises(NotOpen):
        change(contribution=shown, words="Late", by=BY, at=now + timedelta(minutes=15))
    assert sign_in(hana.person).post(f"{BOARD}said/{shown.uid}/delete/").status_code == 404
    sign_in(pola.person).post(f"{BOARD}said/{shown.uid}/delete/")
    assert Contribution.objects.everywhere(reason="test").get().words == ""


def test_nothing_is_said_in_a_closed_thread_and_it_can_still_be_read(sign_in, cy, hana, shown, now):
    sign_in(cy).post(f"{DESK}threads/{shown.thread.uid}/close/")
    client = sign_in(hana.person)
    assert "posters work" in html(client.get(f"{BOARD}{shown.thread.uid}/"))
    assert "is closed" in html(client.post(f"{BOARD}{shown.thread.uid}/", {"words": "More"}))
    assert Contribution.objects.everywhere(reason="test").count() == 1


def test_ten_a_day_and_no_more_and_a_year_and_no_longer(pola, thread, now):
    for number in range(10):
        say(thread=thread, author=pola, words=str(number), by=BY, at=now)
    with pytest.raises(TooManyToday):
        say(thread=thread, author=pola, words="ten", by=BY, at=now)
    assert forget_contributions(at=now + timedelta(days=365)) == 0
    assert forget_contributions(at=now + timedelta(days=365, minutes=1)) == 10


def test_colleagues_and_strangers_find_no_noticeboard(sign_in, amira, stranger, thread):
    for who in (amira, stranger):
        for page in (BOARD, f"{BOARD}{thread.uid}/"):
            assert sign_in(who).get(page).status_code in (403, 404)


def test_bad_input_gets_a_plain_answer_and_mark_up_stays_words(sign_in, pola, thread):
    client, page = sign_in(pola.person), f"{BOARD}{thread.uid}/"
    for words in ("", "  ", "a\0b", "x" * 100_000):
        assert client.post(page, {"words": words, "to": "nonsense"}).status_code == 200
    assert client.get(f"{page}?to=nonsense").status_code == 200
    assert not Contribution.objects.everywhere(reason="test").exists()
    client.post(page, {"words": "<script>alert(1)</script>"})
    assert "<script>alert" not in html(client.get(page))


def test_the_noticeboard_takes_the_same_queries_for_one_and_for_three(
    sign_in, network, world, hana, shown, now, django_assert_max_num_queries
):
    client, page, taken = sign_in(hana.person), f"{BOARD}{shown.thread.uid}/", []
    client.get(page)
    for names in ((), ("Ben", "Cat")):
        for name in names:
            said = say(thread=shown.thread, author=network.champion(world.agency, name), words=name, by=BY, at=now)
            let_through(contribution=said, by=BY, at=now)
        with django_assert_max_num_queries(45) as queries:
            client.get(page)
        taken.append(len(queries))
    assert taken[0] == taken[1]
