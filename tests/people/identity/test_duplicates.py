"""Likely duplicates of one agency: found with what speaks for them, and decided by HR alone."""

import random
import time
from collections import Counter
from datetime import date, timedelta
from string import ascii_lowercase

import pytest

from tests.factories import RoleGrantFactory, UserFactory
from tests.people.identity.conftest import AT, BY, record
from training.audit.models import AuditEvent
from training.people.identity import duplicates as room
from training.people.identity.duplicates import (
    ALIKE,
    FOLLOW,
    OVERLAP,
    SAME_ADDRESS,
    SAME_NAME,
    SAME_REFERENCE,
    merge_pair,
    reconsider,
    refuse,
    search,
    search_all,
    search_if_changed,
    waiting,
)
from training.people.identity.merge import OwnRecord, part_records
from training.people.identity.names import are_alike, in_order, keys
from training.people.models import Employment, LikelyDuplicate, Person, RosterImport, Sameness, Term

LEFT, BACK = date(2025, 3, 31), date(2025, 5, 1)


def employed(person: Person, **said) -> Person:
    Employment.objects.everywhere(reason="test").filter(person=person).update(**said)
    return person


def found(agency) -> dict[tuple[str, str], list[str]]:
    search(agency, at=AT)
    rows = LikelyDuplicate.objects.within(agency).waiting().select_related("one", "other").order_by("pk")
    return {(row.one.first_name, row.other.first_name): row.evidence for row in rows}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Zoë", "", "O'Neill"), ("ZOE", "", "o neill")),
        (("Kathryn", "", "Price"), ("Kate", "", "Price")),
        (("Mohammed", "Mo", "Khan"), ("Mo", "", "Khan")),
        (("Wei", "", "Li"), ("Li", "", "Wei")),
        (("Anne-Marie", "", "Hall"), ("anne marie", "", "HALL")),
    ],
)
def test_one_name_is_known_again_however_it_is_written(one, other):
    assert keys([each for each in one[:2] if each], one[2]) & keys([each for each in other[:2] if each], other[2])


@pytest.mark.parametrize(
    ("one", "other"),
    [(("Sam", "Hall"), ("Max", "Hall")), (("Jo", "Smith"), ("Jo", "Smart")), (("", "Hall"), ("", "Hall"))],
)
def test_different_names_and_half_a_name_are_not_one(one, other):
    assert not keys([one[0]] if one[0] else [], one[1]) & keys([other[0]] if other[0] else [], other[1])


def test_a_slip_of_the_keyboard_is_alike_and_another_name_is_not():
    assert are_alike(in_order("Nia Reyes"), in_order("Reys, Nia"))
    assert not are_alike(in_order("Jo Smith"), in_order("Jo Smart"))


def test_the_same_name_is_suggested_with_what_else_speaks_for_it(world):
    record(world.agency, first_name="Kate", ends_on=LEFT)
    record(world.agency, first_name="KATHRYN", starts_on=BACK)
    assert found(world.agency) == {("Kate", "KATHRYN"): [SAME_NAME, FOLLOW]}


def test_posts_at_the_same_time_are_said(world):
    record(world.agency)
    record(world.agency)
    assert found(world.agency) == {("Nia", "Nia"): [SAME_NAME, OVERLAP]}


def test_another_name_needs_both_the_address_and_the_reference(world):
    one = employed(record(world.agency, last_name="Before"), work_email="nia@svh.example", employee_ref="00123")
    other = employed(record(world.agency, last_name="After"), work_email="nia@svh.example", employee_ref="555")
    assert found(world.agency) == {}
    employed(other, employee_ref="123-")
    assert found(world.agency) == {("Nia", "Nia"): [SAME_ADDRESS, SAME_REFERENCE, OVERLAP]}
    assert one.pk < other.pk


def test_a_name_mistyped_needs_something_beside_it(world):
    record(world.agency, last_name="Reyes", ends_on=LEFT)
    again = record(world.agency, last_name="Reys")
    assert found(world.agency) == {}
    Term.objects.within(world.agency).filter(post__employment__person=again).update(starts_on=BACK)
    assert found(world.agency) == {("Nia", "Nia"): [ALIKE, FOLLOW]}


