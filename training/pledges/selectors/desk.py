"""What agencies and the coordinator keep: all of it, with names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from training.pathways.models import SignUp
from training.people.models import Agency, Partnership
from training.pledges.held import MISSING, State, held
from training.pledges.models import Charter, Kind, Pledge
from training.pledges.wording import rows, state_words, title_of

from .places import Line, is_to_live_version, sign_up_of

DUE = frozenset({State.DUE, State.LAPSED})


@dataclass(frozen=True, slots=True)
class Entry:
    """A pledge, and what it says in words."""

    pledge: Pledge
    says: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of pledge at one agency: where it stands, the pledges that this is about, and all earlier ones."""

    kind: Kind
    title: str
    state: State
    words: str
    entries: list[Entry]
    earlier: list[Entry]


@dataclass(frozen=True, slots=True)
class Kept:
    """What an agency has committed itself to in one partnership."""

    partnership: Partnership
    charter: Charter | None
    sign_up: SignUp | None
    blocks: list[Block]


def kept(agency: Agency, partnership: Partnership, *, on: date) -> Kept:
    """Everything on record of one agency in one partnership, the newest first. Three queries."""
    charter = Charter.objects.filter(partnership=partnership).first()
    rows = Pledge.objects.known_now().filter(agency=agency, partnership=partnership).select_related("agency")
    pledges = sorted(rows, key=lambda each: (each.made_on, each.pk), reverse=True)
    kinds = [kind for kind in Kind if kind != Kind.CHARTER or charter]
    signed = sign_up_of(agency, partnership, on=on)
    return Kept(partnership, charter, signed, [_block(kind, charter, pledges, on) for kind in kinds])


def _block(kind: Kind, charter: Charter | None, pledges: Iterable[Pledge], on: date) -> Block:
    mine = [Entry(each, rows(each)) for each in pledges if each.kind == kind]
    found = held([each.pledge for each in mine], on=on)
    now = {each.pk for each in (found.pledge, found.waiting) if each}
    shown = [each for each in mine if each.pledge.pk in now]
    earlier = [each for each in mine if each.pledge.pk not in now]
    return Block(kind, title_of(kind, charter), found.state, state_words(kind, found.state), shown, earlier)


def to_look_at_again(agency: Agency, *, on: date) -> int:
    """How many of an agency's promises need it: their review is near or over, and no newer one was reported."""
    of_place: dict[tuple[int, str], list[Pledge]] = {}
    for pledge in Pledge.objects.known_now().filter(agency=agency):
        of_place.setdefault((pledge.partnership_id, pledge.kind), []).append(pledge)
    found = (held(pledges, on=on) for pledges in of_place.values())
    return sum(each.state in DUE and each.waiting is None for each in found)


def waiting(partnership: Partnership, members: Iterable[Line]) -> list[Pledge]:
    """What members have reported and nobody has confirmed, the oldest first."""
    found = Pledge.objects.known_now().filter(
        partnership=partnership, is_confirmed=False, is_none=False, withdrawn_on=None
    )
    ids = [each.agency.pk for each in members]
    return list(found.filter(agency__in=ids).select_related("agency").order_by("recorded_at", "pk"))


def narrowed(every: Iterable[Line], show: str, *, kinds: Iterable[Kind], has_live_version: bool) -> list[Line]:
    """Those with something 'missing', 'due' or 'waiting'; all of them for anything else."""
    kinds = tuple(kinds)
    tests = {
        "missing": lambda line: (
            any(line.of_kind[kind].state in MISSING for kind in kinds)
            or (has_live_version and not is_to_live_version(line.sign_up))
        ),
        "due": lambda line: any(line.of_kind[kind].state in DUE for kind in kinds),
        "waiting": lambda line: any(line.of_kind[kind].waiting for kind in kinds),
    }
    return [line for line in every if show not in tests or tests[show](line)]
