"""Strategy packs and the indicators they name, read strictly from files.

Pure: a file in, a frozen `Pack` out. What does not hang together is refused by line.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from django.utils.text import slugify

from training.pathways.marked_yaml import (
    Fault,
    FileError,
    Place,
    read_marked,
    read_marked_bytes,
    repeated,
)

from .pack import Evidence, Indicator, Indicators, Objective, Outcome, Pack, Priority, Unit

PACKS = Path(__file__).parent / "packs"
INDICATORS = Path(__file__).parent / "data" / "indicators.yaml"
BLANK = Path(__file__).parent / "data" / "blank-pack.yaml"
MOST_OUTCOMES = 400
MOST_ROWS = 1000
LONGEST_PLACE = 40


class PackError(FileError):
    """A pack, or the list of indicators, that cannot be used."""


def packaged() -> list[str]:
    """The names of the packs that come with the product."""
    return sorted(path.stem for path in PACKS.glob("*.yaml"))


@dataclass(frozen=True, slots=True)
class Known:
    """The strategies that a pack may say it follows: how one is found by its id, and where they were looked for."""

    find: Callable[[str], Pack | None]
    where: str


def read_pack(name_or_path: str | Path) -> Pack:
    """A packaged pack by its name, or one from a file; raises PackError."""
    path = PACKS / f"{name_or_path}.yaml" if str(name_or_path) in packaged() else Path(name_or_path)
    known = Known(partial(_beside, folder=path.parent), "packaged or beside this file")
    return read_marked(path, Pack, PackError, partial(_check_pack, known=known))


def read_pack_bytes(name: str, data: bytes, known: Known) -> Pack:
    """A pack that was sent, with the name of its file; raises PackError."""
    return read_marked_bytes(Path(name), data, Pack, PackError, partial(_check_pack, known=known))


def read_indicators(path: Path | str | None = None) -> tuple[Indicator, ...]:
    """Every indicator a pack may name; raises PackError."""
    return read_marked(Path(path or INDICATORS), Indicators, PackError, _check_indicators).indicators


@cache
def _known_indicators() -> dict[str, Indicator]:
    return {indicator.code: indicator for indicator in read_indicators()}


def _check_indicators(found: Indicators) -> Iterator[Fault]:
    for position, code in repeated(indicator.code for indicator in found.indicators):
        yield ("indicators", position, "code"), f"{code} is used twice"


def _check_pack(pack: Pack, known: Known) -> Iterator[Fault]:
    rows = list(_placed(pack))
    for level in (Priority, Objective, Outcome):
        of_level = [(place, row) for place, row in rows if isinstance(row, level)]
        for position, ref in repeated(row.ref for _, row in of_level):
            place = of_level[position][0]
            yield (*place, "ref"), f"{ref} is the ref of two {level.__name__.lower()} rows"
    for place, row in rows:
        if isinstance(row, Outcome):
            yield from _outcome_faults(place, row)
    yield from _target_faults(pack)
    yield from _list_faults(pack)
    yield from _succession_faults(pack, known)


def _target_faults(pack: Pack) -> Iterator[Fault]:
    for position, code in repeated(target.indicator for target in pack.targets):
        yield ("targets", position), f"{code} has two targets"
    for position, target in enumerate(pack.targets):
        yield from _unknown(("targets", position, "indicator"), [target.indicator])
        indicator = _known_indicators().get(target.indicator)
        if indicator and indicator.unit is Unit.PERCENT and target.value > 100:
            yield ("targets", position, "value"), f"{target.indicator} is a percentage: aim for 100 at most"


def _list_faults(pack: Pack) -> Iterator[Fault]:
    """Names that stand twice, and lists longer than any strategy's."""
    for position, ref in repeated(row.ref for row in pack.principles):
        yield ("principles", position, "ref"), f"{ref} is the ref of two principles"
    for position, _ in repeated(row.name.casefold() for row in pack.agencies):
        yield ("agencies", position, "name"), f"{pack.agencies[position].name} stands twice among the agencies"
    for position, _ in repeated(row.code or slugify(row.name) for row in pack.localities):
        yield ("localities", position), f"{pack.localities[position].name} stands twice among the localities"
    for position, row in enumerate(pack.localities):
        if not slugify(row.name):
            yield ("localities", position, "name"), f"{row.name} has no letter from a to z, and no digit"
        elif not row.code and len(slugify(row.name)) > LONGEST_PLACE:
            yield ("localities", position, "name"), f"{row.name} is longer than {LONGEST_PLACE} characters"
    if len(pack.outcomes) > MOST_OUTCOMES:
        yield ("priorities",), f"there are {len(pack.outcomes)} outcomes: the most is {MOST_OUTCOMES}"
    for key in ("priorities", "principles", "localities", "agencies", "services"):
        if len(getattr(pack, key)) > MOST_ROWS:
            yield (key,), f"there are {len(getattr(pack, key))} {key}: the most is {MOST_ROWS}"
    if len(pack.objectives) > MOST_OUTCOMES:
        yield ("priorities",), f"there are {len(pack.objectives)} objectives: the most is {MOST_OUTCOMES}"