def test_a_teams_mailbox_says_nothing(world):
    for number in range(12):
        employed(
            record(world.agency, first_name=f"First{number}", last_name=f"Last{number}"), work_email="desk@svh.example"
        )
    assert found(world.agency) == {}


def test_nobody_is_compared_across_agencies_and_nobody_protected(world):
    record(world.agency)
    record(world.neighbour)
    hidden = record(world.agency)
    hidden.is_protected = True
    hidden.save()
    assert found(world.agency) == {}


def test_who_becomes_protected_leaves_the_list_at_once(world, pair, access_for, bea):
    assert len(found(world.agency)) == 1
    Person.objects.everywhere(reason="test").filter(pk=pair[0].pk).update(is_protected=True)
    assert waiting(world.agency, access_for(bea)) == 0


def test_what_hr_refused_is_not_suggested_again_until_hr_looks_again(world, pair, access_for, bea):
    search(world.agency, at=AT)
    likely = LikelyDuplicate.objects.within(world.agency).get()
    refuse(likely, by=BY, at=AT)
    assert found(world.agency) == {}
    assert LikelyDuplicate.objects.within(world.agency).get().refused_at == AT
    reconsider(likely, by=BY, at=AT)
    assert waiting(world.agency, access_for(bea)) == 1
    told = AuditEvent.objects.filter(object_kind="pair").order_by("pk").values_list("verb", flat=True)
    assert list(told) == ["records kept apart", "records looked at again"]


def test_a_merged_pair_leaves_the_list_and_comes_back_when_it_is_undone(world, pair, access_for, bea):
    search(world.agency, at=AT)
    said = merge_pair(LikelyDuplicate.objects.within(world.agency).get(), own=(), by=BY, at=AT + timedelta(hours=1))
    assert said.evidence == [SAME_NAME, OVERLAP]
    search_if_changed(world.agency, at=AT + timedelta(hours=2))
    assert waiting(world.agency, access_for(bea)) == 0
    part_records(said, by=BY, at=AT + timedelta(hours=3))
    search_if_changed(world.agency, at=AT + timedelta(hours=4))
    assert waiting(world.agency, access_for(bea)) == 1


def test_the_list_is_found_anew_only_when_something_changed(world, pair, django_assert_num_queries):
    search_if_changed(world.agency, at=AT)
    with django_assert_num_queries(1):
        search_if_changed(world.agency, at=AT + timedelta(hours=1))


def test_the_worker_finds_what_changed_in_one_question_however_many_agencies(world, pair, django_assert_num_queries):
    for agency in (world.agency, world.neighbour):
        RosterImport.objects.create(agency=agency, as_at=AT.date(), staged_at=AT, applied_at=AT, state="applied")
    assert search_all(at=AT + timedelta(hours=1)) == 2
    with django_assert_num_queries(1):
        assert search_all(at=AT + timedelta(hours=2)) == 0
    RosterImport.objects.filter(agency=world.agency).update(undone_at=AT + timedelta(hours=3))
    assert search_all(at=AT + timedelta(hours=4)) == 1


def test_one_whose_name_has_a_word_twice_is_not_a_pair(world):
    record(world.agency, first_name="Ali", last_name="Ali")
    assert found(world.agency) == {}


def test_an_agency_whose_search_fails_keeps_no_other_from_being_searched(world, monkeypatch, caplog):
    def fails_at_svh(agency, *, at):
        if agency == world.agency:
            raise ValueError("Nia Reyes")
        return search(agency, at=at)

    for agency in (world.agency, world.neighbour):
        RosterImport.objects.create(agency=agency, as_at=AT.date(), staged_at=AT, applied_at=AT, state="applied")
    monkeypatch.setattr(room, "search", fails_at_svh)
    assert search_all(at=AT + timedelta(hours=1)) == 1
    assert [each.getMessage() for each in caplog.records] == ["the search for duplicates failed: SVH, ValueError"]
    assert "Nia" not in caplog.text, "the log names no person"


@pytest.fixture
def hr(client, bea):
    """Bea's browser."""
    client.force_login(bea)
    return client


def likely(agency) -> LikelyDuplicate:
    return LikelyDuplicate.objects.within(agency).get()


