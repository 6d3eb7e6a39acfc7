"""Notes: written, read and thrown away by the one person whose they are."""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.views.decorators.debug import sensitive_variables

from courses.content.keeping import Reflection
from courses.models import CoursePage, Note
from training.access.actor import Actor
from training.access.clock import london_date
from training.people.models import Person, Term

from .cards import Kept
from .seal import CannotOpen, NoKey, can_seal, is_sealed_anew, seal, unseal

LONGEST = 10_000
KEPT_AFTER_LEAVING = timedelta(days=30)
REASON = "retention"


LOST = "What you wrote here before cannot be opened now. Delete it under 'Your notes' to write anew."


class NoteRefused(Exception):
    """It was not kept; the text can be shown to the person."""


class WrittenMeanwhile(Exception):
    """It was written in another window since: neither may take the place of the other unseen."""


@sensitive_variables()
def note_at(person: Person, course: CoursePage, reflection: str) -> Kept | None:
    """What this person wrote at one reflection."""
    note = Note.objects.of(person).filter(course=course, reflection=reflection).select_related("person").first()
    return _opened(note, course.neutral_title) if note else None


@sensitive_variables()
def notes_of(person: Person) -> tuple[Kept, ...]:
    """Everything this person wrote, by course, in the order of writing."""
    notes = Note.objects.of(person).select_related("person", "course")
    return tuple(_opened(note, note.course.neutral_title) for note in notes.order_by("course", "written_at", "id"))


@sensitive_variables()
def write_note(
    person: Person, course: CoursePage, reflection: Reflection, text: str, *, seen: int, window: str = "", at: datetime
) -> None:
    """Keep the words in place of those that were `seen` (their number), or that this `window` wrote. Blank ones go."""
    text = text.replace("\r\n", "\n").strip()
    if not can_seal():
        raise NoteRefused("Notes cannot be kept here at the moment.")
    if len(text) > LONGEST:
        raise NoteRefused(f"A note has at most {LONGEST:,} characters, and this one has {len(text):,}.")
    kept = note_at(person, course, reflection.key)
    if kept is not None and kept.is_lost:
        raise NoteRefused(LOST)
    if kept is not None and kept.text != text and kept.number != seen and not (window and kept.window == window):
        raise WrittenMeanwhile
    if kept is not None and not text:
        delete_notes(person, uid=kept.uid)
    elif text != (kept.text if kept else ""):
        _put(person, course, reflection, text, kept=kept, window=window[:32], at=at)


@sensitive_variables()
def _put(
    person: Person,
    course: CoursePage,
    reflection: Reflection,
    text: str,
    *,
    kept: Kept | None,
    window: str,
    at: datetime,
) -> None:
    uid = kept.uid if kept else uuid4()
    words = json.dumps({"prompt": reflection.text, "text": text}, ensure_ascii=False)
    new = {"sealed": seal(words, owner=_owner(person, uid)), "written_at": at, "window": window}
    own = Note.objects.of(person)
    if kept is not None:
        if not own.filter(uid=uid, number=kept.number).update(number=kept.number + 1, **new):
            raise WrittenMeanwhile
        return
    try:
        with transaction.atomic():
            own.create(uid=uid, person=person, course=course, reflection=reflection.key, **new)
    except IntegrityError:
        raise WrittenMeanwhile from None


def delete_notes(person: Person, *, uid: UUID | None = None) -> int:
    """Throw away one note of this person's, or all; how many."""
    notes = Note.objects.of(person)
    return (notes if uid is None else notes.filter(uid=uid)).delete()[0]


def forget_notes(person: Person, *, by: Actor, at: datetime) -> None:
    """Throw away all notes of somebody who is to be forgotten."""
    delete_notes(person)


@sensitive_variables()
def reseal_notes() -> tuple[int, int]:
    """Seal under the newest key what an older one sealed; how many, and how many cannot be opened."""
    done = lost = 0
    for note in Note.objects.everywhere(reason="a new key").select_related("person").iterator(chunk_size=500):
        if is_sealed_anew(note.sealed):
            continue
        try:
            owner = _owner(note.person, note.uid)
            sealed = seal(unseal(note.sealed, owner=owner), owner=owner)
        except CannotOpen:
            lost += 1
            continue
        same = Note.objects.everywhere(reason="a new key").filter(pk=note.pk, number=note.number)
        done += same.update(sealed=sealed)  # one rewritten meanwhile is under the newest key already
    return done, lost


def forget_leavers_notes(*, at: datetime) -> int:
    """Delete what was written by people who have had no post anywhere for thirty days."""
    before = at - KEPT_AFTER_LEAVING
    terms = Term.objects.everywhere(reason=REASON).known_now().not_ended_on(london_date(before))
    old = Note.objects.everywhere(reason=REASON).filter(written_at__lt=before)
    writers = old.order_by().values_list("person", flat=True).distinct()
    employments = "post__employment"
    here = terms.filter(**{f"{employments}__person__in": writers}).values_list(f"{employments}__person")
    merged = terms.filter(**{f"{employments}__entered_as__in": writers}).values_list(f"{employments}__entered_as")
    return old.exclude(person__in=here).exclude(person__in=merged).delete()[0]


_forgotten: list[date] = []


def forget_leavers_notes_daily(*, at: datetime) -> int:
    """The same, once a day and worker."""
    today = london_date(at)
    if _forgotten == [today]:
        return 0
    _forgotten[:] = [today]
    return forget_leavers_notes(at=at)


@sensitive_variables()
def as_text(notes: Iterable[Kept], *, day: str) -> str:
    """All notes as a plain file of one's own."""
    parts = [f"Your notes, {day}\n"]
    for note in notes:
        words = "(This note cannot be opened: the key that sealed it is gone.)" if note.is_lost else note.text
        parts.append("\n".join(filter(None, (note.course, note.prompt, "", words))) + "\n")
    return ("\n" + "-" * 40 + "\n\n").join(parts)


def _owner(person: Person, uid: UUID) -> str:
    """Whose and which: what the note's own key is derived for."""
    return f"person {person.uid} note {uid}"


@sensitive_variables()
def _opened(note: Note, course: str) -> Kept:
    try:
        words = json.loads(unseal(note.sealed, owner=_owner(note.person, note.uid)))
    except (CannotOpen, NoKey):
        return Kept(note.uid, course, "", "", note.number, note.written_at, is_lost=True)
    return Kept(note.uid, course, words["prompt"], words["text"], note.number, note.written_at, window=note.window)