def _placed(pack: Pack) -> Iterator[tuple[Place, Priority | Objective | Outcome]]:
    """Every priority, objective and outcome with its place in the file."""
    for p, priority in enumerate(pack.priorities):
        yield ("priorities", p), priority
        for o, objective in enumerate(priority.objectives):
            here = ("priorities", p, "objectives", o)
            yield here, objective
            for n, outcome in enumerate(objective.outcomes):
                yield (*here, "outcomes", n), outcome


def _outcome_faults(place: Place, outcome: Outcome) -> Iterator[Fault]:
    yield from _unknown((*place, "indicators"), outcome.indicators)
    if outcome.evidence is Evidence.NONE and outcome.indicators:
        yield (*place, "indicators"), f"{outcome.ref} has evidence N, so it names no indicator"
    if outcome.evidence is not Evidence.NONE and not outcome.indicators:
        reason = f"{outcome.ref} has evidence {outcome.evidence}, so it names an indicator"
        yield (*place, "indicators"), reason
    for position, ref in repeated(own.ref for own in outcome.own_indicators):
        yield (*place, "own_indicators", position, "ref"), f"{ref} is the ref of two of the outcome's own indicators"
    for position, code in repeated(outcome.indicators):
        yield (*place, "indicators", position), f"{outcome.ref} names {code} twice"


def _unknown(place: Place, codes: tuple[str, ...] | list[str]) -> Iterator[Fault]:
    for code in codes:
        if code not in _known_indicators():
            yield place, f"there is no indicator {code}"


def _succession_faults(pack: Pack, known: Known) -> Iterator[Fault]:
    """What is wrong with the strategy that this one says it follows."""
    if pack.succeeds is None:
        return
    line = [pack.id]
    earlier: Pack | None = pack
    while earlier and earlier.succeeds:
        line.append(earlier.succeeds.pack)
        if line[-1] in line[:-1]:
            yield ("succeeds", "pack"), f"these strategies follow each other in a circle: {', '.join(line)}"
            return
        earlier = known.find(line[-1])
        if earlier is None:
            yield ("succeeds", "pack"), f"there is no pack {line[-1]}, {known.where}"
            return
    yield from _mapping_faults(pack, known.find(pack.succeeds.pack))


def _beside(pack_id: str, folder: Path) -> Pack | None:
    """A pack by its id, from beside a file or from those packaged; not yet checked beyond its shape."""
    for place in (folder, PACKS):
        path = place / f"{pack_id}.yaml"
        if path.exists():
            return read_marked(path, Pack, PackError, lambda _: ())
    return None


def _mapping_faults(pack: Pack, earlier: Pack | None) -> Iterator[Fault]:
    """Refs that are in neither strategy, or named twice."""
    if pack.succeeds is None or earlier is None:
        return
    ours, theirs = ({outcome.ref for outcome in each.outcomes} for each in (pack, earlier))
    for ref, refs in pack.succeeds.outcomes.items():
        place = ("succeeds", "outcomes", ref)
        if ref not in ours:
            yield place, f"there is no outcome {ref} in {pack.id}"
        for unknown in sorted(set(refs) - theirs):
            yield place, f"there is no outcome {unknown} in {earlier.id}"
        for _, again in repeated(refs):
            yield place, f"{ref} names {again} twice"
        if not refs:
            yield place, f"{ref} carries on no outcome: leave it out"
