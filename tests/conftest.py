"""The cast, whom every test knows: amira learns, bea leads her agency's HR, col sits on the board, dot leads the
neighbour agency and must see nothing of amira's."""

import gc
from dataclasses import dataclass
from datetime import UTC, date, datetime
from subprocess import DEVNULL, TimeoutExpired
from types import SimpleNamespace

import pytest
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import blocking_manager_key

from tests.children import run_here
from tests.factories import (
    AgencyFactory,
    DesignationFactory,
    MembershipFactory,
    PartnershipFactory,
    PersonFactory,
    RoleGrantFactory,
    RoleGroupFactory,
    TermFactory,
    UserFactory,
)
from tests.migrated import migrated_database, use_migrated_copy
from training.access.access import Access
from training.people.models import Agency, Partnership, Person, Post, User
from training.people.roster import confined
from training.people.selectors import access_of

DAY = date(2026, 11, 2)
MOMENT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
AT_ONCE = SimpleNamespace(run=run_here, DEVNULL=DEVNULL, TimeoutExpired=TimeoutExpired)


@pytest.hookimpl(wrapper=True)
def pytest_sessionstart(session):
    """While the processes that run the tests start up, the one that leads them migrates, unless the demo is walked."""
    answer = yield
    if session.config.pluginmanager.hasplugin("dsession") and session.config.option.markexpr != "browser":
        with session.config.stash[blocking_manager_key].unblock():
            migrated_database()
    return answer


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Tests that reach no database, or are `alike` on all, are told apart: they need to run on one alone."""
    for item in items:
        reaches = "django_db_setup" in item.fixturenames or item.get_closest_marker("django_db")
        if reaches and not item.get_closest_marker("alike"):
            item.add_marker("database")


def pytest_collection_finish():
    """What stands by now stays: it need not be gone through again each time garbage is collected."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """A copy of the migrated database for this process, with what follows a migration done anew."""
    with django_db_blocker.unblock():
        use_migrated_copy()
        databases = setup_databases(verbosity=0, interactive=False, keepdb=True, serialized_aliases=())
    yield
    with django_db_blocker.unblock():
        teardown_databases(databases, verbosity=0)


@pytest.fixture
def day() -> date:
    """The day on which tests happen, unless they say otherwise."""
    return DAY


@pytest.fixture
def moment() -> datetime:
    """A moment on that day."""
    return MOMENT


@pytest.fixture(autouse=True)
def help_is_checked(monkeypatch):
    """Pages show the helpline as on the day of the tests, however long ago it was checked when they run."""
    monkeypatch.setattr("training.ui.templatetags.ui.today", lambda: DAY)


@pytest.fixture(autouse=True)
def children_here(request, monkeypatch):
    """What is handed in is read in this process, unless a test asks for the `real_child`."""
    if "real_child" not in request.fixturenames:
        monkeypatch.setattr(confined, "subprocess", AT_ONCE)


@pytest.fixture
def real_child():
    """The confined child itself, with its limits."""


@dataclass
class World:
    """Two agencies in one partnership."""

    partnership: Partnership
    agency: Agency
    neighbour: Agency


@pytest.fixture
def world(db) -> World:
    """Severnshire, with a hospital trust and a police force."""
    return make_world()


def make_world() -> World:
    """The same, in the database as it is."""
    partnership = PartnershipFactory(code="severnshire", title="Severnshire")
    agency = AgencyFactory(code="SVH", title="Severn Vale Hospitals", kind="nhs_acute")
    neighbour = AgencyFactory(code="SVP", title="Severnshire Police", kind="police")
    for member in (agency, neighbour):
        MembershipFactory(partnership=partnership, agency=member)
    RoleGroupFactory(code="MIDWIFE", title="Midwife")
    RoleGroupFactory(code="POLICE_RESPONSE", title="Police response, neighbourhood or PCSO")
    DesignationFactory(code="MARAC_REP", title="MARAC representative")
    return World(partnership, agency, neighbour)


def _staff(agency: Agency, first_name: str, last_name: str, role_group: str) -> Person:
    user = UserFactory(email=f"{first_name.lower()}@{agency.code.lower()}.example")
    person = PersonFactory(first_name=first_name, last_name=last_name, user=user)
    TermFactory(
        post__employment__person=person,
        post__employment__agency=agency,
        post__employment__work_email=user.email,
        role_group__code=role_group,
    )
    return person


@pytest.fixture
def amira(world) -> Person:
    """A midwife at the hospital, who learns."""
    return _staff(world.agency, "Amira", "Learner", "MIDWIFE")


@pytest.fixture
def amira_post(amira) -> Post:
    """Amira's post."""
    return Post.objects.everywhere(reason="test").get(employment__person=amira)


@pytest.fixture
def bea(world) -> User:
    """Leads HR at the hospital."""
    return RoleGrantFactory(user__email="bea@svh.example", role_code="agency_hr", agency=world.agency).user


@pytest.fixture
def col(world) -> User:
    """Sits on the partnership's board."""
    return RoleGrantFactory(
        user__email="col@board.example", role_code="board_member", partnership=world.partnership
    ).user


@pytest.fixture
def dot(world) -> User:
    """Leads HR at the neighbour agency."""
    return RoleGrantFactory(user__email="dot@svp.example", role_code="agency_hr", agency=world.neighbour).user


@pytest.fixture
def access_for(day):
    """What a login or a person may do on the day of the tests."""

    def access(who: User | Person) -> Access:
        return access_of(who if isinstance(who, User) else who.user, on=day)

    return access
