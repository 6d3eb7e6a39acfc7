"""'Accept this training': HR of another agency takes what a link shows, without typing it again."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from certificates import limits, names
from certificates.models import Certificate, Showing, Viewing
from certificates.passport.services import end_share, make_share
from certificates.services import issue
from certificates.snapshot import MASKED
from home.agency.passport import _is_named
from tests.conftest import DAY, _staff
from tests.factories import ModuleFactory, UserFactory, completion
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.evidence.models import Evidence
from training.evidence.register import Terms, accept
from training.ledger.models import Completion, Method
from training.ledger.services import void_completion
from training.notices.models import Notice
from training.people.models import Employment

BY = Actor.system("test")
LAST = date(2100, 1, 1)


@pytest.fixture
def module(world):
    """A module of the pathway that both agencies follow."""
    return ModuleFactory(code="DA-A1", title="Domestic abuse: what everyone needs to know", validity_months=36)


@pytest.fixture
def share(amira, module, moment):
    """Amira shows what she has done."""
    issue(completion(amira, module, on=date(2026, 3, 2)), at=moment)
    return make_share(amira, label="", modules=(), last_on=LAST, by=BY, on=DAY, at=moment)


@pytest.fixture
def newcomer(world):
    """Her entry on the police's roster."""
    return _staff(world.neighbour, "Amira", "Learner", "POLICE_RESPONSE")


@pytest.fixture
def reference(newcomer):
    """How the police name her."""
    return Employment.objects.everywhere(reason="test").get(person=newcomer).employee_ref


@pytest.fixture
def hr(client, dot):
    """The neighbour's HR, signed in."""
    client.force_login(dot)
    return client


def press(client, share, reference, *, code="SVP", **more):
    """Accept all that the link shows."""
    address = reverse("passport-accept", args=[code, share.code])
    codes = [value for value, _ in client.get(address).context["form"].fields["codes"].choices]
    return client.post(address, {"codes": codes, "employee_ref": reference} | more, follow=True)


def theirs(person):
    """What stands in somebody's record."""
    return list(Completion.objects.everywhere(reason="test").filter(person=person))


def test_the_page_that_a_link_opens_offers_it_to_hr_alone(hr, client, share):
    assert "Accept this training" in hr.get(share.opening).content.decode()
    hr.logout()
    assert "Accept this training" not in hr.get(share.opening).content.decode()


def test_it_stands_in_their_record_with_what_shows_it(hr, share, newcomer, reference, module):
    page = press(hr, share, reference)
    assert "1 recorded." in page.content.decode()
    (entry,) = theirs(newcomer)
    assert (entry.module, entry.completed_on, entry.method) == (module, date(2026, 3, 2), Method.EVIDENCE)
    evidence = Evidence.objects.everywhere(reason="test").get()
    assert (evidence.origin, evidence.state, evidence.entry_id) == ("passport", "accepted", entry.pk)
    assert evidence.expires_on == date(2029, 3, 2)


def test_nothing_is_taken_of_which_its_holder_cannot_be_told(hr, share, newcomer, reference, monkeypatch):
    def stopped(share, what, modules, *, at):
        if what is Viewing.What.ACCEPTED:
            raise OSError

    monkeypatch.setattr("home.agency.passport.note_viewing", stopped)
    with pytest.raises(OSError):
        press(hr, share, reference)
    assert theirs(newcomer) == []


def test_the_certificates_code_stays_in_no_record(hr, share, newcomer, reference):
    press(hr, share, reference)
    code = Certificate.objects.everywhere(reason="test").get().code
    evidence = Evidence.objects.everywhere(reason="test").get()
    kept = f"{evidence.reference} {theirs(newcomer)[0].evidence}".replace("-", "").replace(" ", "").upper()
    assert code not in kept


def test_the_register_decides_what_another_partnerships_course_counts_for(
    hr, share, newcomer, reference, moment, module
):
    module.title = "Another title by now"
    module.save()
    terms = Terms(module, "Domestic abuse: what everyone needs to know")
    accept(terms, accepted_by="The board", starts_on=DAY, by=BY, on=DAY, at=moment)
    press(hr, share, reference)
    assert [entry.method for entry in theirs(newcomer)] == [Method.EQUIVALENCE]


