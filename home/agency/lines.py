"""What leaves in a file of staff: a line for each post and module, the agency named on every one."""

from collections.abc import Iterator
from datetime import date

from training.ledger.selectors.table import WITHHELD, with_term
from training.pathways.models import Module
from training.people.models import Agency
from training.people.models.posts import TermQuerySet
from training.ui.standings import STANDINGS

from .known import KnownStandings
from .listing import BY_NAME, PERSON, Wanted, fits, steps_wanted

HEADS = [
    "Agency",
    "Name",
    "Team",
    "Role group",
    "Code",
    "Module",
    "Standing",
    "In date",
    "Required",
    "Due by",
    "Valid until",
]
NAMES = ("is_protected", "first_name", "preferred_name", "last_name")
FIELDS = ("module__code", "module__title", "state", "is_valid", "is_required", "due_on", "valid_until")
Line = list[str | int]


def lines_of(agency: Agency, terms: TermQuerySet, wanted: Wanted, *, on: date) -> Iterator[Line]:
    """The standings of these terms' posts, narrowed as the list is; read as they leave, so that many cost no memory."""
    steps = steps_wanted(agency, wanted, on=on).filter(post__in=terms.order_by().values("post"))
    rows = with_term(steps, on).order_by(*BY_NAME[:-1], "post_id", "module__position", "pk")
    names = ("post__employment__agency__code", *(f"{PERSON}{name}" for name in NAMES))
    for row in rows.values_list(*names, "term__team__title", "term__role_group__title", *FIELDS).iterator():
        yield _line(row, agency.code)


def lines_as_known(known: KnownStandings, terms: TermQuerySet, wanted: Wanted) -> Iterator[Line]:
    """The same, from standings that were worked out as known at a moment."""
    modules = Module.objects.in_bulk({module for them in known.found.values() for module in them})
    order = sorted(modules.values(), key=lambda it: (it.position, it.pk))
    names = ("post__employment__agency__code", *(f"{PERSON}{name}" for name in NAMES))
    for post, *row in terms.order_by(*BY_NAME).values_list("post_id", *names, "team__title", "role_group__title"):
        for module in order:
            it = known.found.get(post, {}).get(module.pk)
            if it is not None and fits(module.pk, it, wanted, known.on):
                said = (it.state, it.is_valid, it.is_required, it.due_on, it.valid_until)
                yield _line((*row, module.code, module.title, *said), known.agency.code)


def _line(row: tuple, code: str) -> Line:  # type: ignore[type-arg]
    theirs, is_protected, first_name, preferred_name, last_name, team, role_group = row[:7]
    module, title, state, is_valid, is_required, due_on, valid_until = row[7:]
    if theirs != code:
        raise AssertionError("a line of another agency was about to leave in a file")
    return [
        theirs,
        WITHHELD if is_protected else f"{preferred_name or first_name} {last_name}".strip(),
        team or "",
        role_group or "",
        module,
        title,
        STANDINGS[state].words,
        "yes" if is_valid else "no",
        "yes" if is_required else "no",
        due_on.isoformat() if due_on else "",
        valid_until.isoformat() if valid_until else "",
    ]
