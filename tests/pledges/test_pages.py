"""HR reports, the coordinator confirms, anyone reads the wall."""

import html
import re
from dataclasses import replace
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse

from tests.access.planting_rules import typed
from tests.factories import AgencyFactory, MembershipFactory, RoleGrantFactory
from tests.pledges.conftest import BY, POLICY, SIGNED
from training.access.clock import today
from training.people.kinds import AgencyKind
from training.people.models import Agency, Membership
from training.pledges import services
from training.pledges.models import Charter, Kind, Pledge
from training.pledges.selectors.wall import SECTORS

REVIEW = today() + timedelta(days=700)
POLICY_TYPED = (
    typed("made_on", POLICY.made_on)
    | typed("review_on", REVIEW)
    | {"covers": ["victims", "people_who_harm"], "do": "change"}
)
NEW = reverse("agency-commitment-new", args=["SVH", "severnshire", "policy"])
TABLE = reverse("commitments", args=["severnshire"])
WALL = reverse("commitment-wall", args=["severnshire"])


def text(answer) -> str:
    assert answer.status_code in (200, 400)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.fixture
def as_(client):
    """The pages as this login sees them."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def test_hr_reports_the_coordinator_confirms_and_anyone_reads_it(world, charter, bea, kim, as_, client):
    assert "Your partnership’s coordinator" in text(as_(bea).get(NEW[: -len("severnshire/policy/")]))
    as_(bea).post(NEW, POLICY_TYPED)
    pledge = Pledge.objects.get()
    assert (pledge.agency, pledge.is_confirmed, pledge.covers_both) == (world.agency, False, True)
    client.logout()
    assert "Severn Vale Hospitals" not in text(client.get(WALL))
    page = text(as_(kim).get(TABLE))
    assert "Severn Vale Hospitals: Workplace policy Approved 1 March 2025" in page
    confirm = reverse("commitment", args=["severnshire", pledge.uid])
    as_(kim).post(confirm, {"do": "confirm", "seen": pledge.pk})
    assert Pledge.objects.known_now().get().is_confirmed
    client.logout()
    assert "Severn Vale Hospitals Workplace policy For staff who are being harmed, and staff who harm" in text(
        client.get(WALL)
    )


def test_hr_can_confirm_nothing(pledged, bea, as_):
    pledge = pledged(Kind.POLICY, is_confirmed=False)
    as_(bea).post(reverse("agency-commitment", args=["SVH", pledge.uid]), {"do": "confirm", "seen": pledge.pk})
    assert not Pledge.objects.filter(is_confirmed=True).exists()


def test_what_was_not_seen_is_not_confirmed(pledged, kim, as_):
    pledge = pledged(Kind.POLICY, is_confirmed=False)
    answer = as_(kim).post(
        reverse("commitment", args=["severnshire", pledge.uid]), {"do": "confirm", "seen": "0"}, follow=True
    )
    assert "has changed since" in text(answer)
    assert not Pledge.objects.filter(is_confirmed=True).exists()


def test_a_refusal_is_said_plainly_and_nothing_is_kept(world, charter, bea, as_):
    bad = POLICY_TYPED | typed("review_on", date(2020, 1, 1))
    assert "The review has to come after the day itself." in text(as_(bea).post(NEW, bad))
    assert "Whom is it for?" in text(as_(bea).post(NEW, {"do": "change"}))
    assert not Pledge.objects.exists()


def test_another_partnerships_address_is_not_there(world, charter, bea, kim, as_):
    MembershipFactory(agency=AgencyFactory(code="ELSE"), partnership__code="elsewhere")
    for kind in ("elsewhere/policy", "severnshire/else"):
        assert as_(bea).get(f"/agency/SVH/commitments/{kind}/").status_code == 404
    assert as_(kim).get(reverse("commitments-agency", args=["severnshire", "ELSE"])).status_code == 404


def test_hr_changes_withdraws_and_says_that_there_is_none(pledged, bea, as_):
    pledge = pledged(Kind.POLICY, review_on=REVIEW)
    page = reverse("agency-commitment", args=["SVH", pledge.uid])
    assert 'value="1"' in as_(bea).get(page).content.decode()
    as_(bea).post(page, POLICY_TYPED | {"covers": ["victims"], "seen": pledge.pk})
    assert Pledge.objects.known_now().get().covers_people_who_harm is False
    standing = Pledge.objects.known_now().get()
    as_(bea).post(page, typed("from_on", today()) | {"do": "withdraw", "seen": standing.pk})
    assert Pledge.objects.known_now().get().withdrawn_on == today()
    assert as_(bea).get(page).status_code == 404
    as_(bea).post(reverse("agency-commitment-new", args=["SVH", "severnshire", "lead"]), {"do": "none"})
    assert Pledge.objects.known_now().get(kind=Kind.LEAD).is_none
    answer = as_(bea).get(reverse("agency-commitments", args=["SVH"]))
    assert "Executive lead Has none yet" in text(answer)


def test_what_changed_under_a_form_is_neither_changed_nor_withdrawn(pledged, bea, as_, moment):
    pledge = pledged(Kind.POLICY, review_on=REVIEW)
    page = reverse("agency-commitment", args=["SVH", pledge.uid])
    assert as_(bea).get(page).content.decode().count(f'name="seen" value="{pledge.pk}"') == 2
    said = replace(services.said_of(pledge), reference="Another")
    now = services.change(pledge=pledge, said=said, by=BY, at=moment, is_confirmed=True)
    for stale in (POLICY_TYPED, typed("from_on", today()) | {"do": "withdraw"}):
        answer = as_(bea).post(page, stale | {"seen": pledge.pk})
        assert services.CHANGED in text(answer)
        assert f'name="seen" value="{now.pk}"' in answer.content.decode()
    assert Pledge.objects.known_now().get() == now


def test_one_agencys_page_does_not_read_the_others(pledged, world, kim, as_):
    pledged(Kind.POLICY)
    page = reverse("commitments-agency", args=["severnshire", "svh"])
    with patch("training.pledges.selectors.places.held") as held:
        assert as_(kim).get(page).status_code == 200
    assert not held.called


def test_the_coordinators_table_is_narrowed(pledged, kim, as_):
    for kind in Kind:
        pledged(kind, review_on=None if kind == Kind.LEAD else REVIEW)
    client = as_(kim)
    both = {"Severn Vale Hospitals", "Severnshire Police"}
    for show, shown in (("", both), ("missing", {"Severnshire Police"}), ("due", set()), ("waiting", set())):
        page = text(client.get(TABLE, {"show": show}))
        assert {each for each in both if each in page} == shown, show


def test_the_coordinator_names_the_charter(world, kim, as_):
    address = reverse("charter", args=["severnshire"])
    bad = {"title": "Concordat", "address": "http://example.org/", "tiers": ""}
    assert "must begin with https://" in text(as_(kim).post(address, bad))
    as_(kim).post(address, bad | {"address": "https://example.org/", "tiers": "Silver\n\n Gold \nGold"})
    found = Charter.objects.get()
    assert (found.title, found.tiers) == ("Concordat", ["Silver", "Gold"])


def test_a_page_tells_what_became_of_it(pledged, bea, kim, as_, moment):
    pledge = pledged(Kind.POLICY, is_confirmed=False)
    confirmed = services.confirm(pledge=pledge, by=BY, at=moment + timedelta(hours=1))
    said = replace(POLICY, reference="Another")
    services.change(pledge=confirmed, said=said, by=BY, at=moment + timedelta(days=1), is_confirmed=False)
    page = text(as_(bea).get(reverse("agency-commitment", args=["SVH", pledge.uid])))
    assert (
        "What became of it 2 November 2026 at 9:30am Reported by the agency 2 November 2026 at 10:30am "
        "Confirmed by the coordinator 3 November 2026 at 9:30am Changed by the agency, to be confirmed again"
    ) in page


def test_an_agencys_lead_finds_the_page_and_reports(world, charter, as_):
    lead = RoleGrantFactory(user__email="lead@svh.example", role_code="agency_lead", agency=world.agency).user
    page = as_(lead).get(reverse("agency-commitments", args=["SVH"]))
    assert text(page).count("Our commitments") == 2
    as_(lead).post(NEW, POLICY_TYPED)
    assert Pledge.objects.get().recorded_by == f"user:{lead.uid}"


@pytest.fixture
def signed(pledged):
    """The hospital has signed, and its review is far."""
    return lambda **more: pledged(Kind.CHARTER, review_on=REVIEW, **more)


def test_the_wall_says_who_signed_only_where_it_may(signed, pledged, client):
    signed()
    pledged(Kind.LEAD, is_who_public=True)
    page = text(client.get(WALL))
    assert "Severnshire Charter Gold Signed 12 January 2026" in page
    assert "Director of Nursing, since 4 May 2026" in page
    assert not [name for name in (SIGNED.name, SIGNED.post_title, "Kit Sample") if name in page]
    Pledge.objects.filter(kind=Kind.CHARTER).update(is_who_public=True)
    assert "by Jo Example, Chief Nurse" in text(client.get(WALL))


def lapse(agency):
    Pledge.objects.update(review_on=date(2026, 2, 1))


def unname(agency):
    Agency.objects.update(is_named_in_public=False)


def leave(agency):
    Membership.objects.filter(agency=agency).update(ends_on=date(2026, 2, 1))


def unconfirm(agency):
    Pledge.objects.update(is_confirmed=False)


@pytest.mark.parametrize("change", [lapse, unname, leave, unconfirm])
def test_the_wall_keeps_silent_about_what_does_not_hold(signed, world, client, change):
    signed()
    assert world.agency.title in text(client.get(WALL))
    change(world.agency)
    assert world.agency.title not in text(client.get(WALL))


@pytest.mark.parametrize("one_side", ["covers_victims", "covers_people_who_harm"])
def test_the_wall_shows_no_policy_that_is_not_counted(signed, pledged, client, one_side):
    signed()
    pledged(Kind.POLICY, review_on=REVIEW)
    assert "1 have a workplace policy" in text(client.get(WALL))
    Pledge.objects.filter(kind=Kind.POLICY).update(**{one_side: False})
    page = text(client.get(WALL))
    assert "Workplace policy" not in page
    assert "0 have a workplace policy" in page


def test_of_two_signatures_that_wait_each_button_says_which(pledged, kim, as_):
    pledged(Kind.CHARTER, is_confirmed=False)
    pledged(Kind.CHARTER, is_confirmed=False, made_on=date(2026, 2, 12))
    page = text(as_(kim).get(TABLE))
    for day in ("12 January 2026", "12 February 2026"):
        named = f"Severnshire Charter of Severn Vale Hospitals, {day}"
        assert page.count(f"I have seen it: confirm {named}") == 1
        assert page.count(f"Change or withdraw {named}") == 1


def test_either_side_keeps_an_agency_off_public_lists(signed, world, bea, kim, as_):
    signed()
    as_(bea).post(reverse("agency-commitments", args=["SVH"]), {"do": "unnamed"})
    assert "Severn Vale" not in text(as_(kim).get(WALL))
    as_(kim).post(reverse("commitments-agency", args=["severnshire", "SVH"]), {"do": "named"})
    assert "Severn Vale" in text(as_(kim).get(WALL))


def test_each_kind_of_agency_stands_in_one_sector():
    kinds = [kind for kinds in SECTORS.values() for kind in kinds]
    assert sorted(kinds) == sorted(AgencyKind)
