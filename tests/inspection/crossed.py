"""What the freedom-of-information pack tells of role groups within agencies, read beside a day's tables of coverage."""

from collections.abc import Iterable, Mapping

import pandas as pd

from tests.strategy.attacker import ASKED, IN_DATE, Attack, Group
from tests.strategy.published import EVERYBODY, attack_on, files_of, read_explorer, read_public
from training.inspection.foi import WITHIN, Counted, parted, with_within
from training.strategy.coverage import SCOPES, Cell, Held, Place, cells
from training.strategy.report import Report
from training.strategy.suppress import Audience, Figure

OTHERS = "others of "
"""Before the kind of a group: those of it who are in no role group within an agency that is told."""


def counted_of(report: Report, facts: pd.DataFrame) -> Counted:
    """What a pack is told of."""
    return Counted(
        as_at=report.on,
        cells={**report.cells, **cells(with_within(facts), (WITHIN,), ("module",))},
        gone=report.marks.public,
        asked_gone=report.marks.public_asked,
        silent=(),
    )


def attack_beside(
    report: Report,
    facts: pd.DataFrame,
    figures: Mapping[Place, Figure],
    family_of: Mapping[str, str],
    scopes_of: Mapping[str, Iterable[Group]],
    held: Iterable[Held],
) -> Attack:
    """An attacker who has read the day's tables of an audience, and the pack.

    Who is told there is known to stand in the agency and in the role group, in whatever they are asked for; and so are
    the others of both, who are asked about like everybody.
    """
    names = sorted({place.group for place in figures if place.group_kind == WITHIN})
    scopes = {code: {EVERYBODY, ("module", code), *of} for code, of in scopes_of.items()}
    attack = attack_on(report, family_of, scopes_of, held)
    if report.audience is Audience.PUBLIC:
        read_public(attack, report)
    else:
        read_explorer(attack, report, files_of(report))
    parts: dict[Group, list[Group]] = {}
    for code in names:
        for whole in zip(("agency", "role_group"), parted(code), strict=True):
            parts.setdefault(whole, [(OTHERS + whole[0], whole[1])]).append((WITHIN, code))
    new = _divided(facts, names)
    wholes = {place: cell for place, cell in attack.truth.items() if (place.group_kind, place.group) in parts}
    crossing = Attack(truth={**wholes, **new}, few_below=attack.few_below)
    crossing.reckon(parts.items(), scopes)
    attack.truth = {**attack.truth, **new}
    attack.rows += crossing.rows
    for place, figure in figures.items():
        for what, text in ((IN_DATE, figure.numerator_text), (ASKED, figure.denominator_text)):
            if text.isdecimal():
                attack.number((what, place), text, 5)
    attack.hidden |= {(what, place) for place in new for what in (ASKED, IN_DATE)}
    return attack


def _divided(facts: pd.DataFrame, names: list[str]) -> dict[Place, Cell]:
    """The cells of role groups within agencies that are told, and of the others of each agency and role group."""
    facts = with_within(facts)
    is_told = facts[WITHIN].isin(names)
    wholes = {parted(code) for code in names}
    facts = facts.assign(**{WITHIN: facts[WITHIN].where(is_told)})
    for number, kind in enumerate(("agency", "role_group")):
        is_other = ~is_told & facts[kind].isin({each[number] for each in wholes})
        facts[OTHERS + kind] = facts[kind].where(is_other)
    kinds = (WITHIN, OTHERS + "agency", OTHERS + "role_group")
    return {place: cell for place, cell in cells(facts, kinds, SCOPES).items() if place.group_kind in kinds}
