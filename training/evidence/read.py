"""Reading a completion file: the bytes go to the confined child, plain rows come back."""

import hashlib
import json
import tempfile
import zlib
from dataclasses import dataclass
from typing import IO

from training.people.roster.limits import Refused
from training.people.roster.read import pack

from .columns import missing
from .confined import DIED, answer_of

CHILD = "training.evidence.child"
NOBODY = (
    "The file does not say whose training it is: it has no column for employee_ref. ('Last Updated By' is whoever "
    "edited the record, not the learner.) If it is about one person, give that person's employee reference with it."
)
SOMEBODY = "The file says in each row whose training it is, so do not choose a person as well."


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as read: which fields it has, and its rows as (number in the file, text by field)."""

    sha256: str
    fields: tuple[str, ...]
    dropped: tuple[str, ...]
    ignored: tuple[str, ...]
    rows: list[tuple[int, dict[str, str]]]

    def packed(self) -> bytes:
        """Its fields and rows, compressed, for the worker."""
        return pack(json.dumps(each).encode() for each in (list(self.fields), *self.rows))

    @classmethod
    def unpacked(cls, packed: bytes, *, sha256: str = "") -> "Sheet":
        """The same again, but for the columns that were not used."""
        fields, *rows = map(json.loads, zlib.decompress(packed).splitlines())
        return cls(sha256, tuple(fields), (), (), [(number, texts) for number, texts in rows])


def read_completions(file: IO[bytes], *, person: str = "") -> Sheet:
    """What the file holds, `person` being the employee reference of whom a personal export is about. Raises Refused."""
    sheet = _read(file)
    if absent := missing(sheet.fields):
        raise Refused(f"The file has no column for: {', '.join(absent)}.")
    names_people = "employee_ref" in sheet.fields
    if not names_people and not person:
        raise Refused(NOBODY)
    if names_people and person:
        raise Refused(SOMEBODY)
    if person:
        for _number, texts in sheet.rows:
            texts["employee_ref"] = person
    return sheet


def _read(file: IO[bytes]) -> Sheet:
    with tempfile.TemporaryFile() as source:
        digest = hashlib.sha256()
        while chunk := file.read(2**20):
            digest.update(chunk)
            source.write(chunk)
        source.seek(0)
        with answer_of(CHILD, source) as answer:
            return _sheet(digest.hexdigest(), answer.read().decode())


def _sheet(sha256: str, text: str) -> Sheet:
    head, *lines = text.split("\n")
    said = json.loads(head)
    if "refused" in said:
        raise Refused(_of_completions(said["refused"]))
    if json.loads(lines.pop()) != {"rows": len(lines)}:
        raise Refused(DIED)
    fields = said["fields"]
    rows = [(number, dict(zip(fields, values, strict=True))) for number, *values in map(json.loads, lines)]
    return Sheet(sha256, tuple(fields), tuple(said["dropped"]), tuple(said["ignored"]), rows)


def _of_completions(said: str) -> str:
    """What the readers shared with rosters say of rosters, said of this file."""
    for words, ours in (("not a roster", "not a completion file"), ("A roster", "A completion file")):
        said = said.replace(words, ours)
    return said.replace("the roster", "the file")
