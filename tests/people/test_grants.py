"""Roles are granted by dated rows, over the scope that the role asks for."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from tests.conftest import DAY
from tests.factories import UserFactory
from training.access.actor import Actor
from training.access.permissions import Permission
from training.access.roles import ROLES
from training.audit.models import AuditEvent
from training.people.grants import GrantError, end_grant, grant_role
from training.people.models import RoleGrant, Term, User
from training.people.selectors import access_of

BY = Actor("user", "the-administrator")


@pytest.fixture
def eve(db) -> User:
    return UserFactory(email="eve@svh.example")


@pytest.fixture
def grant(world, day, moment):
    """Grants, on the day of the tests."""

    def give(user, role, **more):
        return grant_role(user, role, **({"starts_on": day, "by": BY, "at": moment} | more))

    return give


def test_a_granted_role_holds_from_its_first_day_to_its_last(grant, eve, world, day):
    grant(eve, "agency_hr", agency=world.agency, ends_on=day + timedelta(days=9))
    held = [access_of(eve, on=day + timedelta(days=n)).agencies(Permission.SEE_STAFF) for n in (-1, 0, 9, 10)]
    assert held == [frozenset(), {world.agency.pk}, {world.agency.pk}, frozenset()]


def test_a_grant_is_on_record(grant, eve, world, moment):
    grant(eve, "agency_hr", agency=world.agency)
    event = AuditEvent.objects.get(verb="role granted")
    assert (event.actor, event.object_uid, event.agency_code) == (str(BY), str(eve.uid), "SVH")
    assert event.detail == {"role": "agency_hr", "starts_on": "2026-11-02", "ends_on": None}
    assert RoleGrant.objects.get().recorded_by == str(BY)


@pytest.mark.parametrize("code", sorted(ROLES))
@pytest.mark.parametrize("scopes", [(), ("agency",), ("partnership",), ("agency", "partnership")])
def test_a_role_is_granted_over_its_own_kind_of_scope_alone(grant, eve, world, code, scopes):
    given = {name: getattr(world, name) for name in scopes}
    fits = {"agency": ("agency",), "partnership": ("partnership",), "site": ()}.get(ROLES[code].scope)
    if fits == scopes:
        until = {"ends_on": DAY} if ROLES[code].months else {}
        assert grant(eve, code, **given, **until).role == ROLES[code]
    else:
        with pytest.raises(GrantError, match=r"name the agency|name the partnership|name neither|Choose one of"):
            grant(eve, code, **given)
        assert not RoleGrant.objects.exists()


def test_a_role_that_is_held_is_not_granted_twice(grant, eve, world, day):
    grant(eve, "agency_hr", agency=world.agency)
    with pytest.raises(GrantError, match="End that grant first"):
        grant(eve, "agency_hr", agency=world.agency, starts_on=day + timedelta(days=30))
    grant(eve, "agency_hr", agency=world.neighbour)


def test_a_grant_that_ends_before_it_begins_is_refused(grant, eve, day):
    with pytest.raises(GrantError, match="Give a later last day"):
        grant(eve, "content_author", ends_on=day - timedelta(days=1))


def test_a_role_ends_with_its_last_day_and_stays_on_record(grant, eve, world, day, moment):
    held = grant(eve, "agency_hr", agency=world.agency)
    end_grant(held, on=day + timedelta(days=3), by=BY, at=moment)
    assert access_of(eve, on=day + timedelta(days=3)).grants != ()
    assert access_of(eve, on=day + timedelta(days=4)).grants == ()
    assert AuditEvent.objects.get(verb="role ended").detail["ends_on"] == "2026-11-05"


def test_a_role_over_an_agency_does_not_outlive_the_job_there(grant, amira, world, day):
    grant(amira.user, "agency_hr", agency=world.agency)
    Term.objects.everywhere(reason="test").update(ends_on=day)
    last, after = (access_of(amira.user, on=day + timedelta(days=n)) for n in (0, 1))
    assert last.agencies(Permission.SEE_STAFF) == {world.agency.pk}
    assert after.agencies(Permission.SEE_STAFF) == frozenset()


def test_a_role_over_an_agency_where_one_never_worked_is_kept(grant, amira, eve, world, day):
    for user in (amira.user, eve):
        grant(user, "agency_hr", agency=world.neighbour)
    Term.objects.everywhere(reason="test").update(ends_on=day - timedelta(days=1))
    for user in (amira.user, eve):
        assert access_of(user, on=day).agencies(Permission.SEE_STAFF) == {world.neighbour.pk}


def test_a_role_over_a_partnership_outlives_the_job(grant, amira, world, day):
    grant(amira.user, "board_member", partnership=world.partnership)
    Term.objects.everywhere(reason="test").update(ends_on=day - timedelta(days=1))
    assert access_of(amira.user, on=day).may(Permission.SEE_COVERAGE)


def test_one_whose_posts_have_ended_learns_but_does_not_see_the_champions(amira, day):
    Term.objects.everywhere(reason="test").update(ends_on=day)
    last, after = (access_of(amira.user, on=day + timedelta(days=n)) for n in (0, 1))
    assert (last.may(Permission.LEARN), last.may(Permission.SEE_CHAMPIONS)) == (True, True)
    assert (after.may(Permission.LEARN), after.may(Permission.SEE_CHAMPIONS)) == (True, False)


def test_the_header_names_the_role_that_comes_last_in_the_list_of_roles(grant, amira, world, day):
    grant(amira.user, "board_member", partnership=world.partnership)
    grant(amira.user, "agency_hr", agency=world.agency)
    assert access_of(amira.user, on=day).role_title == "Board member"


def test_a_role_that_has_ended_is_not_ended_again(grant, eve, day, moment):
    held = grant(eve, "content_author", ends_on=day)
    with pytest.raises(GrantError, match="ended already"):
        end_grant(held, on=day + timedelta(days=3), by=BY, at=moment)
    with pytest.raises(GrantError, match="cannot come before"):
        end_grant(held, on=day - timedelta(days=1), by=BY, at=moment)


def test_a_role_is_granted_from_the_command_line(eve, world, capsys):
    call_command("grant_role", "Eve@SVH.example", "agency_hr", "--agency=svh", "--until=2099-03-31")
    row = RoleGrant.objects.get()
    assert (row.user, row.agency, str(row.ends_on)) == (eve, world.agency, "2099-03-31")
    assert row.recorded_by == "system:grant_role"
    assert "Agency HR over Severn Vale Hospitals" in capsys.readouterr().out


def test_the_first_administrator_gets_a_login_from_the_command_line(db):
    call_command("grant_role", "root@example.org", "system_administrator", new_login=True)
    user = User.objects.get()
    assert user.email == "root@example.org"
    assert not user.has_usable_password()
    assert access_of(user, on=RoleGrant.objects.get().starts_on).may(Permission.ADMINISTER)


@pytest.mark.parametrize(
    ("arguments", "options", "says"),
    [
        (("nobody@svh.example", "agency_hr"), {"agency": "SVH"}, "add --new-login"),
        (("eve@svh.example", "agency_hr"), {"agency": "XXX"}, "There are: SVH, SVP"),
        (("eve@svh.example", "agency_hr"), {}, "name the agency"),
        (("eve@svh.example", "queen"), {}, "Choose one of: agency_hr"),
    ],
)
def test_a_refusal_says_what_to_do(eve, world, arguments, options, says):
    with pytest.raises(CommandError, match=says):
        call_command("grant_role", *arguments, **options)
    assert not RoleGrant.objects.exists()
