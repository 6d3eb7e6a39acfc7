"""Pages say as of when their figures are, and how many are still on their way; one person's own are always right."""

import uuid
from datetime import timedelta

import pytest

from tests.factories import completion
from tests.home.agency.conftest import post_of
from training.access.actor import Actor
from training.ledger.freshness import freshness
from training.people.models import Employment, Person, Post
from training.people.services import mark_stale
from training.people.tokens import make_token

EARLIER = timedelta(minutes=49)
ON_THEIR_WAY = "figures are being worked out again since then"


@pytest.fixture
def crowd(world, moment):
    """Two thousand people of the agency whose figures a change has made stale, at 8:41."""
    people = Person.objects.bulk_create(
        Person(uid=uuid.uuid4(), first_name="P", last_name=str(n), recorded_at=moment) for n in range(2000)
    )
    entries = Employment.objects.bulk_create(
        Employment(agency=world.agency, person=person, employee_ref=f"bulk-{person.pk}", recorded_at=moment)
        for person in people
    )
    posts = Post.objects.bulk_create(
        Post(employment=entry, assignment_ref=entry.employee_ref, recorded_at=moment) for entry in entries
    )
    mark_stale([post.pk for post in posts], at=moment - EARLIER)


def test_a_page_of_which_nothing_waits_is_as_of_now(hr, amira, asked, worked_out):
    worked_out()
    page = hr.get("/agency/SVH/people/").content.decode()
    assert "As of 2 November 2026 at 9:30am." in page
    assert ON_THEIR_WAY not in page


def test_after_a_bulk_change_pages_files_and_programs_say_what_is_on_its_way(hr, client, crowd, world, day, moment):
    """Each works off five hundred, and tells of the rest."""
    overview = hr.get("/agency/SVH/").content.decode()
    assert f"As of 2 November 2026 at 8:41am. 1500 people’s {ON_THEIR_WAY}" in overview
    printed = b"".join(hr.get("/agency/SVH/staff.csv")).decode()
    assert "08:41 on 2 November 2026" in printed
    assert "figures were being worked out again since then,1000" in printed
    raw = make_token(
        world.agency, label="HR", ends_on=day + timedelta(days=300), on=day, by=Actor.system("test"), at=moment
    )
    answer = client.get("/api/v1/standings", headers={"authorization": f"Bearer {raw}"}).json()
    assert (answer["as_of"], answer["pending"]) == ("2026-11-02T08:41:00Z", 500)


def test_a_file_with_ends_in_it_waits_until_they_are_worked_out(hr, amira, asked, monkeypatch, moment):
    """It has no place to say that one of them may be old."""
    mark_stale([post_of(amira).pk], at=moment)
    monkeypatch.setattr("training.ledger.freshness.refresh_stale", lambda **whose: 0)
    answer = hr.get("/agency/SVH/completions/export.csv", follow=True)
    assert "Nothing was downloaded" in answer.content.decode()


def test_one_persons_own_come_first_however_many_wait(hr, crowd, amira, asked, worked_out, day, moment):
    completion(amira, asked, on=day, at=moment)
    page = hr.get(f"/agency/SVH/people/{amira.uid}/").content.decode()
    assert "In date" in page
    assert ON_THEIR_WAY not in page
    assert "1500 people’s figures" in hr.get("/agency/SVH/matrix/").content.decode()


def test_marked_again_a_post_has_still_waited_since_the_first_time(hr, amira, asked, moment):
    """The worker has it under its hands when it changes again: the page must not call itself newer than it is."""
    mark_stale([post_of(amira).pk], at=moment - EARLIER)
    mark_stale([post_of(amira).pk], at=moment)
    found = freshness(at=moment, person=amira)
    assert (found.as_of, found.people) == (moment - EARLIER, 1)
