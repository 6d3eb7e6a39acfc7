"""Who sees one's record, and protecting it: one's own button, at once, without a reason."""

from datetime import date

import pytest
from django.urls import reverse

from certificates.passport.services import make_share
from certificates.services import issue
from champions import terms
from champions.models import Champion
from champions.offers import Listing
from champions.services.listing import opt_in
from champions.services.network import nominate, record_agreement
from tests.conftest import DAY, MOMENT
from tests.factories import DesignationFactory, DutyFactory, ModuleFactory, PersonFactory, TermFactory, UserFactory
from tests.factories import completion as completed
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.people.models import Person

PRIVACY = "/learning/privacy/"
BY = Actor.system("test")


@pytest.fixture(autouse=True)
def clock(monkeypatch, moment):
    """It is the moment of the tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@pytest.fixture
def own_page(client, amira):
    """Amira, signed in."""
    client.force_login(amira.user)
    return client


def is_protected(person) -> bool:
    """As the database has it."""
    return Person.objects.everywhere(reason="test").get(pk=person.pk).is_protected


def test_the_learners_page_leads_to_it_and_its_title_is_neutral(own_page):
    assert f'href="{PRIVACY}"' in own_page.get("/learning/").content.decode()
    page = own_page.get(PRIVACY).content.decode()
    assert "<title>Learning</title>" in page
    assert "Exit this page" in page
    assert "Protect my record" in page


def test_one_protects_ones_record_and_stops_again(own_page, amira):
    page = own_page.post(PRIVACY, {"do": "protect"}, follow=True).content.decode()
    assert is_protected(amira)
    assert "Your record is protected now." in page
    assert "Stop protecting my record" in page
    own_page.post(PRIVACY, {"do": "stop"})
    assert not is_protected(amira)


def test_links_to_a_passport_end_with_protecting_and_stay_over(own_page, amira):
    share = make_share(amira, label="", modules=(), last_on=date(2100, 1, 1), by=BY, on=DAY, at=MOMENT)
    own_page.post(PRIVACY, {"do": "stop"})
    assert own_page.get(share.opening).status_code == 200
    own_page.post(PRIVACY, {"do": "protect"})
    own_page.post(PRIVACY, {"do": "stop"})
    assert own_page.get(share.opening).status_code == 404


def test_each_change_goes_on_record_once_without_a_reason_or_an_agency(own_page, amira):
    for wish in ("protect", "protect", "stop", "stop"):
        own_page.post(PRIVACY, {"do": wish, "reason": "canary"})
    events = AuditEvent.objects.filter(object_uid=amira.uid).order_by("pk")
    assert [(each.verb, each.actor, each.agency_code, each.detail) for each in events] == [
        ("record protected", f"user:{amira.user.uid}", "", {}),
        ("record protected no longer", f"user:{amira.user.uid}", "", {}),
    ]


@pytest.mark.parametrize("sent", [{}, {"do": "canary"}])
def test_what_is_not_understood_changes_nothing(own_page, amira, sent):
    assert own_page.post(PRIVACY, sent).status_code == 302
    assert not is_protected(amira)


def test_it_changes_nobody_elses_and_hr_has_no_way_in(client, own_page, amira, bea):
    own_page.post(PRIVACY, {"do": "protect", "person": "1"})
    assert Person.objects.everywhere(reason="test").filter(is_protected=True).get() == amira
    client.force_login(bea)
    assert client.post(PRIVACY, {"do": "stop"}).status_code == 403
    assert is_protected(amira)


def test_the_page_that_checks_a_certificate_shows_initials_at_once(own_page, amira):
    certificate = issue(completed(amira, ModuleFactory(), on=date(2026, 3, 2)), at=MOMENT)
    address = reverse("verify-code", args=[certificate.code])
    assert "Amira Learner" in _main(own_page.get(address))
    own_page.post(PRIVACY, {"do": "protect"})
    page = _main(own_page.get(address))
    assert "A. L." in page
    assert "Amira" not in page


def test_a_champion_leaves_the_directory_at_once_and_may_come_back(client, own_page, world, amira):
    pola = _champion(world).person
    assert "Pola Roster" in _main(own_page.get("/champions/"))
    client.force_login(pola.user)
    client.post(PRIVACY, {"do": "protect"})
    client.force_login(amira.user)
    assert "Pola" not in _main(client.get("/champions/"))
    client.force_login(pola.user)
    client.post(PRIVACY, {"do": "stop"})
    client.force_login(amira.user)
    assert "Pola Roster" in _main(client.get("/champions/"))


def _main(response) -> str:
    """The page without its frame."""
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def _champion(world) -> Champion:
    """Pola of the police, agreed to and listed."""
    person = PersonFactory(first_name="Pola", last_name="Roster", user=UserFactory(email="pola@svp.example"))
    term = TermFactory(post__employment__person=person, post__employment__agency=world.neighbour)
    DutyFactory(post=term.post, designation=DesignationFactory(code="CHAMPION", title="Champion"))
    champion = nominate(person=person, partnership=world.partnership, on=DAY, by=BY, at=MOMENT)
    record_agreement(champion=champion, agreed_on=DAY, by=BY, at=MOMENT)
    return opt_in(
        person=person,
        partnership=world.partnership,
        listing=Listing(name_to="everybody"),
        terms_version=terms.VERSION,
        by=BY,
        at=MOMENT,
    )
