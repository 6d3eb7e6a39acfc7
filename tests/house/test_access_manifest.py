"""The access manifest (tests/access/manifest.py) names every door of the site, as the door's own gate says it."""

import pytest

from tests.access.manifest import DOORS, NAMELESS, routes

OURS = [route for route in routes() if not route.is_editors and route.address not in NAMELESS]


def test_every_route_is_in_the_manifest():
    missing = [f"{route.name} ({route.address})" for route in OURS if route.name not in DOORS]
    assert missing == [], "add a line for each to tests/access/manifest.py"


def test_the_manifest_names_no_door_that_is_gone():
    assert sorted(set(DOORS) - {route.name for route in OURS}) == []


def test_an_address_without_a_name_leads_to_a_view_that_has_one():
    named = {route.view for route in OURS}
    nameless = {route.address: route.view in named for route in routes() if route.address in NAMELESS}
    assert nameless == dict.fromkeys(NAMELESS, True)


@pytest.mark.parametrize("route", OURS, ids=lambda route: route.name)
def test_the_gate_is_the_one_the_manifest_names(route):
    door = DOORS[route.name]
    gate = getattr(route.view, "access_rule", None)
    assert gate == (None if door.is_theirs else str(door.rule))


@pytest.mark.parametrize("route", [route for route in OURS if route.arguments], ids=lambda route: route.name)
def test_every_argument_is_filled(route):
    assert sorted(name for name, _ in DOORS[route.name].fills) == sorted(route.arguments)
