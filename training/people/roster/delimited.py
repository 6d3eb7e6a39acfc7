"""CSV in the shapes that offices save: UTF-8 or Windows-1252, commas, semicolons or tabs. For the confined child."""

import codecs
import csv
import io
from collections.abc import Iterator

from training.people.roster.headers import recognise
from training.people.roster.limits import Refused

NOT_ROSTERS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"BM": "an image",
    b"II*\x00": "an image",
    b"\xd0\xcf\x11\xe0": "a file of an old Office version, or one locked with a password",
    b"{\\rtf": "a text document",
    b"<": "a web page or XML",
    b"\x1f\x8b": "a compressed file",
    b"Rar!": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"MZ": "a program",
    b"\x7fELF": "a program",
}
WANTED = "Save the roster as .xlsx or CSV and try again."
ON_SEVERAL_LINES = (
    "A value in line {} goes on in the next line. Perhaps a quotation mark was opened there by mistake, and rows after "
    "it would be lost: take it away, or write the value on one line."
)


def decoded(data: bytes) -> str:
    """The text, by its byte order mark, else UTF-8, else Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _by("utf-16", data)
    for start, kind in NOT_ROSTERS.items():
        if data.startswith(start) and not (start in (b"BM", b"MZ") and data[:200].isascii() and b"\x00" not in data):
            raise Refused(f"This is {kind}, not a roster. {WANTED}")
    if b"\x00" in data:
        raise Refused(f"This is not a text file or a workbook. {WANTED}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _by("cp1252", data)


def _by(encoding: str, data: bytes) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused(f"This is not a text file or a workbook. {WANTED}") from None


def delimiter_of(first_line: str) -> str:
    """Which sign parts the columns: the one that gives most known column names, or else most columns."""

    def score(sign: str) -> tuple[int, int]:
        header = next(csv.reader([first_line], delimiter=sign), [])
        return len(recognise(header).places), len(header)

    return max(",;\t|", key=score)


def text_lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file, numbered as a spreadsheet shows them."""
    text = decoded(data)
    first_line = next((line for line in text.splitlines() if line.strip()), "")
    separator = delimiter_of(first_line)
    # Strict: otherwise a quotation mark that is never closed makes one cell of all rows after it, without a word
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begun, width = 1, 0
    try:
        for number, row in enumerate(reader, start=1):
            width = width or len(row)
            if reader.line_num > begun and (len(row) > width or any(_holds_rows(cell, separator) for cell in row)):
                raise Refused(ON_SEVERAL_LINES.format(begun))
            yield number, row
            begun = reader.line_num + 1
    except csv.Error as error:
        raise Refused(f"The file cannot be read as CSV near line {begun}: {_why(error)}.") from None


def _holds_rows(cell: str, separator: str) -> bool:
    """Whether a cell could be the end of one row and the beginning of another."""
    return separator in cell and ("\n" in cell or "\r" in cell)


def _why(error: csv.Error) -> str:
    if "end of data" in str(error) or "expected after" in str(error):
        return "a quotation mark there is not closed, or stands within a value. Take it away or write it twice"
    return str(error)
