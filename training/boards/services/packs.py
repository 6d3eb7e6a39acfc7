"""Opening a pack, moving it from draft to review and back, wishing it frozen, and letting the public see it."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.boards.contents import Figures, digest_of
from training.boards.errors import PackRefused
from training.boards.models import BoardPack, DrawnPaper, Narrative, State, Wish
from training.boards.public import name_of_paper
from training.boards.selectors.packs import latest_meeting, missing, offered_days, reasonable_due
from training.people.models import Partnership
from training.strategy.models import Outcome, Strategy
from training.strategy.pack import Evidence

from .counting import show
from .freezing import hold_restatements

CHANGED = "This pack has changed since you opened the page. Look at it again."
PAST = "The meeting cannot be in the past."
FAR_OFF = "The meeting is more than two years away. Check the year."
TAKEN = "There is a pack for that meeting already. Choose it from the list."
COUNTED_FIRST = "Its figures have not been counted yet. Try again in a minute."
IN_HAND = "It is being counted already."
MOST_DECISIONS, LONGEST_DECISION = 20, 300


@transaction.atomic
def open_pack(
    *, partnership: Partnership, strategy: Strategy | None, meeting_on: date, as_at: date, by: Actor, at: datetime
) -> BoardPack:
    """A draft for a meeting, with boxes for words, to be counted by the worker. Raises PackRefused."""
    today = london_date(at)
    _refuse_day(meeting_on, today)
    if as_at not in offered_days(today):
        raise PackRefused("Figures are given for the ends of the last 24 months.")
    if strategy is not None and strategy.partnership_id != partnership.pk:
        raise PackRefused("That strategy is not this partnership's.")
    pack = BoardPack(
        partnership=partnership,
        strategy=strategy,
        meeting_on=meeting_on,
        as_at=as_at,
        work=Wish.COUNT,
        work_by=str(by),
        opened_at=at,
        opened_by=str(by),
    )
    try:
        with transaction.atomic():
            pack.save()
    except IntegrityError as error:
        raise PackRefused(TAKEN) from error
    due_on = reasonable_due(meeting_on, today)
    Narrative.objects.bulk_create(
        Narrative(pack=pack, about=about, title=title, due_on=due_on) for about, title in _boxes(strategy)
    )
    _on_record("board pack opened", pack, by=by, at=at, as_at=as_at.isoformat())
    return pack


def _refuse_day(meeting_on: date, today: date) -> None:
    if meeting_on < today:
        raise PackRefused(PAST)
    if meeting_on > latest_meeting(today):
        raise PackRefused(FAR_OFF)


def _boxes(strategy: Strategy | None) -> list[tuple[str, str]]:
    """One for all of it, one for each priority that our records show something of."""
    boxes = [(Narrative.SUMMARY, "The whole, in short")]
    if strategy is not None:
        ours = Outcome.objects.filter(objective__priority__strategy=strategy).exclude(evidence=Evidence.NONE.value)
        shown = strategy.priorities.filter(objectives__outcomes__in=ours).distinct()
        boxes += [(each.ref, each.title) for each in shown]
    return boxes


@transaction.atomic
def move_meeting(*, pack: BoardPack, meeting_on: date, by: Actor, at: datetime) -> None:
    """The board meets on another day. Raises PackRefused."""
    _refuse_day(meeting_on, london_date(at))
    hold_open(pack)
    try:
        with transaction.atomic():
            _move(pack, {State.DRAFT, State.REVIEW}, meeting_on=meeting_on)
    except IntegrityError as error:
        raise PackRefused(TAKEN) from error
    _on_record("board meeting moved", pack, by=by, at=at, meeting_on=meeting_on.isoformat())


@transaction.atomic
def count_again(*, pack: BoardPack, by: Actor, at: datetime) -> None:
    """Have the figures of an open pack counted anew. Raises PackRefused."""
    _move(pack, {State.DRAFT, State.REVIEW}, work=Wish.COUNT, work_by=str(by), tries=0, problem="")


@transaction.atomic
def send_to_review(*, pack: BoardPack, by: Actor, at: datetime) -> None:
    """Let the board read it: from then on figures as at its day stand, in any pack. Raises PackRefused."""
    if not pack.figures:
        raise PackRefused(COUNTED_FIRST)
    _move(pack, {State.DRAFT}, state=State.REVIEW)
    show(pack, Figures.read(pack.figures), at=at)
    _on_record("board pack sent to review", pack, by=by, at=at)


@transaction.atomic
def back_to_draft(*, pack: BoardPack, by: Actor, at: datetime) -> None:
    """Take it from the board again. Raises PackRefused."""
    _move(pack, {State.REVIEW}, state=State.DRAFT)
    _on_record("board pack taken back to draft", pack, by=by, at=at)


@transaction.atomic
def wish_frozen(*, pack: BoardPack, seen: str, even_without: bool, by: Actor, at: datetime) -> None:
    """Have it frozen where nothing has changed. `seen`: the figures on the page.

    Raises PackRefused.
    """
    if pack.state == State.FROZEN:
        raise PackRefused("It is frozen already.")
    hold_open(pack)
    pack.refresh_from_db()  # it may have been counted since
    if not pack.figures:
        raise PackRefused(COUNTED_FIRST)
    if digest_of(pack.figures) != seen:
        raise PackRefused(CHANGED)
    empty = missing(pack)
    if empty and not even_without:
        raise PackRefused(f"Words are still missing: {', '.join(empty)}. Write them, or say that it goes without.")
    _move(pack, {State.REVIEW}, work=Wish.FREEZE, work_by=str(by), tries=0, problem="")


@transaction.atomic
def discard(*, pack: BoardPack, by: Actor, at: datetime) -> None:
    """Throw away what was never frozen. Raises PackRefused."""
    hold_open(pack)
    _on_record("board pack discarded", pack, by=by, at=at, meeting_on=pack.meeting_on.isoformat())
    pack.delete()


@transaction.atomic
def publish(*, pack: BoardPack, is_public: bool, by: Actor, at: datetime) -> None:
    """Let anyone read its summary, or nobody any more. Raises PackRefused."""
    if pack.state != State.FROZEN:
        raise PackRefused("Only what is frozen can be shown to the public.")
    BoardPack.objects.filter(pk=pack.pk).update(published_at=at if is_public else None)
    if is_public:
        DrawnPaper.objects.get_or_create(of=name_of_paper(pack.snapshot.digest), defaults={"asked_at": at})
    _on_record("board summary published" if is_public else "board summary taken back", pack, by=by, at=at)


@transaction.atomic
def wish_restated(*, pack: BoardPack, by: Actor, at: datetime) -> None:
    """Have a frozen pack's figures counted as they are known now. Raises PackRefused."""
    if pack.state != State.FROZEN:
        raise PackRefused("Only what is frozen is restated.")
    if pack.work:
        raise PackRefused(IN_HAND)
    hold_restatements(pack, at=at)
    others = BoardPack.objects.filter(partnership=pack.partnership, as_at=pack.as_at, work=Wish.RESTATE)
    if others.exclude(pk=pack.pk).exists():
        raise PackRefused("Another pack as at this day is being restated just now. That one tells what has moved.")
    idle = BoardPack.objects.filter(pk=pack.pk, work="")
    if not idle.update(work=Wish.RESTATE, work_by=str(by), tries=0, problem=""):
        raise PackRefused(IN_HAND)


