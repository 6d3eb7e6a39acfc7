"""What other rooms ask of the press: a page of theirs as tagged PDF, many at once, a picture drawn anew.

A design is the place of a style sheet in its room, without its ending: 'certificates/print/2-card'. What is printed is
read as XML and drawn by that sheet alone (`engine.py`).
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import structlog

from training.press import fonts
from training.press.children import CannotRun, JobFailed, JobRefused, Tell, press

log = structlog.get_logger("press")
PATIENT = 10
LONG_SECONDS = 60  # of processor time
ELEMENTS = "training/press/print/elements"  # the sheet that is part of every design from the second on


class CannotPrint(Exception):
    """No PDF can be made; the text can be shown to a person."""


class NoEngine(CannotPrint):
    """This server lacks what printing needs."""


class NeedsAnotherFont(CannotPrint):
    """Some letters are in none of our faces."""


class TooMuch(CannotPrint):
    """Drawing it goes over the limits."""


class BadPicture(Exception):
    """A picture from outside that cannot be used; the text can be shown to a person."""


def pdf(html: str, *, design: str) -> bytes:
    """A page of ours as PDF. Raises CannotPrint. Not to be called inside a transaction."""
    with _in_words():
        return press().do({"design": design}, html.encode())[0]


def pdfs(pages: Iterable[tuple[str, str]], *, is_apart: bool = False, at_once: int = 2) -> Iterator[bytes]:
    """Many pages, each its HTML and its design, in their order, by several children that let others go first.

    `is_apart`: every article of a page as a file of its own, the same to the byte as from a page of its own. Raises
    CannotPrint.
    """
    quiet = press(PATIENT)

    def draw(page: tuple[str, str]) -> list[bytes]:
        with _in_words():
            return quiet.do({"design": page[1], "is_apart": is_apart}, page[0].encode())

    with ThreadPoolExecutor(at_once) as threads:
        for made in threads.map(draw, pages):
            yield from made


def long_pdf(html: str, *, design: str, tell: Tell | None = None) -> bytes:
    """A page of ours that makes many of paper, by a child that lets others go first. Raises CannotPrint.

    `tell` is told every now and then how many are laid out.
    """
    head = {"design": design, "seconds": LONG_SECONDS, "is_long": True}
    with _in_words():
        return press(PATIENT).do(head, html.encode(), tell)[0]


def warm() -> None:
    """Have a child ready for somebody who is likely to ask soon."""
    press().warm()


def picture(data: bytes) -> bytes:
    """A picture from outside as a PNG drawn anew. Raises BadPicture."""
    try:
        return press().do({"picture": True}, data)[0]
    except JobRefused as reason:
        raise BadPicture(str(reason)) from None
    except (CannotRun, JobFailed):
        raise BadPicture("The logo could not be read. Save it as PNG and try again.") from None


def insist_on_letters(text: str, faces: Sequence[fonts.Face], *, what: str) -> None:
    """Raises NeedsAnotherFont where a letter is in none of the faces, NoEngine where there are no faces."""
    with _in_words():
        missing = fonts.missing_letters(text, faces)
    if missing:
        raise NeedsAnotherFont(f"This {what} needs another font: ours has no {', '.join(missing)}.")


@contextmanager
def _in_words() -> Iterator[None]:
    """What went wrong as something to show, and what it was in the log."""
    try:
        yield
    except (CannotRun, fonts.FontsMissing) as reason:
        log.error("printing is not possible", reason=str(reason))
        raise NoEngine(
            "This server cannot make PDF files at the moment. Ask its administrator to run set-up."
        ) from reason
    except JobFailed as reason:
        log.error("a page could not be printed", reason=str(reason))
        raise TooMuch("This PDF could not be made. Try again; if it still fails, tell the administrator.") from reason
