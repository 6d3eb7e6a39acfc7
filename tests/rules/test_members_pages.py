"""The coordinator sees which agencies have signed up, and puts a sign-up on record."""

from datetime import date

import pytest
from django.urls import reverse

from tests.access.planting_rules import typed
from tests.factories import AgencyFactory, DesignationFactory, MembershipFactory, RequirementVersionFactory
from tests.rules.test_pages import text
from training.access.clock import today
from training.audit.models import FormerValue
from training.pathways.models import PathwayVersion, SignUp
from training.rules.members import members

PAGE = ["severnshire", "SVH"]
SAID = typed("signed_on", date(2026, 10, 1)) | {"state": "confirmed", "signatory_post": "Chief Nurse"}


@pytest.fixture
def live(rule):
    """The live version of the pathway."""
    return PathwayVersion.objects.create(pathway=rule.module.pathway, number=1, status="live")


def test_a_sign_up_is_put_on_record_and_listed(world, live, kim, as_):
    client = as_(kim)
    assert "Not signed up yet: 2." in text(client.get(reverse("partnership-agencies", args=["severnshire"])))
    client.post(reverse("agency-sign-up", args=PAGE), SAID)
    row = SignUp.objects.known_now().get()
    assert (row.agency, row.state, row.signed_on) == (world.agency, "confirmed", date(2026, 10, 1))
    assert "Confirmed, signed 1 October 2026" in text(client.get(reverse("partnership-agencies", args=["severnshire"])))


def test_without_a_live_version_there_is_nothing_to_sign(world, rule, kim, as_):
    answer = as_(kim).post(reverse("agency-sign-up", args=PAGE), SAID)
    assert "nothing to sign" in text(answer)
    assert SignUp.objects.count() == 0


def test_an_agency_of_another_partnership_is_not_there(world, live, kim, as_):
    MembershipFactory(agency=AgencyFactory(code="ELSE"))
    assert as_(kim).get(reverse("agency-sign-up", args=["severnshire", "ELSE"])).status_code == 404


def test_rules_of_ones_own_are_counted(world, rule, live, django_assert_num_queries):
    own = {"requirement__module": rule.module, "requirement__agency": world.agency}
    RequirementVersionFactory(requirement__role_group=rule.role_group, **own)
    RequirementVersionFactory(requirement__role_group=None, requirement__designation=DesignationFactory(), **own)
    with django_assert_num_queries(4):
        found = members(world.partnership, on=today())
    assert [(row.agency.code, row.own_rules) for row in found] == [("SVH", 2), ("SVP", 0)]


def test_the_coordinator_says_what_kind_an_agency_is(world, live, kim, as_):
    address = reverse("agency-kind", args=PAGE)
    as_(kim).post(address, {"kind": "police"})
    world.agency.refresh_from_db()
    assert world.agency.kind == "police"
    assert [row.value for row in FormerValue.objects.all()] == ["nhs_acute"]
    assert text(as_(kim).get(reverse("partnership-agencies", args=["severnshire"]))).count("Police force") == 2


def test_the_kind_of_an_agency_of_two_partnerships_is_not_one_coordinators_to_change(world, live, kim, as_):
    MembershipFactory(agency=world.agency, partnership__code="elsewhere")
    answer = as_(kim).post(reverse("agency-kind", args=PAGE), {"kind": "police"})
    assert "in a partnership that you do not look after" in text(answer)
    world.agency.refresh_from_db()
    assert world.agency.kind == "nhs_acute"
