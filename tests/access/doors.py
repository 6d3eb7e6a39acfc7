"""Doors, as the manifest writes them down: who may pass, and whose rows lie behind."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from training.access.gates import PUBLIC

# The view does not ask which method it is: posting is looking, and is not walked twice
ANY_METHOD = (-1,)


class Behind(StrEnum):
    """Whose rows the address asks for."""

    NOTHING = "nothing that belongs to somebody, or one's own without saying so"
    PERSON = "rows of one person, seen by that person alone"
    AGENCY = "an agency over which the permission is held"
    PARTNERSHIP = "a partnership over which the permission is held"
    CHAMPION = "a champion who is listed in a partnership that one works in"
    NETWORK = "a champion of a partnership that one looks after"
    AREA = "what champions read, and who looks after a network"
    MEETING = "a meeting of a network that one is a champion of"
    REQUEST = "a request to a champion, between the two it is between"
    REQUEST_GOT = "a request to a champion, seen by the champion alone"


@dataclass(frozen=True)
class Door:
    """One route.

    `fills` says what each argument of the address (one without a name is '') is filled with: a word of `Place.ids`. `get` and `post` are the
    answers to those who may pass; empty means that the method is refused (405). `body` names what is posted, a word of
    `planting.BODIES`. `shows` are the fields (tests/access/sight.py) of the address's person that anybody may read
    who holds the address: what a certificate's code is for. `lists` are fields of one's own agency that this
    page offers to pick from, whoever's they are. `person` is the one whose rows they are, where that is
    always the same one of the planted.
    """

    name: str
    rule: str
    behind: Behind = Behind.NOTHING
    fills: tuple[tuple[str, ...], ...] = ()
    get: tuple[int, ...] = (200,)
    post: tuple[int, ...] = ()
    body: str = ""
    shows: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    person: str = ""
    is_theirs: bool = False

    @property
    def methods(self) -> tuple[str, ...]:
        """What the walk tries."""
        return ("GET",) if self.post == ANY_METHOD else ("GET", "POST")


def door_at(name: str, rule: str, behind: Behind = Behind.NOTHING, *, fills: str = "", **more: Any) -> Door:
    """`fills` in short: 'uid=certificate code=agency'."""
    return Door(name, rule, behind, tuple(tuple(each.split("=")) for each in fills.split()), **more)


def theirs_at(name: str, rule: str = PUBLIC, behind: Behind = Behind.NOTHING, **more: Any) -> Door:
    """A view that allauth, Wagtail or the API's framework wrote: it carries no gate of ours."""
    return door_at(name, rule, behind, is_theirs=True, **more)


OWN, AGENCY, PARTNERSHIP = Behind.PERSON, Behind.AGENCY, Behind.PARTNERSHIP
