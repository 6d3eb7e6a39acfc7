"""The strategy's counts of agencies: numerators, denominators, and who told nothing."""

from datetime import date, timedelta

from tests.factories import AgencyFactory, MembershipFactory
from tests.pledges.conftest import BY
from training.people.models import Membership
from training.pledges import services
from training.pledges.models import Kind
from training.pledges.selectors import Count, counts, to_look_at_again


def test_agencies_that_told_nothing_are_named_and_not_counted(world, pledged, day, moment):
    pledged(Kind.POLICY)
    found = counts(world.partnership, on=day)
    assert found["POLICY_IN_PLACE"] == Count(("SVH",), (), ("SVP",))
    assert found["EXEC_LEAD_NAMED"] == Count(unreported=("SVH", "SVP"))
    assert found["CHARTER_SIGNED"] == Count((), ("SVH", "SVP"))
    given = {"partnership": world.partnership, "kind": Kind.POLICY, "by": BY, "at": moment}
    services.report_none(agency=world.neighbour, **given)
    assert counts(world.partnership, on=day)["POLICY_IN_PLACE"] == Count(("SVH",), ("SVP",))


def test_a_policy_for_one_side_alone_or_not_confirmed_was_told_and_is_not_in_place(world, pledged, day):
    pledged(Kind.POLICY, covers_people_who_harm=False)
    pledged(Kind.POLICY, world.neighbour, is_confirmed=False)
    assert counts(world.partnership, on=day)["POLICY_IN_PLACE"] == Count((), ("SVH", "SVP"))


def test_counts_as_known_then_do_not_move(world, pledged, moment, day):
    pledged(Kind.CHARTER)
    later = moment + timedelta(days=3)
    pledged(Kind.CHARTER, world.neighbour, at=later)
    assert counts(world.partnership, on=day, known_at=moment)["CHARTER_SIGNED"] == Count(("SVH",), ("SVP",))
    assert counts(world.partnership, on=day)["CHARTER_SIGNED"] == Count(("SVH", "SVP"))
    before = moment - timedelta(seconds=1)
    assert "CHARTER_SIGNED" not in counts(world.partnership, on=day, known_at=before)


def test_an_agency_that_has_gone_is_in_no_count(world, pledged, day):
    pledged(Kind.CHARTER)
    pledged(Kind.LEAD)
    Membership.objects.filter(agency=world.agency).update(ends_on=date(2026, 10, 31))
    found = counts(world.partnership, on=day)
    assert (found["CHARTER_SIGNED"], found["EXEC_LEAD_NAMED"]) == (Count((), ("SVP",)), Count(unreported=("SVP",)))
    assert counts(world.partnership, on=date(2026, 10, 31))["CHARTER_SIGNED"] == Count(("SVH",), ("SVP",))


def test_more_agencies_cost_no_more_queries(world, pledged, day, django_assert_num_queries):
    for number in range(3):
        agency = AgencyFactory(code=f"X{number}")
        MembershipFactory(partnership=world.partnership, agency=agency)
        pledged(Kind.POLICY, agency)
        with django_assert_num_queries(4):
            counts(world.partnership, on=day)


def test_what_is_to_be_looked_at_again_is_counted_for_the_agency(world, pledged, day):
    pledged(Kind.POLICY, review_on=date(2026, 12, 24))
    pledged(Kind.CHARTER, review_on=date(2026, 10, 1))
    pledged(Kind.LEAD)
    assert (to_look_at_again(world.agency, on=day), to_look_at_again(world.neighbour, on=day)) == (2, 0)
    pledged(Kind.CHARTER, is_confirmed=False, made_on=date(2026, 10, 20))
    pledged(Kind.POLICY, is_confirmed=False, made_on=date(2026, 10, 20))
    assert to_look_at_again(world.agency, on=day) == 0
