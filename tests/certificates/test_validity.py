"""Until when a certificate promises to be good."""

from datetime import UTC, date, datetime

import pytest

from certificates.checking import checked
from certificates.services import issue
from tests.factories import (
    DesignationFactory,
    DutyFactory,
    ModuleFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    completion,
)
from tests.live import my_standings
from training.people.models import RoleGroup


@pytest.fixture
def midwives():
    """Amira's role group."""
    return RoleGroup.objects.get(code="MIDWIFE")


def rule(module, group, *, agency=None, **version):
    """A requirement of one version."""
    requirement = RequirementFactory(module=module, role_group=group, agency=agency)
    RequirementVersionFactory(requirement=requirement, **version)
    return requirement


def end(person, module, on):
    """The last valid day printed on the certificate of a completion of that day."""
    done = completion(person, module, on=on)
    return issue(done, at=done.recorded_at).words.valid_until


def test_where_no_requirement_asks_the_module_decides(amira, module):
    assert end(amira, module, date(2024, 2, 29)) == date(2027, 2, 28)


def test_a_module_without_a_validity_is_good_for_good(amira, world):
    assert end(amira, ModuleFactory(code="DA-A2"), date(2026, 3, 2)) is None


def test_the_requirement_of_the_role_group_decides(amira, module, midwives):
    rule(module, midwives, validity_months=24)
    rule(module, RoleGroupFactory(code="POLICE_RESPONSE"), validity_months=6)
    assert end(amira, module, date(2026, 3, 1)) == date(2028, 3, 1)


def test_the_agency_may_tighten_it_and_the_neighbour_may_not(amira, module, midwives, world):
    rule(module, midwives, validity_months=24)
    rule(module, midwives, agency=world.agency, validity_months=12)
    rule(module, midwives, agency=world.neighbour, validity_months=3)
    assert end(amira, module, date(2026, 3, 1)) == date(2027, 3, 1)


def test_what_is_done_once_has_no_end(amira, module, midwives):
    rule(module, midwives, kind="once", validity_months=None)
    assert end(amira, module, date(2026, 3, 1)) is None


def test_a_renewal_inside_the_window_runs_on_from_the_old_end(amira, module, midwives):
    rule(module, midwives, validity_months=24, basis="from_old_end", window_days=60)
    assert end(amira, module, date(2024, 7, 1)) == date(2026, 7, 1)
    assert end(amira, module, date(2026, 6, 10)) == date(2028, 7, 1)


def test_five_renewals_leave_six_certificates_with_their_own_ends(amira, module, midwives):
    rule(module, midwives, validity_months=12, basis="from_old_end", window_days=60)
    ends = [end(amira, module, date(year, 2, 10)) for year in range(2025, 2031)]
    assert ends == [date(year, 2, 10) for year in range(2026, 2032)]


def test_a_refresher_in_between_carries_the_old_end(amira, module, midwives):
    rule(module, midwives, validity_months=24, basis="from_old_end", window_days=60)
    refresher = ModuleFactory(code="DA-A9", refreshes=module)
    completion(amira, module, on=date(2022, 3, 1))
    completion(amira, refresher, on=date(2024, 2, 1))
    assert end(amira, module, date(2026, 2, 1)) == date(2028, 3, 1)


def test_the_version_of_the_day_decides(amira, module, midwives):
    requirement = rule(module, midwives, validity_months=36, ends_on=date(2025, 12, 31))
    RequirementVersionFactory(requirement=requirement, starts_on=date(2026, 1, 1), validity_months=12)
    assert end(amira, module, date(2025, 12, 31)) == date(2028, 12, 31)
    assert end(amira, module, date(2026, 1, 1)) == date(2027, 1, 1)


def test_a_rule_that_became_known_later_changes_no_certificate(amira, module, midwives):
    rule(module, midwives, validity_months=6, recorded_at=datetime(2026, 6, 1, tzinfo=UTC))
    assert end(amira, module, date(2026, 3, 1)) == date(2029, 3, 1)


