"""What may be put on record, what is refused, and what was known when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import AgencyFactory
from tests.pledges.conftest import BY, LEAD, POLICY, SAID, SIGNED
from training.audit.models import AuditEvent
from training.pledges import services
from training.pledges.errors import PledgeRefused
from training.pledges.held import State, held
from training.pledges.models import Kind, Pledge


def state(agency, kind, on, known_at=None) -> State:
    return held(Pledge.objects.as_known(known_at).filter(agency=agency, kind=kind), on=on).state


@pytest.mark.parametrize(
    ("kind", "changes", "why"),
    [
        (Kind.CHARTER, {"made_on": date(2026, 11, 3)}, "still to come"),
        (Kind.CHARTER, {"review_on": SIGNED.made_on}, "has to come after"),
        (Kind.CHARTER, {"made_on": date(26, 1, 12)}, "26 cannot be right"),
        (Kind.CHARTER, {"review_on": date(2082, 1, 12)}, "within ten years"),
        (Kind.CHARTER, {"review_on": None}, "have a day of review"),
        (Kind.LEAD, {"review_on": date(2027, 1, 1)}, "a lead has none"),
        (Kind.POLICY, {"covers_victims": False, "covers_people_who_harm": False}, "whom the policy is for"),
    ],
)
def test_what_does_not_hang_together_is_refused(pledged, kind, changes, why):
    with pytest.raises(PledgeRefused, match=why):
        pledged(kind, **changes)
    assert Pledge.objects.count() == 0


def test_the_same_day_twice_is_refused(pledged):
    pledged(Kind.POLICY)
    with pytest.raises(PledgeRefused, match="on record already"):
        pledged(Kind.POLICY, reference="Another")


def test_an_agency_of_another_partnership_is_refused(pledged):
    with pytest.raises(PledgeRefused, match="is not in"):
        pledged(Kind.POLICY, AgencyFactory())


def test_without_a_charter_there_is_nothing_to_sign(world, moment):
    given = {"partnership": world.partnership, "said": SIGNED, "by": BY, "at": moment, "is_confirmed": True}
    with pytest.raises(PledgeRefused, match="what there is to sign"):
        services.report(agency=world.agency, kind=Kind.CHARTER, **given)


def test_what_is_reported_counts_once_it_is_confirmed(pledged, world, moment, day):
    pledge = pledged(Kind.POLICY, is_confirmed=False)
    assert state(world.agency, Kind.POLICY, day) == State.WAITING
    later = moment + timedelta(hours=1)
    services.confirm(pledge=pledge, by=BY, at=later)
    assert state(world.agency, Kind.POLICY, day) == State.IN_PLACE
    assert state(world.agency, Kind.POLICY, day, known_at=moment) == State.WAITING


def test_a_change_of_what_was_confirmed_waits_again_and_the_old_name_goes(pledged, world, moment, day):
    pledge = pledged(Kind.LEAD)
    given = {"by": BY, "at": moment, "is_confirmed": False}
    changed = services.change(pledge=pledge, said=replace(LEAD, name="Sam Other"), **given)
    assert (changed.uid, changed.is_confirmed) == (pledge.uid, False)
    assert list(Pledge.objects.order_by("pk").values_list("name", flat=True)) == ["", "Sam Other"]
    assert services.change(pledge=changed, said=replace(LEAD, name="Sam Other"), **given) is changed


def test_nobody_confirms_what_changed_under_their_eyes(pledged, moment):
    seen = pledged(Kind.POLICY, is_confirmed=False)
    services.change(pledge=seen, said=replace(POLICY, reference="New"), by=BY, at=moment, is_confirmed=False)
    with pytest.raises(PledgeRefused, match="has changed"):
        services.confirm(pledge=seen, by=BY, at=moment)
    assert not Pledge.objects.filter(is_confirmed=True).exists()


def test_withdrawn_from_a_day_it_counted_before(pledged, world, moment, day):
    pledge = pledged(Kind.CHARTER)
    services.withdraw(pledge=pledge, from_on=date(2026, 10, 1), by=BY, at=moment)
    assert state(world.agency, Kind.CHARTER, date(2026, 9, 30)) == State.IN_PLACE
    assert state(world.agency, Kind.CHARTER, day) == State.WITHDRAWN
    assert not Pledge.objects.exclude(name="").exists()


def test_withdrawn_from_its_first_day_it_never_was_and_can_be_reported_anew(pledged, world, moment, day):
    services.withdraw(pledge=pledged(Kind.POLICY), from_on=POLICY.made_on, by=BY, at=moment)
    assert state(world.agency, Kind.POLICY, day) == State.NOTHING
    pledged(Kind.POLICY)
    assert state(world.agency, Kind.POLICY, day) == State.IN_PLACE


@pytest.mark.parametrize("from_on", [POLICY.made_on - timedelta(days=1), date(2026, 11, 3)])
def test_nothing_is_withdrawn_before_it_was_or_in_time_to_come(pledged, moment, from_on):
    pledge = pledged(Kind.POLICY)
    with pytest.raises(PledgeRefused):
        services.withdraw(pledge=pledge, from_on=from_on, by=BY, at=moment)


def test_a_renewal_leaves_what_was_before_it(pledged, world):
    pledged(Kind.POLICY, made_on=date(2023, 3, 1), review_on=date(2025, 2, 1))
    pledged(Kind.POLICY)
    days = [date(2025, 2, 1), date(2025, 2, 2), date(2025, 3, 1), date(2027, 1, 15), date(2027, 3, 2)]
    found = [state(world.agency, Kind.POLICY, on) for on in days]
    assert found == [State.DUE, State.LAPSED, State.IN_PLACE, State.DUE, State.LAPSED]


def test_none_yet_is_an_answer(pledged, world, moment, day):
    given = {"agency": world.agency, "partnership": world.partnership, "by": BY, "at": moment}
    services.report_none(kind=Kind.LEAD, **given)
    assert state(world.agency, Kind.LEAD, day) == State.NONE
    pledged(Kind.LEAD, made_on=day)
    assert state(world.agency, Kind.LEAD, day) == State.IN_PLACE
    for kind, why in ((Kind.LEAD, "Withdraw it first"), (Kind.CHARTER, "on record or it is not")):
        with pytest.raises(PledgeRefused, match=why):
            services.report_none(kind=kind, **given)


def test_the_audit_names_nobody(pledged):
    for kind in Kind:
        pledged(kind)
    said = str(list(AuditEvent.objects.filter(object_kind="commitment").values()))
    assert AuditEvent.objects.filter(verb="commitment reported", agency_code="SVH").count() == 3
    assert not [each.name for each in SAID.values() if each.name and each.name in said]


def test_names_go_when_they_have_served(pledged, world, moment):
    pledged(Kind.LEAD, made_on=date(2024, 1, 1), name="Before Her")
    pledged(Kind.LEAD)
    pledged(Kind.CHARTER, made_on=date(2023, 1, 1), review_on=date(2025, 11, 1), name="Long Ago")
    pledged(Kind.CHARTER, world.neighbour, made_on=date(2023, 1, 1), review_on=date(2025, 11, 2), name="A Year Ago")
    pledged(Kind.LEAD, world.neighbour, is_confirmed=False, made_on=date(2026, 9, 1), name="Still Waits")
    assert services.forget_names(at=moment) == 2
    assert sorted(Pledge.objects.exclude(name="").values_list("name", flat=True)) == [
        "A Year Ago",
        "Kit Sample",
        "Still Waits",
    ]
    assert services.forget_names(at=moment) == 0


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("pledge_is_reviewed_later", {"review_on": POLICY.made_on}),
        ("pledge_is_withdrawn_later", {"withdrawn_on": date(2020, 1, 1)}),
        ("signature_and_policy_have_a_review", {"review_on": None}),
        ("no_policy_and_no_lead_is_said_alone", {"is_none": True}),
        ("a_name_stands_on_what_stands", {"name": "Jo", "withdrawn_on": date(2026, 1, 1)}),
    ],
)
def test_the_database_keeps_the_promise(pledged, name, broken):
    pledge = pledged(Kind.POLICY)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Pledge.objects.filter(pk=pledge.pk).update(**broken)
