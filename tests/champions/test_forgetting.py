"""Whatever people wrote to each other through the network goes when its time is over, or its author is forgotten.

Every column of every table is read.
"""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, models

from champions import erasure
from champions.erasure import forget_leavers, forget_leavers_daily
from champions.models import (
    Attendance,
    Cascade,
    CascadeVersion,
    Champion,
    ChampionTurn,
    CheckIn,
    Contribution,
    GroupMessage,
    Handover,
    ManagerQuestion,
    NewsletterStop,
)
from champions.services.agreement import ask_manager
from champions.services.community import add_community_champion, forget_community_champion
from champions.services.enquiries import answer_enquiry, ask_network, take
from champions.services.enquiry_guests import ask_specialist
from champions.services.guests import invite_guest
from champions.services.network import nominate, nominate_address, say_yes
from champions.services.noticeboard import open_thread, say
from champions.services.requests import ask, block, reply
from champions.status import Way
from champions.tasks import TICKS
from tests.factories import UserFactory
from tests.privacy import planting
from tests.privacy.planting import Planter
from training.access.actor import Actor
from training.people.models import Employment, Person, Term
from training.privacy.export import everything_on
from training.privacy.holdings import Keep, all_holdings

from .conftest import BY
from .test_meetings import planned

CANARY = "canary"
LIMITED = (Keep.SHORT, Keep.NINETY_DAYS, Keep.YEAR)


def told() -> list[str]:
    """Every column of the room in which a canary is read, once each."""
    found = []
    for model in apps.get_app_config("champions").get_models():
        texts = [each for each in model._meta.concrete_fields if isinstance(each, models.CharField | models.TextField)]
        for field in texts:
            if model._base_manager.filter(**{f"{field.name}__icontains": CANARY}).exists():
                found.append(f"{model.__name__}.{field.name}")
    return found


@pytest.fixture
def said(amira, pola, world, day, moment, network):
    """Words to a champion and back, addresses of a manager, of a guest, and of one put forward."""
    request = ask(sender=amira, champion=pola, about="team", urgency="week", words="canary one", by=BY, at=moment)
    reply(request=request, choice="call", words="canary two", by=BY, at=moment)
    nia = network.colleague(world.agency, "Nia", duty=False)
    champion = nominate(person=nia, partnership=world.partnership, on=day, by=BY, at=moment, way=Way.OWN)
    ask_manager(champion=champion, asks="agree", address="canary@boss.example", by=BY, at=moment)
    nominate_address(address="canary@forward.example", partnership=world.partnership, on=day, by=BY, at=moment)
    meeting = planned(world.partnership, moment + timedelta(days=5), at=moment)
    invite_guest(meeting=meeting, address="canary@guest.example", by=BY, at=moment)


def test_words_and_addresses_are_gone_when_they_have_served(said, moment):
    told_of = {"ContactRequest.words", "ContactRequest.reply_words", "ManagerQuestion.address"}
    assert set(told()) == told_of | {"Nomination.address", "MeetingGuest.address"}
    for days in (31, 62, 91):
        for tick in TICKS:
            tick(at=moment + timedelta(days=days))
    assert told() == []


def everywhere(word: str) -> set[str]:
    """Every column of every table of the database in which a word is read, by SQL alone."""
    quote, found = connection.ops.quote_name, set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            names = [each.name for each in connection.introspection.get_table_description(cursor, table)]
            told = ", ".join(f"MAX(CASE WHEN LOWER(CAST({quote(each)} AS TEXT)) LIKE %s THEN 1 END)" for each in names)
            cursor.execute(f"SELECT {told} FROM {quote(table)}", [f"%{word}%"] * len(names))  # noqa: S608 - own tables
            found |= {f"{table}.{name}" for name, is_told in zip(names, cursor.fetchone(), strict=True) if is_told}
    return found


def fill(person: Person, rooms: tuple[str, ...]) -> None:
    """A row about the person in each declared table of these rooms, with a canary in every column for words.

    Codes of packs and of briefings are no words about anybody; who recorded something is a uid.
    """
    planter = Planter(person, by=str(Actor.system("test")))
    planter.planted[Champion] = Champion.objects.everywhere(reason="test").get(person=person)
    for holding in all_holdings():
        if not holding.model.startswith(rooms):
            continue
        planter.plant(holding)
        rows = holding.table._base_manager.filter(**{holding.subject: person.uid})
        rows = holding.table._base_manager.filter(pk__in=list(rows.values_list("pk", flat=True)))
        for field in holding.table._meta.concrete_fields:
            if holds_words(field):
                rows.update(**{field.name: "canary@home.example"[: field.max_length]})


def holds_words(field: models.Field) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
    return is_text and not field.name.endswith(("_by", "_hash", "code", "pack", "pack_title", "kind"))


@pytest.fixture
def rosa(world, network, moment) -> Champion:
    """A community champion by the name of Canary, who signs in."""
    address = "canary@home.example"
    rosa = add_community_champion(
        partnership=world.partnership, name="Canary", address=address, locality=network.north, by=BY, at=moment
    )
    say_yes(champion=rosa, by=BY, at=moment)
    rosa.person.user = UserFactory(email=address, first_name="Canary")
    rosa.person.save()
    return rosa


