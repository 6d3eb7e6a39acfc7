"""Which shown figures of a frozen pack come out otherwise now. Pure.

Two figures of one day differ by those of whom something became known in between: where they are fewer than five, the
difference would say who. Then it is said that the figure moved, and not to what.
"""

from collections.abc import Iterator, Sequence

from training.strategy.suppress import Audience, is_small

from .contents import AgencyRow, Difference, Figures, Line, Told

FEW = "Moved, and to what is not told"
IN_PART = "Moved in a part of it"
ELSEWHERE = "Moved, and nothing of all that is asked"
GONE = "Not counted any more"
NEW = "Was not counted"
WHOLE = "Whole partnership"
EVERYBODY = ""  # the code of the row of all agencies together
OF_ALL = "COV_REQUIRED"


def moved(frozen: Figures, now: Figures) -> tuple[Difference, ...]:
    """Every difference, indicators first, then agencies in their order."""
    fresh = {each.code: each for each in now.agencies}
    pairs = [(was, fresh[was.code]) for was in frozen.agencies if was.code in fresh and was != fresh[was.code]]
    few = {was.code for was, row in pairs if is_few(was.in_date, was.asked, row.in_date, row.asked)}
    return (
        *_of_lines(frozen, now, is_whole_hidden=bool(few)),
        *_of_agencies(frozen, now, pairs, few),
        *_of_declared(frozen, now),
    )


def _of_lines(frozen: Figures, now: Figures, *, is_whole_hidden: bool) -> Iterator[Difference]:
    """Where an agency moved by few, everything that is asked of everybody would give it away."""
    for code, was in frozen.lines.items():
        line = now.lines.get(code)
        if line is None:
            yield Difference(place=WHOLE, what=was.title, before=_said(was), after=GONE)
        elif was.text != line.text or was.parts != line.parts:
            are_few = was.is_of_people and _are_few(was.parts, line.parts) or is_whole_hidden and code == OF_ALL
            after = IN_PART if _said(was) == _said(line) else _said(line)
            yield Difference(place=WHOLE, what=was.title, before=_said(was), after=FEW if are_few else after)


def _said(line: Line) -> str:
    return f"{line.text} ({line.counts})" if line.counts else line.text


def _are_few(before: Sequence[Told], after: Sequence[Told]) -> bool:
    """Whether any part of it moved by few."""
    then = {each.label: each for each in before}
    return any(
        each.label in then
        and is_few(then[each.label].numerator, then[each.label].denominator, each.numerator, each.denominator)
        for each in after
    )


def is_few(numerator: str, denominator: str, numerator_now: str, denominator_now: str) -> bool:
    """Whether those in, those not in, or all of them moved by a few people, where both are shown."""
    texts = (numerator, numerator_now, denominator or numerator, denominator_now or numerator_now)
    if not all(text.isdecimal() for text in texts):
        return False
    was_in, is_in, was_asked, is_asked = map(int, texts)
    gaps = (is_in - was_in, is_asked - was_asked, (is_asked - is_in) - (was_asked - was_in))
    return any(is_small(abs(gap), Audience.PARTNERSHIP) for gap in gaps)


def _of_agencies(
    frozen: Figures, now: Figures, pairs: Sequence[tuple[AgencyRow, AgencyRow]], few: set[str]
) -> Iterator[Difference]:
    hidden = few | {EVERYBODY} if few else few
    for was, row in pairs:
        before, after = _said_of(was), _said_of(row)
        if before == after:
            yield Difference(place=was.title, what="Tiers, or who was left out", before="As frozen", after=ELSEWHERE)
        else:
            after = FEW if row.code in hidden else after
            yield Difference(place=was.title, what="All that is asked", before=before, after=after)
    kept = {each.code for each in now.agencies}
    for was in frozen.agencies:
        if was.code not in kept:
            yield Difference(place=was.title, what="All that is asked", before=_said_of(was), after=GONE)
    known = {each.code for each in frozen.agencies}
    for row in now.agencies:
        if row.code not in known:
            yield Difference(place=row.title, what="All that is asked", before=NEW, after=_said_of(row))


def _said_of(row: AgencyRow) -> str:
    if row.is_silent:
        return "Did not report"
    return f"{row.percent} ({row.in_date} of {row.asked})" if row.in_date.isdecimal() else row.percent


def _of_declared(frozen: Figures, now: Figures) -> Iterator[Difference]:
    """What agencies declared otherwise since; where one of them by few, their sum is not told either."""
    fresh = {each.title: each for each in now.declared.rows}
    rows = [(was, fresh[was.title].trained) for was in frozen.declared.rows if was.title in fresh]
    pairs = [(was.title, was.trained, trained) for was, trained in rows if was.trained != trained]
    few = {title for title, before, after in pairs if is_few(before, "", after, "")}
    if frozen.declared.trained != now.declared.trained:
        pairs.append((WHOLE, frozen.declared.trained, now.declared.trained))
        few |= {WHOLE} if few or is_few(frozen.declared.trained, "", now.declared.trained, "") else set()
    for title, before, after in pairs:
        what = f"Declared as trained, {frozen.declared.quarter}"
        yield Difference(place=title, what=what, before=before, after=FEW if title in few else after)
