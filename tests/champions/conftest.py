"""A small network: pola at the police speaks Polish and knows stalking; hana at the hospital is a champion, too."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, settings

from champions import terms
from champions.models import Champion
from champions.offers import Listing
from champions.services.listing import opt_in
from champions.services.network import nominate, record_agreement
from tests.conftest import DAY, MOMENT
from tests.factories import (
    AgencyFactory,
    DesignationFactory,
    DutyFactory,
    LocalityFactory,
    MembershipFactory,
    PersonFactory,
    RoleGrantFactory,
    TermFactory,
    UserFactory,
)
from training.access.actor import Actor
from training.people.models import Agency, Locality, Person, Post

BY = Actor.system("test")
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")  # a machine that does much else is slow at drawing examples, too
EVERYTHING = Listing(
    name_to="everybody",
    agency_to="everybody",
    locality_to="everybody",
    specialisms_to="everybody",
    languages_to="everybody",
    days_to="everybody",
    channels_to="everybody",
    specialisms=("stalking",),
    languages=("pl",),
    days=("mon",),
    channels=("call",),
)


@dataclass
class Network:
    """The localities, and a way to make champions."""

    north: Locality
    south: Locality

    def colleague(self, agency: Agency, name: str, locality: Locality | None = None, *, duty: bool = True) -> Person:
        """Somebody with a post, a login, and (unless said otherwise) the duty on the roster."""
        user = UserFactory(email=f"{name.lower()}@{agency.code.lower()}.example")
        person = PersonFactory(first_name=name, last_name="Roster", user=user)
        term = TermFactory(
            post__employment__person=person,
            post__employment__agency=agency,
            post__employment__work_email=user.email,
            locality=locality,
        )
        if duty:
            DutyFactory(post=term.post, designation=DesignationFactory(code="CHAMPION", title="Champion"))
        return person

    def agreed(self, agency: Agency, name: str, locality: Locality | None = None) -> Person:
        """Somebody with the duty, put forward and agreed to, and not listed."""
        person = self.colleague(agency, name, locality)
        champion = nominate(person=person, partnership=self.north.partnership, on=DAY, by=BY, at=MOMENT)
        record_agreement(champion=champion, agreed_on=DAY, by=BY, at=MOMENT)
        return person

    def champion(self, agency: Agency, name: str, locality: Locality | None = None, listing=EVERYTHING) -> Champion:
        """The same, listed."""
        person, partnership = self.agreed(agency, name, locality), self.north.partnership
        return opt_in(
            person=person, partnership=partnership, listing=listing, terms_version=terms.VERSION, by=BY, at=MOMENT
        )


@pytest.fixture
def network(world) -> Network:
    """Two districts."""
    return Network(
        LocalityFactory(partnership=world.partnership, code="N", title="Northdale"),
        LocalityFactory(partnership=world.partnership, code="S", title="Southmere"),
    )


@pytest.fixture
def pola(world, network) -> Champion:
    """Listed, at the police in Northdale."""
    return network.champion(world.neighbour, "Pola", network.north)


@pytest.fixture
def hana(world, network) -> Champion:
    """Listed, at the hospital in Southmere; knows housing and speaks no other language."""
    listing = Listing(
        name_to="everybody",
        agency_to="everybody",
        locality_to="everybody",
        specialisms_to="everybody",
        specialisms=("housing",),
    )
    return network.champion(world.agency, "Hana", network.south, listing)


@pytest.fixture
def stranger(db) -> Person:
    """Works for an agency of another partnership."""
    agency = AgencyFactory(code="FAR", kind="police")
    MembershipFactory(agency=agency)
    person = PersonFactory(first_name="Far", user=UserFactory(email="far@far.example"))
    TermFactory(post__employment__person=person, post__employment__agency=agency)
    return person


@pytest.fixture
def cy(world):
    """Looks after the network."""
    return RoleGrantFactory(
        user__email="cy@network.example", role_code="champion_coordinator", partnership=world.partnership
    ).user


@pytest.fixture
def sign_in(client):
    """A client signed in as this person or login."""

    def signed_in(who):
        client.force_login(getattr(who, "user", None) or who)
        return client

    return signed_in


def post_of(person: Person) -> Post:
    """Their post."""
    return Post.objects.everywhere(reason="test").get(employment__person=person)
