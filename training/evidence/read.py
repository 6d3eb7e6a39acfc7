"""Reading a completion file: the bytes go to the confined child, plain rows come back."""

from dataclasses import replace
from typing import IO

from training.people.roster.limits import Refused
from training.people.roster.read import Sheet, read_sheet

from .columns import missing

CHILD = "training.evidence.child"
NOBODY = (
    "The file does not say whose training it is: it has no column for employee_ref. ('Last Updated By' is whoever "
    "edited the record, not the learner.) If it is about one person, give that person's employee reference with it."
)
SOMEBODY = "The file says in each row whose training it is, so do not choose a person as well."


def read_completions(file: IO[bytes], *, person: str = "") -> Sheet:
    """What the file holds, `person` being the employee reference of whom a personal export is about. Raises Refused."""
    try:
        sheet = read_sheet(file, CHILD)
    except Refused as refusal:
        raise Refused(_of_completions(str(refusal))) from None
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
    return replace(sheet, fields=tuple(dict.fromkeys((*sheet.fields, "employee_ref"))))


def _of_completions(said: str) -> str:
    """What the child says of rosters, said of this file."""
    for words, ours in (("not a roster", "not a completion file"), ("A roster", "A completion file")):
        said = said.replace(words, ours)
    return said.replace("the roster", "the file")