def test_an_attendance_short_of_enough_is_recorded_and_makes_nothing_in_date(amira, module, midwives, day):
    rule(module, midwives, kind="attendance", attendance_count=2, attendance_months=12, validity_months=None)
    first = completion(amira, module, on=date(2025, 3, 1))
    certificate = issue(first, at=first.recorded_at)
    assert (certificate.words.valid_until, certificate.words.is_recorded_only) == (None, True)
    page = checked(certificate.code, on=date(2025, 3, 2))
    assert page.answer.words == "Recorded; by itself it does not make the module in date"
    assert "Valid until" not in [row["key"] for row in page.facts]
    assert end(amira, module, date(2025, 6, 1)) == date(2026, 3, 1)


def test_a_refresher_promises_what_it_renews_and_out_of_its_time_nothing(amira, module, midwives):
    rule(module, midwives, validity_months=12, grace_days=30)
    refresher = ModuleFactory(code="DA-A9", refreshes=module, validity_months=36)
    completion(amira, module, on=date(2025, 1, 10))
    assert end(amira, refresher, date(2026, 2, 1)) == date(2027, 2, 1)
    late = completion(amira, refresher, on=date(2027, 6, 1))
    words = issue(late, at=late.recorded_at).words
    assert (words.valid_until, words.is_recorded_only) == (None, True)


def test_of_two_rules_the_one_it_does_not_meet_decides(amira, amira_post, module, midwives):
    rule(module, midwives, validity_months=36)
    RequirementVersionFactory(
        requirement=RequirementFactory(module=module, role_group=None, designation=DesignationFactory()),
        kind="attendance",
        attendance_count=2,
        attendance_months=12,
        validity_months=None,
    )
    DutyFactory(post=amira_post)
    done = completion(amira, module, on=date(2026, 3, 1))
    assert issue(done, at=done.recorded_at).words.is_recorded_only


def test_what_was_done_before_the_post_began_follows_the_rule_that_then_asks(amira, module, midwives):
    rule(module, midwives, validity_months=12)
    assert end(amira, module, date(2024, 5, 1)) == date(2025, 5, 1)


def test_a_designation_held_that_day_asks_too(amira, amira_post, module, midwives):
    rule(module, midwives, validity_months=36)
    RequirementVersionFactory(
        requirement=RequirementFactory(module=module, role_group=None, designation=DesignationFactory()),
        validity_months=12,
    )
    assert end(amira, module, date(2026, 2, 1)) == date(2029, 2, 1)
    DutyFactory(post=amira_post, starts_on=date(2026, 3, 1))
    assert end(amira, module, date(2026, 3, 1)) == date(2027, 3, 1)


def test_the_agencys_own_rule_takes_the_place_of_the_partnerships(amira, module, midwives, world):
    """On the days it runs, and whichever way it goes: the editor refuses what loosens without leave."""
    rule(module, midwives, validity_months=12)
    rule(module, midwives, agency=world.agency, validity_months=24, starts_on=date(2026, 1, 1))
    assert end(amira, module, date(2025, 12, 31)) == date(2026, 12, 31)
    assert end(amira, module, date(2026, 1, 1)) == date(2028, 1, 1)


def test_a_rule_for_another_kind_of_agency_does_not_ask(amira, module, midwives):
    RequirementVersionFactory(
        requirement=RequirementFactory(module=module, role_group=midwives, agency_kind="police"), validity_months=6
    )
    assert end(amira, module, date(2026, 3, 1)) == date(2029, 3, 1)


def test_it_promises_what_the_standing_shows(amira, amira_post, module, midwives, day):
    """The ledger's own reading of the same facts, as the learner's page shows it."""
    rule(module, midwives, validity_months=24, basis="from_old_end", window_days=60)
    for on in (date(2024, 11, 20), date(2026, 10, 1)):
        last = end(amira, module, on)
    shown = [each.valid_until for each in my_standings(amira, on=day)]
    assert shown == [last] == [date(2028, 11, 20)]


def test_it_promises_what_the_standing_shows_where_the_agency_has_its_own_rule(
    amira, amira_post, module, midwives, day, world
):
    rule(module, midwives, validity_months=36)
    rule(module, midwives, agency=world.agency, validity_months=12, starts_on=date(2026, 1, 1))
    last = end(amira, module, date(2026, 3, 1))
    shown = [each.valid_until for each in my_standings(amira, on=day)]
    assert shown == [last] == [date(2027, 3, 1)]