def test_what_nothing_knows_waits_in_the_queue_filled_in(hr, share, newcomer, reference, module):
    module.title = "Another title by now"
    module.save()
    page = press(hr, share, reference)
    assert "1 could not be matched to a module" in page.content.decode()
    assert theirs(newcomer) == []
    waiting = Evidence.objects.everywhere(reason="test").get()
    assert waiting.external_title == "Domestic abuse: what everyone needs to know"
    assert waiting.external_title in page.content.decode()


def test_twice_is_once(hr, share, newcomer, reference):
    press(hr, share, reference)
    assert "Nothing was added" in press(hr, share, reference).content.decode()
    assert len(theirs(newcomer)) == 1


def test_the_holder_reads_that_it_was_accepted(hr, share, newcomer, reference):
    press(hr, share, reference)
    assert [each.what for each in Viewing.objects.through(share)] == ["accepted", "page"]


def test_the_holder_reads_of_a_look_by_pressing_alone(hr, share):
    answer = hr.post(reverse("passport-accept", args=["SVP", share.code]), {})
    assert "what everyone needs to know" in answer.content.decode()
    assert [each.what for each in Viewing.objects.through(share)] == ["page"]


@pytest.mark.parametrize("wrong", ["nobody", ""])
def test_a_reference_of_nobody_records_nothing(hr, share, newcomer, wrong):
    assert press(hr, share, wrong).status_code == 200
    assert theirs(newcomer) == []


def test_an_ended_link_accepts_nothing(hr, share, moment):
    address = reverse("passport-accept", args=["SVP", share.code])
    end_share(share, by=BY, at=moment)
    assert hr.get(address).status_code == 404


def test_for_no_agency_but_ones_own(hr, share):
    assert hr.get(reverse("passport-accept", args=["SVH", share.code])).status_code == 404


def test_where_it_is_one_record_it_counts_already(client, bea, share, amira):
    client.force_login(bea)
    own = Employment.objects.everywhere(reason="test").get(person=amira).employee_ref
    assert "It is in their record already" in press(client, share, own, code="SVH").content.decode()
    assert len(theirs(amira)) == 1


def test_under_another_name_only_when_hr_has_checked(hr, share, world):
    other = _staff(world.neighbour, "Amy", "Learner", "POLICE_RESPONSE")
    theirs_here = Employment.objects.everywhere(reason="test").get(person=other).employee_ref
    refused = press(hr, share, theirs_here).content.decode()
    assert "another name for this reference" in refused and "Amy" not in refused
    assert theirs(other) == []
    press(hr, share, theirs_here, is_same="on")
    assert len(theirs(other)) == 1


def test_initials_are_enough_where_only_they_are_shown(hr, share, newcomer, reference, amira):
    amira.is_protected = True
    amira.save()
    press(hr, share, reference)
    assert len(theirs(newcomer)) == 1


def test_a_mask_without_initials_is_nobodys_name(newcomer):
    newcomer.first_name, newcomer.last_name = "伟", "王"
    assert not _is_named(newcomer, [SimpleNamespace(name=MASKED)])
    assert _is_named(newcomer, [SimpleNamespace(name=newcomer.name)])


def test_one_certificate_is_not_accepted_for_two_people(hr, share, newcomer, reference, world, moment):
    press(hr, share, reference)
    other = _staff(world.neighbour, "Amy", "Learner", "POLICE_RESPONSE")
    elsewhere = Employment.objects.everywhere(reason="test").get(person=other).employee_ref
    assert "accepted this for somebody else" in press(hr, share, elsewhere, is_same="on").content.decode()
    assert theirs(other) == []
    void_completion(theirs(newcomer)[0], reason="Wrong person", by=BY, at=moment)
    press(hr, share, elsewhere, is_same="on")
    assert len(theirs(other)) == 1


