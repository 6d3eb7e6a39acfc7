"""What the worker does: counting a pack's figures, freezing them as the board saw them, restating them."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from training.access.actor import Actor
from training.audit import services as audit
from training.boards.changed import said_to_have_changed
from training.boards.contents import Contents, Figures, Restated, digest_of
from training.boards.errors import PackRefused
from training.boards.models import BoardPack, DrawnPaper, Restatement, Snapshot, State, Wish
from training.boards.restating import moved
from training.boards.selectors.causes import causes
from training.boards.selectors.declared import declared_quarter
from training.boards.selectors.figures import count_figures
from training.boards.selectors.packs import missing, written
from training.people.by_worker import work_through
from training.people.models import Partnership
from training.returns.services import close_quarter
from training.ui.templatetags.ui import uk_date

from .counting import count_for, show

BETWEEN_RESTATEMENTS = timedelta(weeks=4)


def work_on_packs(*, at: datetime) -> int:
    """Do what waits; how many."""
    return work_through(BoardPack.objects.all(), _do, _give_up, at=at, expected=(PackRefused,))


def _do(pack: BoardPack, by: Actor, at: datetime) -> None:
    match pack.work:
        case Wish.COUNT:
            count(pack, at=at)
        case Wish.FREEZE:
            freeze(pack, by=by, at=at)
        case _:
            restate(pack, by=by, at=at)


def _give_up(pack: BoardPack, why: str) -> None:
    BoardPack.objects.filter(pk=pack.pk).update(work="", work_by="", problem=why)


def count(pack: BoardPack, *, at: datetime) -> None:
    """Count the figures of an open pack. Where somebody has it frozen meanwhile, those that they saw stay."""
    figures = count_for(pack, at=at)
    still = BoardPack.objects.filter(pk=pack.pk).exclude(state=State.FROZEN).exclude(work=Wish.FREEZE)
    still.update(figures=figures.canonical(), problem="")


def freeze(pack: BoardPack, *, by: Actor, at: datetime) -> Snapshot:
    """Freeze what the board has read, unless a change of the strategy moved it. Raises PackRefused."""
    if pack.state == State.FROZEN:
        raise PackRefused("It is frozen already.")
    fresh = count_for(pack, at=at)
    seen = Figures.read(pack.figures)
    if not fresh.says_the_same_as(seen):
        BoardPack.objects.filter(pk=pack.pk).exclude(state=State.FROZEN).update(figures=fresh.canonical())
        raise PackRefused(said_to_have_changed(seen, fresh))
    return _freeze(pack, fresh, by=by, at=at)


@transaction.atomic
def _freeze(pack: BoardPack, figures: Figures, *, by: Actor, at: datetime) -> Snapshot:
    still = BoardPack.objects.filter(pk=pack.pk, state=State.REVIEW, work=Wish.FREEZE)
    if not still.update(state=State.FROZEN, work="", work_by="", problem=""):
        raise PackRefused("It is not in review any more, so it was not frozen.")
    pack.refresh_from_db()
    show(pack, figures, at=at)
    contents = Contents(
        figures=figures,
        meeting_on=pack.meeting_on,
        frozen_at=at,
        narratives=written(pack),
        decisions=tuple(pack.decisions),
        without=missing(pack),
    )
    text = contents.canonical()
    snapshot = Snapshot.objects.create(pack=pack, content=text, digest=digest_of(text), frozen_at=at, frozen_by=str(by))
    DrawnPaper.objects.create(of=snapshot.digest, asked_at=at)
    quarter = declared_quarter(pack.partnership, pack.as_at)
    if quarter:  # the board has been given what agencies declared for it
        close_quarter(partnership=pack.partnership, quarter=quarter, by=by, at=at)
    _on_record("board pack frozen", pack, snapshot.digest, by=by, at=at)
    return snapshot


def restate(pack: BoardPack, *, by: Actor, at: datetime) -> Restatement:
    """Count a frozen pack's figures as known now, and keep what moved beside it: with it the wish is done."""
    frozen = Contents.read(pack.snapshot.content).figures
    fresh = count_figures(pack.partnership, pack.strategy, as_at=pack.as_at, at=at)
    differences = moved(frozen, fresh)
    restated = Restated(
        partnership=frozen.partnership,
        of=pack.snapshot.digest,
        meeting_on=pack.meeting_on,
        as_at=pack.as_at,
        frozen_as_known_at=frozen.counted_at,
        known_at=at,
        differences=differences,
        causes=causes(pack.partnership, differences, on=pack.as_at, after=frozen.counted_at, until=at),
    )
    text = restated.canonical()
    with transaction.atomic():
        hold_restatements(pack, at=at)
        made = Restatement.objects.create(
            snapshot=pack.snapshot, content=text, digest=digest_of(text), known_at=at, asked_by=str(by)
        )
        DrawnPaper.objects.create(of=made.digest, asked_at=at)
        BoardPack.objects.filter(pk=pack.pk, work=Wish.RESTATE).update(work="", work_by="", problem="")
        _on_record("board pack restated", pack, made.digest, by=by, at=at, moved=len(differences))
    return made


def hold_restatements(pack: BoardPack, *, at: datetime) -> None:
    """Let nobody restate a pack as at the same day before this transaction ends.

    Raises PackRefused where one was restated less than four weeks ago: two close together could tell of one person.
    """
    Partnership.objects.select_for_update(no_key=True).get(pk=pack.partnership_id)
    of_day = Restatement.objects.filter(snapshot__pack__partnership=pack.partnership_id)
    of_day = of_day.filter(snapshot__pack__as_at=pack.as_at).select_related("snapshot__pack")
    last = of_day.order_by("-known_at").first()
    if last is not None and at < (again := last.known_at + BETWEEN_RESTATEMENTS):
        raise PackRefused(
            f"The pack for the meeting on {uk_date(last.snapshot.pack.meeting_on)}, as at this day, was restated on "
            f"{uk_date(last.known_at)}, less than four weeks ago. Two restatements close together could tell of one "
            f"person: the next can be made on {uk_date(again)}."
        )


def _on_record(verb: str, pack: BoardPack, digest: str, *, by: Actor, at: datetime, **detail: Any) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        kind="board pack",
        uid=pack.uid,
        partnership_code=pack.partnership.code,
        digest=digest,
        **detail,
    )
