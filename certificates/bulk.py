"""Many certificates at once: asked for by HR, drawn by the worker a few seconds at a time, kept for a week.

A batch is resumed where it stopped: what has been drawn lies in the store, one file a certificate or one for fifty of
them. Each turn at it has a number, which only one worker can take. Those of people whose record is protected are left
out: they fetch their own.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from shutil import rmtree
from tempfile import mkstemp
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from certificates import printing, services
from certificates.looks import Shape
from certificates.models import Batch, Certificate, PrintedName
from certificates.snapshot import FIRST_TEMPLATE
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.ledger.models import Completion, Entry
from training.notices import services as notices
from training.people.models import Agency, Term, User
from training.press import press

KEPT_FOR = timedelta(days=7)
STEP = 100  # certificates between two looks at the clock: work for both children
TOGETHER = 50  # certificates in one document to print: the longer, the more memory
APART = 25  # certificates laid out together, each then written as a file of its own
SECONDS = 8.0  # of work before the worker looks at what else waits
TOLD = """Hello

Your learning records are ready to be fetched. Sign in to see them: choose 'Learning', then 'Your certificates'.
"""


class NothingToPrint(Exception):
    """There is no such certificate; the text can be shown to a person."""


class TurnLost(Exception):
    """Another worker has taken the next turn, or the batch is gone."""


@transaction.atomic
def ask(
    agency: Agency, *, module_code: str, source: str, form: str, shape: str, tells: bool, by: Actor, at: datetime
) -> Batch:
    """Have the certificates of a module, or of a file, made into one file. Raises NothingToPrint."""
    said = {"module_code": module_code, "source": source, "form": form, "shape": shape, "tells": tells}
    batch = Batch(agency=agency, asked_at=at, asked_by=str(by), moved_at=at, **said)
    batch.count = completions_of(batch, at=at).count()
    if not batch.count:
        raise NothingToPrint("There is nothing to print: nobody who works here has a certificate of that.")
    batch.save()
    code = agency.code
    audit.record("certificates printed", by=by, at=at, kind="batch", uid=batch.uid, agency_code=code, count=batch.count)
    return batch


def completions_of(batch: Batch, *, at: datetime) -> QuerySet[Completion]:
    """What this agency had recorded when it asked, of people who work there now and are not protected, in the order of
    the ledger.

    Without those who let another agency's HR confirm a name: it is not for this one to read.
    """
    terms = Term.objects.within(batch.agency).known_now().not_ended_on(london_date(at))
    staff = terms.values("post__employment__person")
    rows = Completion.objects.within(batch.agency, on=london_date(at)).standing().filter(agency=batch.agency)
    rows = rows.filter(person__in=staff, person__is_protected=False, person__is_protected_elsewhere=False)
    rows = rows.filter(recorded_at__lte=batch.asked_at)
    others = PrintedName.objects.confirmed_elsewhere(batch.agency).values("person")
    rows = rows.exclude(person__in=others)
    if batch.module_code:
        rows = rows.filter(module_code=batch.module_code)
    return (rows.filter(source=batch.source) if batch.source else rows).order_by("pk")


def take(batch: Batch, *, at: datetime) -> bool:
    """Take the next turn at it; whether it was still there to be taken."""
    batch.turn += 1
    batch.moved_at = at
    mine = Batch.objects.everywhere(reason="the worker's").unfinished().filter(pk=batch.pk, turn=batch.turn - 1)
    return mine.update(turn=batch.turn, moved_at=at) == 1


def work_on(batch: Batch, *, at: datetime, seconds: float = SECONDS) -> bool:
    """Go on for some seconds with a batch whose turn was taken; whether there is nothing left to do.

    Only numbers are read of what was drawn in turns before. Whoever has asked to be left out since is found at the end,
    when all is put together. Raises TurnLost where another worker has taken the next turn.
    """
    began = monotonic()
    keys = list(completions_of(batch, at=at).values_list("pk", flat=True))
    batch.count, batch.keys_sum, batch.done = len(keys), sum(keys), min(batch.done, len(keys))
    turn = _Turn(batch, keys, at, began, began + seconds)
    if _drawn_from(batch.done - batch.done % STEP, turn) is None:
        return False
    batch.left_out = 0
    paths = _drawn_from(0, turn)
    if paths is None:
        return False
    batch.done, batch.is_zip = len(keys), batch.form == Batch.Form.ZIP or len(paths) != 1
    _put_together(file_of(batch), paths)
    _finish(turn)
    return True


def move(batch: Batch, *, at: datetime) -> None:
    """Say how far it is, as long as the turn is ours. Raises TurnLost; of a batch that was erased nothing is left."""
    said = {
        name: getattr(batch, name)
        for name in ("count", "keys_sum", "done", "left_out", "is_zip", "ended_at", "problem")
    }
    alive = Batch.objects.everywhere(reason="the worker's").filter(pk=batch.pk)
    if alive.filter(turn=batch.turn).update(moved_at=at, **said):
        return
    if not alive.exists():
        rmtree(_folder(batch), ignore_errors=True)
    raise TurnLost


def certificates_of(completions: Sequence[Completion]) -> list[Certificate]:
    """The certificate that stands for each, issued now where the worker had not come to it."""
    rows = Certificate.objects.of_completions(completions).filter(superseded_by__isnull=True)
    found = {row.completion_id: row for row in rows}
    for row in services.issue_all(each for each in completions if each.pk not in found):
        found[row.completion_id] = row
    return [found[each.pk] for each in completions if each.pk in found]


def is_stale(batch: Batch, *, at: datetime) -> bool:
    """Whether somebody in its file has since asked to be protected, left, or had the completion withdrawn; also where
    another has come in their place, so that there are as many.
    """
    now = completions_of(batch, at=at).aggregate(count=Count("pk"), keys_sum=Sum("pk", default=0))
    return now != {"count": batch.count, "keys_sum": batch.keys_sum}


def file_of(batch: Batch) -> Path:
    """Where what was asked for lies once it is ready."""
    return _folder(batch) / ("all.zip" if batch.is_zip else "all.pdf")


def forget_batches(*, at: datetime) -> int:
    """For the worker: what was made a week ago goes; how many."""
    old = Batch.objects.everywhere(reason="retention").filter(asked_at__lte=at - KEPT_FOR)
    for batch in old:
        rmtree(_folder(batch), ignore_errors=True)
    return old.delete()[0]


def forget_batches_with(completions: Sequence[Entry]) -> None:
    """For the erasure of a person: files that may hold their certificates go now, whoever else is in them."""
    agencies = {each.agency_id for each in completions if each.agency_id}
    theirs = Batch.objects.everywhere(reason="the erasure of a person").filter(agency__in=agencies)
    for batch in theirs:
        transaction.on_commit(partial(rmtree, _folder(batch), ignore_errors=True))
    theirs.delete()


def modules_of(agency: Agency, *, on: date) -> list[tuple[str, str]]:
    """What this agency has recorded: code and title of each module, as it is called now."""
    rows = Completion.objects.within(agency, on=on).standing().filter(agency=agency).order_by()
    found = rows.values_list("module__code", "module__title", "module__position").distinct()
    return [(code, title) for code, title, _ in sorted(found, key=lambda row: row[2])]


@dataclass(frozen=True, slots=True)
class _Turn:
    """Some seconds of work at a batch: the completions that it is of by now, and when it began and has to end."""

    batch: Batch
    keys: Sequence[int]
    at: datetime
    began: float
    until: float

    @property
    def now(self) -> datetime:
        """What the clock says by now."""
        return self.at + timedelta(seconds=monotonic() - self.began)


def _drawn_from(first: int, turn: _Turn) -> list[Path] | None:
    """The files of all from one on, drawn where they are missing; none where the turn was over before the end."""
    batch, paths = turn.batch, list[Path]()
    for start in range(first, len(turn.keys), STEP):
        made, is_new = _drawn(batch, turn.keys[start : start + STEP], turn.at)
        paths += made
        reached = min(start + STEP, len(turn.keys))
        is_over = is_new and monotonic() > turn.until and reached < len(turn.keys)
        batch.done = reached if is_over else max(batch.done, reached)
        move(batch, at=turn.now)
        if is_over:
            return None
    return paths


def _drawn(batch: Batch, keys: Sequence[int], at: datetime) -> tuple[list[Path], bool]:
    """The files of some completions, and whether any was not in the store yet."""
    rows = certificates_of(list(completions_of(batch, at=at).filter(pk__in=keys)))
    can_be_drawn = [row for row in rows if _can_be_drawn(row)]
    batch.left_out += len(rows) - len(can_be_drawn)
    draw = _draw_apart if batch.form == Batch.Form.ZIP else _draw_together
    return draw(batch, can_be_drawn)


def _draw_apart(batch: Batch, rows: Sequence[Certificate]) -> tuple[list[Path], bool]:
    """A file for each certificate, the very one that its holder fetches."""
    shape = Shape(batch.shape)
    sheets = list(_alike([row for row in rows if not printing.path_of(row, shape).exists()], APART))
    made = press.pdfs(_pages(sheets, shape), is_apart=True)
    for row, content in zip(chain.from_iterable(sheets), made, strict=True):
        printing.keep(printing.path_of(row, shape), content)
    return [printing.path_of(row, shape) for row in rows], bool(sheets)


def _draw_together(batch: Batch, rows: Sequence[Certificate]) -> tuple[list[Path], bool]:
    """Files to print, kept with the batch."""
    # Named by whose they are: between two turns somebody may have asked to be left out.
    parts = {_folder(batch) / f"part-{_whose(sheet)}.pdf": sheet for sheet in _alike(rows, TOGETHER)}
    waiting = {path: sheet for path, sheet in parts.items() if not path.exists()}
    for path, content in zip(waiting, press.pdfs(_pages(waiting.values(), Shape(batch.shape))), strict=True):
        printing.keep(path, content)
    return list(parts), bool(waiting)


def _alike(rows: Sequence[Certificate], most: int) -> Iterator[list[Certificate]]:
    """Those that look alike, in their order, so many at a time; of the first template each alone."""
    found: dict[tuple[str, ...], list[Certificate]] = {}
    for row in rows:
        words = row.words
        alone = str(row.pk) if words.template == FIRST_TEMPLATE else ""
        found.setdefault((words.template, words.design, words.partnership, alone), []).append(row)
    for together in found.values():
        yield from (together[start : start + most] for start in range(0, len(together), most))


def _pages(sheets: Iterable[list[Certificate]], shape: Shape) -> Iterator[tuple[str, str]]:
    return (printing.as_page([printing.said_of(row) for row in sheet], shape=shape) for sheet in sheets)


def _whose(rows: Sequence[Certificate]) -> str:
    return hashlib.sha256("".join(row.uid.hex for row in rows).encode()).hexdigest()


def _finish(turn: _Turn) -> None:
    """It can be fetched."""
    batch = turn.batch
    batch.ended_at = turn.now
    move(batch, at=turn.now)
    for path in _folder(batch).glob("part-*.pdf"):
        path.unlink(missing_ok=True)
    if batch.tells:
        _tell(turn.keys, turn.now)


def _put_together(target: Path, paths: Sequence[Path]) -> None:
    """The file that is fetched, under names that say nothing of whom and what. Nothing in it can be pressed further."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix == ".pdf":
        printing.keep(target, paths[0].read_bytes())
        return
    handle, part = mkstemp(dir=target.parent, suffix=".part")
    with open(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for number, path in enumerate(paths, 1):
            archive.write(path, f"learning-record-{number:05}.pdf")
    Path(part).replace(target)


def _tell(keys: Sequence[int], at: datetime) -> None:
    """A mail to each that says nothing of what it is about."""
    people = Completion.objects.everywhere(reason="the batch's own").filter(pk__in=keys).values("person")
    for user in User.objects.filter(person__in=people).order_by("pk"):
        notices.send(to=user, kind="mail", subject="Learning", body=TOLD, at=at)


def _can_be_drawn(row: Certificate) -> bool:
    """Whether our faces have its letters."""
    try:
        printing.insist_on_words(row.words)
    except press.NeedsAnotherFont:
        return False
    return True


def _folder(batch: Batch) -> Path:
    return Path(settings.CERTIFICATE_ROOT) / "batches" / str(batch.uid)