def test_one_certificate_is_one_when_it_is_issued_anew(hr, share, newcomer, reference, amira, world, moment):
    press(hr, share, reference)
    asked = names.ask(amira, "New Name", agency=world.agency, by=BY, at=moment)
    assert names.answer(asked, is_theirs=True, by=BY, at=moment) == 1
    anew = make_share(amira, label="", modules=(), last_on=LAST, by=BY, on=DAY, at=moment)
    assert "Nothing was added" in press(hr, anew, reference, is_same="on").content.decode()
    other = _staff(world.neighbour, "New", "Name", "POLICE_RESPONSE")
    elsewhere = Employment.objects.everywhere(reason="test").get(person=other).employee_ref
    assert "accepted this for somebody else" in press(hr, anew, elsewhere).content.decode()


def test_it_is_not_said_whose_a_passport_under_another_name_is(client, bea, share, amira, moment, world):
    """Else references could be tried until one says 'it is in their record already'."""
    asked = names.ask(amira, "New Name", agency=world.agency, by=BY, at=moment)
    names.answer(asked, is_theirs=True, by=BY, at=moment)
    anew = make_share(amira, label="", modules=(), last_on=LAST, by=BY, on=DAY, at=moment)
    client.force_login(bea)
    own = Employment.objects.everywhere(reason="test").get(person=amira).employee_ref
    page = press(client, anew, own, code="SVH").content.decode()
    assert "another name for this reference" in page and "record already" not in page


def test_that_hr_says_it_is_the_same_person_is_on_record_and_told(hr, share, world, dot, amira):
    other = _staff(world.neighbour, "Amy", "Learner", "POLICE_RESPONSE")
    other.user = UserFactory(email="amy@svp.example")
    other.save()
    theirs_here = Employment.objects.everywhere(reason="test").get(person=other).employee_ref
    press(hr, share, theirs_here)
    press(hr, share, theirs_here, is_same="on")
    by_dot = AuditEvent.objects.filter(actor=f"user:{dot.uid}", verb__startswith="passport").order_by("pk")
    assert [(each.verb, each.detail.get("as_other")) for each in by_dot] == [
        ("passport not accepted", None),
        ("passport accepted", True),
    ]
    assert [each.what for each in Viewing.objects.through(share)] == ["as_other", "page", "page", "page"]
    told = Notice.objects.everywhere(reason="test")
    assert [told.get(user=each).subject for each in (other.user, amira.user)] == ["Learning", "Learning"]


def test_hr_may_not_go_on_trying_whose_it_is(hr, share, world, monkeypatch):
    monkeypatch.setattr(limits, "TRIES_AN_HOUR", 1)
    other = _staff(world.neighbour, "Amy", "Learner", "POLICE_RESPONSE")
    theirs_here = Employment.objects.everywhere(reason="test").get(person=other).employee_ref
    press(hr, share, theirs_here)
    assert "Wait an hour" in press(hr, share, theirs_here, is_same="on").content.decode()
    assert theirs(other) == []


def test_nobody_tries_links_by_the_thousand_on_hrs_page(hr, share, monkeypatch):
    monkeypatch.setattr(limits, "LOOKS_A_MINUTE", 1)
    address = reverse("passport-accept", args=["SVP", share.code])
    assert [hr.get(address).status_code for _ in range(2)] == [200, 429]


def test_a_link_with_nothing_in_it_has_nothing_to_accept(hr, share):
    Showing.objects.create(certificate=Certificate.objects.everywhere(reason="test").get(), is_paused=True)
    assert hr.get(reverse("passport-accept", args=["SVP", share.code])).status_code == 404


def test_what_was_withdrawn_by_mistake_is_accepted_again(hr, share, newcomer, reference, moment):
    press(hr, share, reference)
    void_completion(theirs(newcomer)[0], reason="Wrong person", by=BY, at=moment)
    assert "1 recorded." in press(hr, share, reference).content.decode()
    assert len(Completion.objects.everywhere(reason="test").filter(person=newcomer).standing()) == 1
    assert "Nothing was added" in press(hr, share, reference).content.decode()


def test_a_renamed_holders_link_is_no_more_for_hr(hr, share, amira):
    amira.last_name = "Khan"
    amira.save()
    assert hr.get(reverse("passport-accept", args=["SVP", share.code])).status_code == 404
