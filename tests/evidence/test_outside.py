"""Who is alone in HR asks the partnership's coordinator to decide about their own training."""

from datetime import date

import pytest
from django.urls import reverse

from tests.conftest import MOMENT
from tests.evidence.conftest import BY, recorded
from tests.factories import MembershipFactory, ModuleFactory, PartnershipFactory, RoleGrantFactory
from training.evidence.models import Evidence
from training.evidence.services import Given, give_evidence
from training.notices.models import Notice


@pytest.fixture
def own(bea, staff, world, module):
    """What bea, alone in the hospital's HR, gave in herself."""
    person = staff["1"]
    person.user = bea
    person.save()
    said = Given("Asking well", "Sea Training", date(2026, 3, 2))
    return give_evidence(person, world.agency, said, [], by=BY, at=MOMENT)


@pytest.fixture
def cora(world):
    """Coordinates the partnership."""
    grant = {"role_code": "partnership_coordinator", "partnership": world.partnership}
    return RoleGrantFactory(user__email="cora@board.example", **grant).user


def ask(client, bea, own):
    client.force_login(bea)
    return client.post(reverse("elsewhere-one", args=[own.uid]), {"do": "outside"}, follow=True).content.decode()


def test_nothing_goes_outside_unless_the_person_asks(client, own, bea, cora):
    client.force_login(cora)
    page = reverse("evidence-outside", args=["severnshire", own.uid])
    assert client.get(page).status_code == 404
    assert "Asking well" not in client.get(reverse("register", args=["severnshire"])).content.decode()
    assert "The coordinator has been asked." in ask(client, bea, own)
    client.force_login(cora)
    assert page in client.get(reverse("register", args=["severnshire"])).content.decode()
    assert own.person.last_name not in client.get(page).content.decode().partition("<main")[2]


def test_the_coordinator_decides(client, own, bea, cora, module):
    ask(client, bea, own)
    client.force_login(cora)
    page = reverse("evidence-outside", args=["severnshire", own.uid])
    client.post(page, {"decision": "accept", "module": module.pk})
    own.refresh_from_db()
    assert (own.state, own.decided_by, len(recorded())) == ("accepted", f"user:{cora.uid}", 1)
    assert client.get(page).status_code == 404


def test_the_coordinator_accepts_into_their_own_partnership_alone(client, own, bea, cora, world, module):
    other = ModuleFactory(code="OT-A1", pathway__partnership=PartnershipFactory(code="other"))
    MembershipFactory(partnership=other.pathway.partnership, agency=world.agency)
    ask(client, bea, own)
    client.force_login(cora)
    page = reverse("evidence-outside", args=["severnshire", own.uid])
    assert other.title not in client.get(page).content.decode()
    client.post(page, {"decision": "accept", "module": other.pk})
    assert recorded() == []


def test_nobody_is_told_that_hr_decided_where_the_coordinator_did(client, own, bea, cora, module):
    ask(client, bea, own)
    client.force_login(cora)
    client.post(reverse("evidence-outside", args=["severnshire", own.uid]), {"decision": "accept", "module": module.pk})
    notice = Notice.objects.everywhere(reason="test").get(user=bea)
    assert "HR" not in notice.body
    client.force_login(bea)
    page = client.get(reverse("elsewhere-one", args=[own.uid])).content.decode()
    assert "or your partnership’s coordinator, whom you asked" in page


def test_where_a_colleague_can_decide_nobody_outside_may(client, own, bea, cora, world):
    ask(client, bea, own)
    RoleGrantFactory(user__email="bob@svh.example", role_code="agency_hr", agency=world.agency)
    client.force_login(cora)
    assert client.get(reverse("evidence-outside", args=["severnshire", own.uid])).status_code == 404
    Evidence.objects.within(world.agency).update(asked_outside_at=None)
    assert "A colleague in your HR team can decide about it." in ask(client, bea, own)
    own.refresh_from_db()
    assert own.asked_outside_at is None
