"""Every link of one's own pages leads somewhere, wherever one stands; and the menu says where one is."""

import re

import pytest

from champions.models import BriefingPack
from champions.services.network import nominate
from champions.services.packs import load_packs
from champions.status import Way
from tests.champions.conftest import BY

DESK = "/champions/network/severnshire/"


@pytest.fixture
def nia(network, world, day, moment):
    """Has put herself forward, and waits."""
    person = network.colleague(world.agency, "Nia", network.north, duty=False)
    nominate(person=person, partnership=world.partnership, on=day, by=BY, at=moment, way=Way.OWN)
    return person


def links(page: str) -> set[str]:
    """Where the main part of a page leads within the network."""
    return set(re.findall(r'href="(/champions/[^"#]*)', page.partition("<main")[2].partition("</main>")[0]))


def lead_nowhere(client, *pages: str) -> set[str]:
    """The links of these pages that open nothing."""
    return {to for page in pages for to in links(client.get(page).content.decode()) if client.get(to).status_code > 302}


def test_who_is_only_put_forward_is_offered_what_opens(sign_in, nia):
    assert lead_nowhere(sign_in(nia), "/champions/me/") == set()


def test_a_champion_is_offered_what_opens(sign_in, pola):
    assert lead_nowhere(sign_in(pola.person), "/champions/", "/champions/me/") == set()


def test_a_coordinator_is_offered_what_opens(sign_in, cy, pola):
    load_packs()
    for pack in BriefingPack.objects.all():
        pack.save_revision().publish()
    assert (
        lead_nowhere(sign_in(cy), DESK, *(f"/champions/packs/{each.slug}/" for each in BriefingPack.objects.all()))
        == set()
    )


@pytest.mark.parametrize(("page", "place"), [(DESK, "Champions Network"), ("/champions/me/", "Champions")])
def test_the_menu_marks_one_place(sign_in, cy, page, place):
    marked = re.findall(r'aria-current="true"><strong[^>]*>([^<]*)', sign_in(cy).get(page).content.decode())
    assert marked == [place]