def test_a_forgotten_community_champion_is_in_no_column_of_the_database(rosa, amira, moment):
    # A certificate is append-only: what is printed on it goes with its row, in the test of its room
    fill(rosa.person, ("champions.", "notices.", "sso.", "account.", "certificates.PrintedName", "certificates.Share"))
    CascadeVersion.objects.everywhere(reason="test").update(people=12)
    asked = ask_network(asker=amira, partnership=rosa.partnership, words="Which forms?", by=BY, at=moment)
    ask_specialist(enquiry=asked, address="canary@home.example", question="Which forms, Canary?", by=BY, at=moment)
    planted = everywhere(CANARY)
    assert {"champions_contribution.words", "notices_notice.body", "people_person.first_name"} < planted
    assert len(planted) > 25
    kept = {model: model._base_manager.count() for model in (Attendance, CheckIn, ChampionTurn, Cascade, Handover)}
    forget_community_champion(champion=rosa, by=BY, at=moment + timedelta(days=1))
    assert everywhere(CANARY) == set()
    assert all(model._base_manager.count() >= rows for model, rows in kept.items())
    assert CascadeVersion.objects.everywhere(reason="test").get().people == 12


def test_every_table_that_is_kept_for_a_time_is_empty_of_words_when_it_is_over(pola):
    fill(pola.person, ("champions.",))
    limited = {each.table for each in all_holdings() if each.keep in LIMITED and each.model.startswith("champions.")}
    names = {table._meta.db_table for table in limited}
    told_of = {each for each in everywhere(CANARY) if each.split(".")[0] in names}
    assert {each.split(".")[0] for each in told_of} > {
        "champions_enquiry",
        "champions_addressed",
        "champions_nomination",
    }
    for days in (31, 62, 91, 400):
        for tick in TICKS:
            tick(at=planting.MOMENT + timedelta(days=days))
    assert {each for each in everywhere(CANARY) if each.split(".")[0] in names} == set()
    left = {table for table in limited if table._base_manager.exists()}
    assert left <= {ManagerQuestion, GroupMessage}, "of these the words go, and that it was stays"


def test_what_others_said_and_whom_they_keep_away_stays(rosa, pola, amira, world, moment):
    thread = open_thread(partnership=world.partnership, title="Posters", by=BY, at=moment)
    say(thread=thread, author=pola, words="By the sinks.", by=BY, at=moment)
    own = say(thread=thread, author=rosa, words="Where?", by=BY, at=moment)
    say(thread=thread, author=pola, words="There, Canary.", by=BY, at=moment, answers_to=own)
    block(owner=pola.person, address="canary@home.example", by=BY, at=moment)
    asked = ask_network(asker=amira, partnership=world.partnership, words="Which forms?", by=BY, at=moment)
    take(enquiry=asked, champion=rosa, by=BY, at=moment)
    answer_enquiry(enquiry=asked, champion=rosa, words="Canary knows.", by=BY, at=moment)
    forget_community_champion(champion=rosa, by=BY, at=moment)
    words = Contribution.objects.everywhere(reason="test").order_by("pk").values_list("words", flat=True)
    assert list(words) == ["By the sinks.", "", ""], "what answers them goes too"
    assert everywhere(CANARY) == {"champions_block.address"}
    asked.refresh_from_db()
    assert (asked.words, asked.answer, asked.answered_at) == ("Which forms?", "", None), "it can be answered again"


def test_listings_and_wishes_of_leavers_go_after_thirty_days_and_whom_they_keep_away_stays(rosa, pola, moment):
    fill(pola.person, ("champions.",))
    left_on = moment.date()
    there = Employment.objects.everywhere(reason="test").filter(person=pola.person)
    there.update(entered_as=pola.person, person=rosa.person)
    assert forget_leavers(at=moment + timedelta(days=31)) == 0, "HR has merged their record, and they are there"
    there.model.objects.everywhere(reason="test").filter(entered_as=pola.person).update(person=pola.person)
    Term.objects.everywhere(reason="test").filter(post__employment__person=pola.person).update(ends_on=left_on)
    assert forget_leavers(at=moment + timedelta(days=30)) == 0
    assert forget_leavers(at=moment + timedelta(days=31)) > 0
    own = {"champions_championprofile.alias", "champions_entry.for_everybody", "champions_newsletterstop.id"}
    assert not own & everywhere(CANARY) and "champions_block.address" in everywhere(CANARY)
    assert not NewsletterStop.objects.everywhere(reason="test").exists()


def test_looking_for_leavers_once_a_day_is_tried_again_where_it_failed(moment, monkeypatch):
    monkeypatch.setattr(erasure, "_looked_on", [])
    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr(erasure, "forget_leavers", lambda **_: 1 / 0)
        forget_leavers_daily(at=moment)
    monkeypatch.setattr(erasure, "forget_leavers", lambda **_: 7)
    assert [forget_leavers_daily(at=moment + timedelta(days=days)) for days in (0, 0, 1)] == [7, 0, 7]


def test_each_of_two_gets_the_words_of_both_and_no_name_or_address(amira, pola, moment):
    request = ask(sender=amira, champion=pola, about="team", urgency="week", words="How?", by=BY, at=moment)
    reply(request=request, choice="call", words="On Monday.", by=BY, at=moment)
    for own, other in ((amira, pola.person), (pola.person, amira)):
        held = repr(everything_on(own.uid))
        assert "How?" in held and "On Monday." in held
        assert other.first_name not in held and other.user.email not in held


def test_an_answer_is_not_given_out_before_it_has_been_read_over(amira, pola, world, moment):
    asked = ask_network(asker=amira, partnership=world.partnership, words="Which forms?", by=BY, at=moment)
    take(enquiry=asked, champion=pola, by=BY, at=moment)
    answer_enquiry(enquiry=asked, champion=pola, words="Ask canary.", by=BY, at=moment)
    assert CANARY not in repr(everything_on(amira.uid))
    assert CANARY in repr(everything_on(pola.person.uid)) and "forms" not in repr(everything_on(pola.person.uid))
