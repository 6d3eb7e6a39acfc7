"""What was overwritten in place stays known as it was."""

from datetime import UTC, datetime, timedelta

from tests.factories import LocalityFactory, ModuleFactory
from training.access.actor import Actor
from training.audit.former import KEPT, former_values, keep_former
from training.audit.models import AuditEvent, FormerValue
from training.people.models import Agency, StalePost, Workplace
from training.people.services import set_agency_kind, set_localities

BY = Actor.system("test")
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = AT + timedelta(days=10)


def test_a_kind_of_agency_is_known_as_it_was(world, amira_post):
    agency = world.agency
    before = agency.kind
    set_agency_kind(agency=agency, kind="police", by=BY, at=AT)
    set_agency_kind(agency=agency, kind="school", by=BY, at=LATER)
    assert Agency.objects.get(pk=agency.pk).kind == "school"
    assert former_values(Agency, "kind", AT - timedelta(seconds=1)) == {agency.pk: before}
    assert former_values(Agency, "kind", AT) == {agency.pk: "police"}
    assert former_values(Agency, "kind", LATER) == {}
    assert former_values(Agency, "kind", None) == {}
    assert StalePost.objects.everywhere(reason="test").filter(post=amira_post).exists()
    assert list(AuditEvent.objects.values_list("verb", flat=True)) == ["kind of agency changed"] * 2


def test_the_place_of_a_workplace_is_known_as_it_was(world):
    place = LocalityFactory(partnership=world.partnership)
    workplace = Workplace.objects.create(agency=world.agency, code="W", title="W")
    set_localities(agency=world.agency, places={workplace: place}, by=BY, at=AT)
    assert former_values(Workplace, "locality_id", AT - timedelta(days=1)) == {workplace.pk: None}
    workplace.refresh_from_db()
    assert workplace.locality == place


def test_what_does_not_change_and_what_no_figure_needs_is_not_kept(world):
    module = ModuleFactory()
    module.title, module.minutes = "Another", module.minutes
    keep_former(module, ["title", "minutes"], by=BY, at=AT)
    assert not FormerValue.objects.exists()
    assert set(KEPT) == {"people.agency", "people.rolegroup", "people.workplace", "pathways.module"}
