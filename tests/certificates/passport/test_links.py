"""A link shows what its holder meant by it: which modules, under which names, and nothing that came to be since."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from certificates.erasure import erase_certificates
from certificates.models import Certificate, Share, Showing, Viewing
from certificates.passport.selectors import opened_by, seen_through
from certificates.passport.services import make_share, note_viewing
from certificates.services import issue
from tests.conftest import DAY, MOMENT
from tests.factories import ModuleFactory, PartnershipFactory, PersonFactory, completion
from training.access.actor import Actor
from training.people.identity.merge import join_records
from training.people.models import Sameness

BY = Actor.system("test")
LAST = date(2100, 1, 1)
ALL = Share.objects.everywhere(reason="test")


def link(person, **said):
    """A link that somebody made."""
    said = {"label": "", "modules": (), "last_on": LAST} | said
    return make_share(person, **said, by=BY, on=DAY, at=MOMENT)


def names_of(share):
    """Whose record it says to be, and the name on each certificate that it shows; none where it opens nothing."""
    opened = opened_by(share.code, on=DAY)
    return opened and (opened.name, [line.name for line in opened.lines])


@pytest.fixture
def own(client, amira):
    """Amira, signed in."""
    client.force_login(amira.user)
    return client


@pytest.fixture
def renamed(amira, certificate):
    """A link that was made before the roster called her otherwise, and what she has learnt since."""
    share = link(amira)
    amira.last_name = "Khan"
    amira.save()
    issue(completion(amira, ModuleFactory(code="DA-B2", title="Something else"), on=DAY), at=MOMENT)
    return share


def test_a_link_ends_with_the_name_on_the_roster(renamed, own):
    assert Client().get(renamed.opening).status_code == 404
    assert Client().get(reverse("passport-opened-file", args=[renamed.code])).status_code == 404
    page = own.get(renamed.get_absolute_url()).content.decode()
    assert "This link opens nothing any more" in page and "Your name has changed since you made it" in page
    page = own.get(reverse("passport")).content.decode()
    assert "No link of yours is open" in page and "Links that are over" in page


def test_a_new_link_leaves_out_the_old_name_unless_its_holder_chooses_it(renamed, amira, own):
    assert names_of(link(amira)) == ("Amira Khan", ["Amira Khan"])
    page = own.get(reverse("passport-share-new")).content.decode()
    assert "Certificates under another name" in page and 'value="Amira Learner"' in page
    assert own.post(reverse("passport-share-new"), {"days": "7", "names": ["Amira Learner"]}).status_code == 302
    both = ALL.latest("pk")
    assert names_of(both) == ("Amira Khan", ["Amira Khan", "Amira Learner"])
    assert "In the name of" in Client().get(both.opening).content.decode()


def test_no_link_is_made_that_would_show_nothing(renamed, certificate, own):
    only_old = {"days": "7", "modules": [certificate.completion.module_id]}
    answer = own.post(reverse("passport-share-new"), only_old)
    assert "is under another name" in answer.content.decode()
    assert own.post(reverse("passport-share-new"), only_old | {"names": ["Amira Learner"]}).status_code == 302


def test_whoever_never_changed_names_is_not_asked_about_them(own, certificate):
    assert "Certificates under another name" not in own.get(reverse("passport-share-new")).content.decode()
    assert own.post(reverse("passport-share-new"), {"days": "7", "names": ["Somebody Else"]}).status_code == 302
    assert ALL.latest("pk").names == ["Amira Learner"]


def test_her_passport_says_under_which_names_it_stands(renamed, own):
    page = own.get(reverse("passport")).content.decode()
    assert 'New certificates say <strong dir="auto">Amira Khan' in page and "Amira Learner</strong>: links" in page


def test_an_older_code_leads_to_no_name_that_a_roster_brought(amira, certificate, own):
    Showing.objects.create(certificate=certificate, points_forward=True)
    amira.last_name = "Khan"
    amira.save()
    renewal = issue(completion(amira, certificate.completion.module, on=DAY), at=MOMENT)
    page = Client().get(reverse("verify-code", args=[certificate.code])).content.decode()
    assert "Amira Learner" in page and renewal.code not in page


def test_many_looks_push_no_acceptance_out_of_sight(certificate, amira):
    share = link(amira)
    note_viewing(share, Viewing.What.ACCEPTED, ["DA-A1"], at=MOMENT)
    for minute in range(60):
        note_viewing(share, Viewing.What.PAGE, ["DA-A1"], at=MOMENT + timedelta(days=1, minutes=minute))
    seen = [(each.what, each.times, each.last_at) for each in seen_through(share)]
    assert seen == [("page", 60, MOMENT + timedelta(days=1, minutes=59)), ("accepted", 1, MOMENT)]


def test_of_two_modules_with_one_code_the_chosen_one_is_shown(amira, certificate, own):
    other = ModuleFactory(
        code="DA-A1", title=certificate.words.module_title, pathway__partnership=PartnershipFactory(title="Elsewhere")
    )
    issue(completion(amira, other, on=DAY), at=MOMENT)
    page = own.get(reverse("passport-share-new")).content.decode()
    assert "(DA-A1), Elsewhere" in page
    opened = opened_by(link(amira, modules=[other.pk]).code, on=DAY)
    assert [line.words.partnership for line in opened.lines] == ["Elsewhere"]
    assert len(opened_by(link(amira).code, on=DAY).lines) == 2


def test_where_one_certificate_shows_initials_the_link_shows_no_name(amira, certificate):
    Showing.objects.create(certificate=certificate, is_masked=True)
    issue(completion(amira, ModuleFactory(code="DA-B2", title="Something else"), on=DAY), at=MOMENT)
    share = link(amira)
    assert names_of(share) == ("A. L.", ["A. L.", "A. L."])
    for address in (share.opening, reverse("passport-opened-file", args=[share.code])):
        assert "Learner" not in Client().get(address).content.decode()


def test_what_renews_a_masked_certificate_is_masked(amira, certificate):
    Showing.objects.create(certificate=certificate, is_masked=True)
    renewal = issue(completion(amira, certificate.completion.module, on=DAY), at=MOMENT)
    assert Certificate.objects.with_code(renewal.code).get().name_shown == "A. L."


def test_erasing_an_earlier_record_ends_the_links_that_showed_it(amira, certificate):
    own = PersonFactory(first_name="Amira", last_name="Khan")
    join_records(own, amira, proof=Sameness.Proof.ADDRESS, by=BY, at=MOMENT)
    own.refresh_from_db()
    amira.refresh_from_db()
    share = link(own, names=["Amira Learner"])
    note_viewing(share, Viewing.What.PAGE, ["DA-A1"], at=MOMENT)
    assert names_of(share) == ("Amira Khan", ["Amira Learner"])
    erase_certificates(amira, by=BY, at=MOMENT)
    assert not ALL.exists()
    assert not Viewing.objects.everywhere(reason="test").exists()
