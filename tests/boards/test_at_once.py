"""Several at the same pack at once: one of them does it, and the others are told so. On PostgreSQL alone."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from tests.conftest import make_world
from tests.scratch import scratch_database
from tests.strategy.cases import BY
from training.access.clock import add_months, today
from training.boards.contents import digest_of
from training.boards.errors import PackRefused
from training.boards.models import BoardPack, CountedDay, Snapshot, State, Wish
from training.boards.selectors.packs import offered_days
from training.boards.services import freezing
from training.boards.services import narratives as words
from training.boards.services import packs as services
from training.strategy.pack_reader import read_pack
from training.strategy.services import load_pack

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
MANY = 4
DONE = "done"


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, which is never committed to: a copy."""
    with django_db_blocker.unblock(), scratch_database("boards"):
        world = make_world()
        load_pack(read_pack("severnshire-2026"), partnership=world.partnership, by=BY, at=timezone.now())
        yield world.partnership


def counted_pack(partnership, ahead: int) -> BoardPack:
    """A draft for a meeting so many months from now, all as at the same day."""
    opened = services.open_pack(
        partnership=partnership,
        strategy=partnership.strategies.get(),
        meeting_on=add_months(today(), ahead),
        as_at=offered_days(today())[0],
        by=BY,
        at=timezone.now(),
    )
    BoardPack.objects.filter(pk=opened.pk).update(work="")
    return counted(opened)


def counted(pack: BoardPack) -> BoardPack:
    freezing.count(BoardPack.objects.get(pk=pack.pk), at=timezone.now())
    return BoardPack.objects.get(pk=pack.pk)


def at_once(*acts) -> Counter[str]:
    """What comes of doing these, each on a pack of its own read before anybody began."""
    ready = Barrier(len(acts))

    def one(act):
        ready.wait()
        try:
            act()
        except PackRefused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return DONE

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(one, acts))


def wish(pack_id: int, seen: str):
    """Somebody who presses 'freeze' on the page they have before them."""
    pack = BoardPack.objects.select_related("partnership").get(pk=pack_id)
    return lambda: services.wish_frozen(pack=pack, seen=seen, even_without=True, by=BY, at=timezone.now())


def write(pack_id: int, turn: int, text: str):
    """Somebody who saves words in the first box meanwhile."""
    box = BoardPack.objects.get(pk=pack_id).narratives.select_related("pack").first()
    return lambda: words.write(narrative=box, text=text, turn=turn, role="Board member", by=BY, at=timezone.now())


def test_of_many_who_freeze_one_pack_one_does_and_it_is_frozen_once(db):
    pack = counted_pack(db, 2)
    services.send_to_review(pack=pack, by=BY, at=timezone.now())
    seen = digest_of(pack.figures)
    found = at_once(*[wish(pack.pk, seen) for _ in range(MANY)])
    assert found.pop(DONE) == 1
    assert sum(found.values()) == MANY - 1
    assert all("frozen, or about to be" in each or "has changed" in each for each in found)
    hands = [BoardPack.objects.select_related("partnership", "strategy").get(pk=pack.pk) for _ in range(2)]
    found = at_once(*[lambda each=each: freezing.freeze(each, by=BY, at=timezone.now()) for each in hands])
    assert found[DONE] == 1
    assert Snapshot.objects.filter(pack=pack).count() == 1


def test_words_written_at_the_wish_to_freeze_are_frozen_or_refused(db):
    for number in range(MANY):
        pack = counted_pack(db, 3 + number)
        services.send_to_review(pack=pack, by=BY, at=timezone.now())
        found = at_once(wish(pack.pk, digest_of(pack.figures)), write(pack.pk, 0, "Said in time."))
        is_written = found[DONE] == 2
        assert BoardPack.objects.get(pk=pack.pk).work == Wish.FREEZE
        kept = freezing.freeze(BoardPack.objects.get(pk=pack.pk), by=BY, at=timezone.now())
        assert ("Said in time." in kept.content) == is_written


def test_a_pack_taken_back_while_it_is_frozen_is_one_or_the_other(db):
    pack = counted_pack(db, 8)
    services.send_to_review(pack=pack, by=BY, at=timezone.now())
    mine = BoardPack.objects.select_related("partnership").get(pk=pack.pk)
    back = lambda: services.back_to_draft(pack=mine, by=BY, at=timezone.now())  # noqa: E731
    found = at_once(wish(pack.pk, digest_of(pack.figures)), back)
    assert found[DONE] == 1
    pack.refresh_from_db()
    assert (pack.state, pack.work) in {(State.REVIEW, Wish.FREEZE), (State.DRAFT, "")}


def test_of_two_counts_of_a_day_sent_to_review_at_once_one_is_shown(db):
    CountedDay.objects.all().delete()
    packs = [counted_pack(db, 9), counted_pack(db, 10)]
    send = [lambda pack=pack: services.send_to_review(pack=pack, by=BY, at=timezone.now()) for pack in packs]
    count = lambda: counted(packs[0])  # noqa: E731
    at_once(*send, count)
    shown = CountedDay.objects.get(shown_at__isnull=False)
    for pack in BoardPack.objects.filter(pk__in=[each.pk for each in packs], state=State.REVIEW):
        assert f'"counted_at":"{shown.counted_at:%Y-%m-%dT%H:%M:%S.%f}Z"' in pack.figures


def test_of_two_packs_of_a_day_restated_at_once_one_is(db):
    packs = [counted_pack(db, ahead) for ahead in (11, 12)]
    for pack in packs:
        counted(pack)
        pack.refresh_from_db()
        services.send_to_review(pack=pack, by=BY, at=timezone.now())
        wish(pack.pk, digest_of(pack.figures))()
        freezing.freeze(BoardPack.objects.get(pk=pack.pk), by=BY, at=timezone.now())
    mine = [BoardPack.objects.select_related("partnership").get(pk=pack.pk) for pack in packs]
    found = at_once(*[lambda pack=pack: services.wish_restated(pack=pack, by=BY, at=timezone.now()) for pack in mine])
    assert found[DONE] == 1
    assert BoardPack.objects.filter(work=Wish.RESTATE).count() == 1
