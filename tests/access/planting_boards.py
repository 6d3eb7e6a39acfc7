"""Packs of the planted partnerships, for the walk round every door: one in draft, one frozen and restated."""

from datetime import datetime, timedelta
from typing import Any

from tests.access.planting_rules import typed
from training.access.actor import Actor
from training.access.clock import today
from training.boards.contents import digest_of
from training.boards.models import BoardPack, DrawnPaper, Wish
from training.boards.selectors.packs import offered_days
from training.boards.services import freezing, packs
from training.boards.services import narratives as words
from training.people.models import Partnership, User


def plant_packs(partnership: Partnership, *, by: Actor, at: datetime) -> dict[str, str]:
    """The same for every agency of a partnership."""
    if not BoardPack.objects.filter(partnership=partnership).exists():
        _frozen(_open(partnership, 20, by=by, at=at), by=by, at=at)
        _asked(_open(partnership, 50, by=by, at=at), by=by, at=at)
    frozen, draft = BoardPack.objects.filter(partnership=partnership).order_by("meeting_on")
    return {
        "board_pack": str(frozen.uid),
        "board_strategy": str(frozen.strategy_id),
        "board_draft": str(draft.uid),
        "board_words": str(draft.narratives.get(about="summary").pk),
        "file_kind": "xlsx",
        "summary_kind": "csv",
        "restated": str(frozen.snapshot.restatements.get().pk),
    }


def _asked(pack: BoardPack, *, by: Actor, at: datetime) -> None:
    """Somebody of the board is asked for words."""
    owner = User.objects.get(grants__partnership=pack.partnership, grants__role_code="board_member")
    box = pack.narratives.get(about="summary")
    words.ask_for_words(pack=pack, about="summary", title=box.title, owner=owner, due_on=box.due_on, by=by, at=at)


def _open(partnership: Partnership, ahead: int, *, by: Actor, at: datetime) -> BoardPack:
    strategy = partnership.strategies.first()
    meeting_on, as_at = today() + timedelta(days=ahead), offered_days(today())[0]
    pack = packs.open_pack(partnership=partnership, strategy=strategy, meeting_on=meeting_on, as_at=as_at, by=by, at=at)
    freezing.work_on_packs(at=at)
    pack.refresh_from_db()
    packs.send_to_review(pack=pack, by=by, at=at)
    return pack


def _frozen(pack: BoardPack, *, by: Actor, at: datetime) -> None:
    packs.wish_frozen(pack=pack, seen=digest_of(pack.figures), even_without=True, by=by, at=at)
    assert pack.work == Wish.FREEZE
    freezing.freeze(pack, by=by, at=at)
    freezing.restate(pack, by=by, at=at)
    DrawnPaper.objects.update(content=b"A paper", pages=1, drawn_at=at)
    packs.publish(pack=pack, is_public=True, by=by, at=at)


def pack_bodies(strategy: str) -> dict[str, dict[str, Any]]:
    """What is typed into the forms of packs; `strategy` is the one that they are held against."""
    held = {"as_at": str(offered_days(today())[0]), "strategy": strategy}
    return {
        "board_pack": typed("meeting_on", today() + timedelta(days=90)) | held,
        "board_meeting": typed("meeting_on", today() + timedelta(days=60)),
        "board_words": {"text": "More are in date.", "turn": "0"},
        "board_ask": typed("due_on", today() + timedelta(days=3)) | {"about": "summary", "owner": ""},
        "board_decisions": {"decisions": "Agree the plan"},
        "board_step": {"do": "draft"},
    }