def test_hr_compares_merges_and_takes_it_back(hr, world, pair):
    listed = hr.get("/agency/SVH/roster/duplicates/").content.decode()
    assert "Nia Reyes and NIA Reyes" in listed
    page = f"/agency/SVH/roster/duplicates/{likely(world.agency).uid}/"
    assert "Are these one person?" in hr.get(page).content.decode()
    done = hr.post(page, {"do": "merge"}, follow=True).content.decode()
    assert "one person now" in done
    assert "Nothing waits for you" in done
    said = Sameness.objects.within(world.agency).get()
    again = hr.post(f"/agency/SVH/roster/merges/{said.uid}/undo/", follow=True).content.decode()
    assert "stand apart again" in again
    assert Person.objects.within(world.agency).distinct().count() == 2
    twice = hr.post(f"/agency/SVH/roster/merges/{said.uid}/undo/", follow=True).content.decode()
    assert "taken back already" in twice


def test_whoever_signs_in_is_told_of_the_merge(hr, world, pair, mailoutbox):
    pair[0].user = UserFactory(email="nia@svh.example")
    pair[0].save()
    hr.get("/agency/SVH/roster/duplicates/")
    hr.post(f"/agency/SVH/roster/duplicates/{likely(world.agency).uid}/", {"do": "merge"})
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [(["nia@svh.example"], "Your learning record")]


def test_hr_neither_sees_nor_merges_their_own_record(client, world, pair, day):
    user = UserFactory(email="nia@svh.example")
    pair[0].user = user
    pair[0].save()
    RoleGrantFactory(user=user, role_code="agency_hr", agency=world.agency)
    client.force_login(user)
    assert "Nothing waits for you" in client.get("/agency/SVH/roster/duplicates/").content.decode()
    page = f"/agency/SVH/roster/duplicates/{likely(world.agency).uid}/"
    assert client.get(page).status_code == client.post(page, {"do": "merge"}).status_code == 404
    with pytest.raises(OwnRecord):
        merge_pair(likely(world.agency), own=(pair[0].pk,), by=BY, at=AT)


def test_a_pair_of_which_one_is_protected_since_does_not_exist_for_hr(hr, world, pair):
    hr.get("/agency/SVH/roster/duplicates/")
    page = f"/agency/SVH/roster/duplicates/{likely(world.agency).uid}/"
    Person.objects.everywhere(reason="test").filter(pk=pair[1].pk).update(is_protected=True)
    assert hr.get(page).status_code == hr.post(page, {"do": "merge"}).status_code == 404
    assert not Sameness.objects.everywhere(reason="test").exists()


def test_merged_names_are_withheld_once_the_person_is_protected(hr, world, pair):
    hr.get("/agency/SVH/roster/duplicates/")
    hr.post(f"/agency/SVH/roster/duplicates/{likely(world.agency).uid}/", {"do": "merge"})
    Person.objects.everywhere(reason="test").filter(pk=pair[1].pk).update(is_protected=True)
    shown = hr.get("/agency/SVH/roster/duplicates/").content.decode()
    assert "Name withheld" in shown
    assert "Reyes" not in shown


def test_the_neighbours_hr_finds_nothing(client, world, pair, dot):
    search(world.agency, at=AT)
    client.force_login(dot)
    pages = ("/agency/SVH/roster/duplicates/", f"/agency/SVP/roster/duplicates/{likely(world.agency).uid}/")
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_twelve_thousand_people_are_searched_in_seconds():
    """Forty first names, and three thousand last names of any letters."""
    rng = random.Random(1)
    firsts, lasts = (["".join(rng.choices(ascii_lowercase, k=6)) for _ in range(many)] for many in (40, 3000))
    names = [(rng.choice(firsts), rng.choice(lasts)) for _ in range(12_000)]
    days = [(LEFT, date.max)]
    people = [
        room.Candidate(number, in_order(f"{first} {last}"), keys([first], last), days=days)
        for number, (first, last) in enumerate(names)
    ]
    start = time.process_time()
    pairs = room.likely_pairs(people)
    assert time.process_time() - start < 5
    same = sum(count * (count - 1) // 2 for count in Counter(names).values())
    assert sum(SAME_NAME in signs for signs in pairs.values()) >= same > 0