@transaction.atomic
def set_decisions(*, pack: BoardPack, decisions: list[str], seen: list[str], by: Actor, at: datetime) -> None:
    """What the board is asked to decide, in place of what the writer has `seen`. Raises PackRefused."""
    if len(decisions) > MOST_DECISIONS or any(len(each) > LONGEST_DECISION for each in decisions):
        raise PackRefused(f"At most {MOST_DECISIONS} decisions, each of at most {LONGEST_DECISION} characters.")
    hold_open(pack)
    pack.refresh_from_db()
    if pack.decisions != seen:
        raise PackRefused(CHANGED)
    _move(pack, {State.DRAFT, State.REVIEW}, decisions=decisions)


def hold_open(pack: BoardPack) -> None:
    """Keep it open to the end of this transaction, so that nobody freezes it in between. Raises PackRefused."""
    still = BoardPack.objects.filter(pk=pack.pk).exclude(state=State.FROZEN).exclude(work=Wish.FREEZE)
    if not still.update(tries=F("tries")):
        raise PackRefused("The pack is frozen, or about to be. Nothing in it can be changed any more.")


def _move(pack: BoardPack, states: set[State], **changes: object) -> None:
    """Change an open pack that is in one of these states now, whoever else has it open. Raises PackRefused."""
    still = BoardPack.objects.filter(pk=pack.pk, state__in=states).exclude(work=Wish.FREEZE)
    if not still.update(**changes):
        raise PackRefused(CHANGED)
    pack.refresh_from_db()


def _on_record(verb: str, pack: BoardPack, *, by: Actor, at: datetime, **detail: Any) -> None:
    audit.record(verb, by=by, at=at, kind="board pack", uid=pack.uid, partnership_code=pack.partnership.code, **detail)
