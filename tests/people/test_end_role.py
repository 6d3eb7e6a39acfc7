"""manage.py end_role: the named role ends, and no other."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import RoleGrantFactory
from training.access.clock import today
from training.people.models import RoleGrant


def end(*args: str) -> str:
    out = StringIO()
    call_command("end_role", *args, stdout=out)
    return out.getvalue()


def test_a_role_opens_nothing_from_now_on(bea):
    said = end("BEA@svh.example", "agency_hr")
    yesterday = today() - timedelta(days=1)
    assert f"ends with {yesterday}" in said
    assert not RoleGrant.objects.filter(user=bea).current_on(today()).exists()


def test_a_last_day_to_come_lets_it_run_until_then(bea):
    last_day = today() + timedelta(days=7)
    end("bea@svh.example", "agency_hr", "--on", str(last_day))
    assert RoleGrant.objects.get(user=bea).ends_on == last_day


def test_of_two_scopes_the_one_that_is_named_ends(world, bea):
    RoleGrantFactory(user=bea, role_code="agency_hr", agency=world.neighbour)
    with pytest.raises(CommandError, match="held over: SVH, SVP"):
        end("bea@svh.example", "agency_hr")
    end("bea@svh.example", "agency_hr", "--agency", "svp")
    left = RoleGrant.objects.filter(user=bea).current_on(today())
    assert [grant.agency for grant in left] == [world.agency]


@pytest.mark.parametrize(
    ("address", "role"), [("bea@svh.example", "board_member"), ("nobody@svh.example", "agency_hr")]
)
def test_a_role_that_is_not_held_is_said_not_to_be(bea, address, role):
    with pytest.raises(CommandError, match="does not hold the role"):
        end(address, role)


def test_a_role_that_began_today_needs_a_last_day(world):
    RoleGrantFactory(user__email="new@svh.example", agency=world.agency, starts_on=today())
    with pytest.raises(CommandError, match="Name a last day"):
        end("new@svh.example", "agency_hr")
