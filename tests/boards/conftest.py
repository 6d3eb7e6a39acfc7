"""A partnership with figures, and a pack of it at each stage."""

from copy import deepcopy
from datetime import date

import pytest

from tests.conftest import MOMENT, make_world
from tests.factories import AgencyFactory, MembershipFactory, RoleGrantFactory
from tests.kept import kept
from tests.strategy.cases import BY, asked, done, reported, staff
from training.boards.contents import digest_of
from training.boards.models import BoardPack, Narrative, Wish
from training.boards.services import freezing
from training.boards.services import packs as services
from training.strategy.pack_reader import read_pack
from training.strategy.services import load_pack

AS_AT = date(2026, 9, 30)
MEETING = date(2026, 11, 20)


@pytest.fixture(scope="module")
def counted_once(django_db_setup, django_db_blocker):
    """The hospital with 60 of 80 in date, the police with 12 of 30, the council silent; a draft that is counted."""
    with kept(django_db_blocker):
        world = make_world()
        world.module = asked("DA-A1")
        council = AgencyFactory(code="MDC", title="Marlbridge District Council")
        MembershipFactory(partnership=world.partnership, agency=council)
        for agency in (world.agency, world.neighbour):
            reported(agency)
        world.hospital, world.police = staff(world.agency, 80), staff(world.neighbour, 30)
        done(world.hospital[:60] + world.police[:12], world.module)
        load_pack(read_pack("severnshire-2026"), partnership=world.partnership, by=BY, at=MOMENT)
        world.strategy = world.partnership.strategies.get()
        world.pack = open_pack(world)
        freezing.count(world.pack, at=MOMENT)
        world.pack.refresh_from_db()
        BoardPack.objects.update(work="")
        world.pack.refresh_from_db()
        yield world


def open_pack(world, **more) -> BoardPack:
    given = {"strategy": world.strategy, "meeting_on": MEETING, "as_at": AS_AT, "by": BY, "at": MOMENT}
    return services.open_pack(partnership=world.partnership, **given | more)


@pytest.fixture
def world(counted_once, db):
    return deepcopy(counted_once)


@pytest.fixture
def pack(world) -> BoardPack:
    return world.pack


@pytest.fixture
def kim(world):
    """Coordinates the partnership."""
    grant = {"role_code": "partnership_coordinator", "partnership": world.partnership}
    return RoleGrantFactory(user__email="kim@board.example", **grant).user


@pytest.fixture
def in_review(pack) -> BoardPack:
    services.send_to_review(pack=pack, by=BY, at=MOMENT)
    return pack


def freeze(pack: BoardPack, *, at=MOMENT):
    """As the coordinator and the worker do it."""
    seen = digest_of(pack.figures)
    services.wish_frozen(pack=pack, seen=seen, even_without=True, by=BY, at=at)
    assert pack.work == Wish.FREEZE
    return freezing.freeze(pack, by=BY, at=at)


@pytest.fixture
def frozen(in_review) -> BoardPack:
    Narrative.objects.filter(pack=in_review, about="summary").update(
        text="More staff than ever are in date.\n\nWe ask for time.", role="Board member"
    )
    services.set_decisions(pack=in_review, decisions=["Agree the plan", "=cmd()"], seen=[], by=BY, at=MOMENT)
    freeze(in_review)
    return in_review
