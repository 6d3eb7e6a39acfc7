"""'This is not right': asked by the person, answered by their HR, read by both, and forgotten."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from tests.factories import RoleGrantFactory, UserFactory
from tests.people.identity.conftest import AT, BY, record
from training.audit.models import AuditEvent
from training.people.identity.corrections import (
    AlreadyAnswered,
    AlreadyAsked,
    NoReason,
    answer,
    ask,
    forget_answered,
    waiting,
)
from training.people.identity.merge import join_records
from training.people.models import Correction, Person, Post, Sameness

Answer = Correction.Answer


@pytest.fixture
def asked(amira, amira_post):
    """Amira has said that her role is wrong."""
    return ask(amira, amira_post, about="role", words=" I am a matron ", by=BY, at=AT)


def test_a_request_waits_for_the_posts_agency_alone(world, asked, access_for, bea, dot):
    assert (asked.agency, asked.words) == (world.agency, "I am a matron")
    assert (waiting(world.agency, access_for(bea)), waiting(world.neighbour, access_for(dot))) == (1, 0)


def test_the_same_is_asked_once_until_it_is_answered(asked, amira, amira_post):
    with pytest.raises(AlreadyAsked):
        ask(amira, amira_post, about="role", words="", by=BY, at=AT)
    answer(asked, answer=Answer.CORRECTED, words="", by=BY, at=AT)
    ask(amira, amira_post, about="role", words="", by=BY, at=AT)


def test_hr_answers_once_and_says_why_it_declines(world, asked, access_for, bea):
    with pytest.raises(NoReason):
        answer(asked, answer=Answer.DECLINED, words=" ", by=BY, at=AT)
    answer(asked, answer=Answer.DECLINED, words="You begin in May.", by=BY, at=AT)
    assert waiting(world.agency, access_for(bea)) == 0
    with pytest.raises(AlreadyAnswered):
        answer(asked, answer=Answer.CORRECTED, words="", by=BY, at=AT)


def test_the_database_wants_a_reason_for_declining(asked):
    with pytest.raises(IntegrityError):
        Correction.objects.within(asked.agency).update(answer="declined", answered_at=AT)


def test_the_audit_names_what_it_was_about_and_never_the_words(asked):
    [told] = AuditEvent.objects.filter(object_kind="correction")
    assert (told.verb, told.detail) == ("correction asked for", {"about": "role"})


def test_answers_are_forgotten_after_ninety_days_and_requests_are_not(asked, amira, amira_post):
    ask(amira, amira_post, about="team", words="", by=BY, at=AT)
    answer(asked, answer=Answer.CORRECTED, words="", by=BY, at=AT)
    assert forget_answered(at=AT + timedelta(days=89)) == 0
    assert forget_answered(at=AT + timedelta(days=90)) == 1
    assert Correction.objects.everywhere(reason="test").get().about == "team"


def test_amira_asks_bea_answers_and_amira_reads_it(client, amira, amira_post, bea, mailoutbox):
    client.force_login(amira.user)
    page = client.get("/learning/not-right/").content.decode()
    assert "Do not write about other people" in page
    form = {"post": str(amira_post.uid), "about": "dates", "words": "I began in May"}
    assert "Your HR team has been asked" in client.post("/learning/not-right/", form, follow=True).content.decode()
    assert "You have asked this already" in client.post("/learning/not-right/", form).content.decode()
    client.force_login(bea)
    listed = client.get("/agency/SVH/roster/corrections/").content.decode()
    assert "Amira Learner (" in listed
    [asked] = Correction.objects.everywhere(reason="test")
    page = f"/agency/SVH/roster/corrections/{asked.uid}/"
    assert "I began in May" in client.get(page).content.decode()
    assert "Say why it is not changed" in client.post(page, {"answer": "declined", "words": ""}).content.decode()
    client.post(page, {"answer": "declined", "words": "Payroll says June."})
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [([amira.user.email], "Your learning record")]
    client.force_login(amira.user)
    read = client.get("/learning/not-right/").content.decode()
    assert "Not changed" in read
    assert "Payroll says June." in read


def test_nobody_asks_about_a_post_that_is_not_theirs(client, amira, world):
    other = Post.objects.everywhere(reason="test").get(employment__person=record(world.agency))
    client.force_login(amira.user)
    client.post("/learning/not-right/", {"post": str(other.uid), "about": "role", "words": ""})
    assert not Correction.objects.everywhere(reason="test").exists()


def test_hr_neither_sees_nor_answers_their_own_and_the_neighbour_nobodys(client, world, amira, asked, dot):
    page = f"roster/corrections/{asked.uid}/"
    RoleGrantFactory(user=amira.user, role_code="agency_hr", agency=world.agency)
    client.force_login(amira.user)
    assert "Nothing waits" in client.get("/agency/SVH/roster/corrections/").content.decode()
    assert client.get(f"/agency/SVH/{page}").status_code == 404
    client.force_login(dot)
    assert [client.get(f"/agency/{code}/{page}").status_code for code in ("SVH", "SVP")] == [404, 404]


def test_a_protected_persons_name_is_withheld_from_the_queue(client, amira, asked, bea):
    Person.objects.everywhere(reason="test").filter(pk=amira.pk).update(is_protected=True)
    client.force_login(bea)
    page = client.get("/agency/SVH/roster/corrections/").content.decode()
    assert "Name withheld" in page
    assert "Amira" not in page


def test_hr_reads_the_name_its_own_roster_has_and_no_later_one(client, world, bea):
    old, new = record(world.agency, last_name="Before"), record(world.neighbour, last_name="After")
    new.user = UserFactory(email="nia@svp.example")
    new.save()
    join_records(new, old, proof=Sameness.Proof.ADDRESS, by=BY, at=AT)
    post = Post.objects.within(world.agency).get()
    client.force_login(new.user)
    client.post("/learning/not-right/", {"post": str(post.uid), "about": "dates", "words": ""})
    assert not Correction.objects.everywhere(reason="test").exists(), "the earlier record's post is not offered"
    ask(new, post, about="dates", words="", by=BY, at=AT)
    client.force_login(bea)
    page = client.get("/agency/SVH/roster/corrections/").content.decode()
    assert "Nia Before (" in page
    assert "After" not in page
