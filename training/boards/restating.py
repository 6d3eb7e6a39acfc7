"""Which shown figures of a frozen pack come out otherwise now. Pure.

Two figures of one day differ by those of whom something became known in between: where they are fewer than five, the
difference would say who. Then it is said that the figure moved, and not to what; and of a sum and its parts not enough
is told to reckon it. What is hidden on either day may have moved by few; and who was not counted on one of them moved
by all they have on the other.

A figure is told by what it is made of. What agencies and services do is told as it is. Of what counts each person once
(or agencies, places and rows that one person brings in) a move by few is not. Whatever else is worked out of people, a
gap between two agencies' shares, a mean, places, completions of which one person may have several, is said to have
moved and no more.
"""

from collections.abc import Iterator, Sequence

from training.strategy.figures import PROMISES
from training.strategy.suppress import HIDDEN, Audience, Count, moved_by_few

from .contents import AgencyRow, Difference, Figures, Line, Told

FEW = "Moved, and to what is not told"
IN_PART = "Moved in a part of it"
ELSEWHERE = "Moved, and nothing of all that is asked"
SOMEWHERE = "Moved, and of all that is asked nothing is told"
GONE = "Not counted any more"
NEW = "Was not counted"
WHOLE = "Whole partnership"
EVERYBODY = ""  # the code of the row of all agencies together
OF_NOBODY = PROMISES | {"DIRECTORY_COMPLETE", "NARRATIVE_PRESENT", "PATHWAY_COMMIT", "RETURN_ON_TIME"}
OF_EACH_ONCE = frozenset(
    {
        *("AGENCIES_REACHED", "CHAMP_ACTIVE", "CHAMP_COMMUNITY", "CHAMP_LOCALITY", "CHAMP_SITE_COVER"),
        *("DESIGNATED_CONTACTS", "INDUCTION_ON_TIME", "ROSTER_QUALITY"),
    }
)


def moved(frozen: Figures, now: Figures) -> tuple[Difference, ...]:
    """Every difference, indicators first, then agencies in their order."""
    agencies = _of_agencies(frozen, now)
    return (*_of_lines(frozen, now, is_silent=_tells_of_few(frozen, now)), *agencies, *_of_declared(frozen, now))


def _tells_of_few(frozen: Figures, now: Figures) -> bool:
    """Whether any agency, or a figure of coverage that moved, moved by few: then no sum of coverage is told."""
    lines = [(was, now.lines[code]) for code, was in frozen.lines.items() if _is_coverage(was) and code in now.lines]
    return any(_are_few(was.parts, line.parts) for was, line in lines if _has_moved(was, line)) or any(
        _is_few_of(was, row) for was, row in _both(frozen, now)
    )


def _is_coverage(line: Line) -> bool:
    return line.code.startswith("COV_")


def _has_moved(was: Line, line: Line) -> bool:
    return was.text != line.text or was.parts != line.parts


def _of_lines(frozen: Figures, now: Figures, *, is_silent: bool) -> Iterator[Difference]:
    """A line whose parts moved by few is not told; nor any of coverage where something of it did."""
    for code, was in frozen.lines.items():
        line = now.lines.get(code)
        if line is None:
            yield Difference(place=WHOLE, what=was.title, before=_said(was), after=GONE)
        elif _has_moved(was, line):
            is_hidden = _is_untold(was, line) or is_silent and _is_coverage(was)
            after = IN_PART if _said(was) == _said(line) else _said(line)
            yield Difference(place=WHOLE, what=was.title, before=_said(was), after=FEW if is_hidden else after)


def _is_untold(was: Line, line: Line) -> bool:
    """Whether to what it moved would tell of few, by what it is made of; from outside its catalogue says whether."""
    if was.code in OF_NOBODY or (was.origin and not was.is_of_people):
        return False
    counts_each_once = bool(was.origin) or _is_coverage(was) or was.code in OF_EACH_ONCE
    return not counts_each_once or _are_few(was.parts, line.parts)


def _said(line: Line) -> str:
    return f"{line.text} ({line.counts})" if line.counts else line.text


def _are_few(before: Sequence[Told], after: Sequence[Told]) -> bool:
    """Whether any part of it moved by few, or may have: one that stands on one of the days alone may."""
    then = {each.label: each for each in before}
    return then.keys() != {each.label for each in after} or any(
        is_few(then[each.label].numerator, then[each.label].denominator, each.numerator, each.denominator)
        for each in after
    )


def is_few(numerator: str, denominator: str, numerator_now: str, denominator_now: str) -> bool:
    """Whether those in, those not in, or all of them moved by a few people, or may have: one of the two is hidden."""
    texts = (numerator, numerator_now, denominator or numerator, denominator_now or numerator_now)
    if HIDDEN in texts:
        return True
    was_in, is_in, was_asked, is_asked = (int(text) if text.isdecimal() else 0 for text in texts)
    return moved_by_few(Count(was_in, was_asked), Count(is_in, is_asked), Audience.PARTNERSHIP)


def _both(frozen: Figures, now: Figures) -> list[tuple[AgencyRow, AgencyRow]]:
    """The rows of both, the whole's among them; with nobody in the one that was not counted."""
    then, fresh = ({each.code: each for each in figures.agencies} for figures in (frozen, now))
    return [(then.get(code) or _nobody(fresh[code]), fresh.get(code) or _nobody(then[code])) for code in then | fresh]


def _nobody(row: AgencyRow) -> AgencyRow:
    return row.model_copy(update={"in_date": "0", "asked": "0"})


def _is_few_of(was: AgencyRow, row: AgencyRow) -> bool:
    return is_few(was.in_date, was.asked, row.in_date, row.asked)


def _of_agencies(frozen: Figures, now: Figures) -> Iterator[Difference]:
    """The whole is told where every agency moved by none or many and is shown; where the whole did not, none is."""
    both = _both(frozen, now)
    few = {was.code for was, row in both if _is_few_of(was, row)}
    hidden = {was.code for was, _ in both} if EVERYBODY in few else few
    if _tells_of_few(frozen, now):
        hidden = hidden | {EVERYBODY}
    then, kept = ({each.code for each in figures.agencies} for figures in (frozen, now))
    for was, row in both:
        before = _said_of(was) if was.code in then else NEW
        after = _said_of(row) if row.code in kept else GONE
        if before != after:
            after = FEW if row.code in hidden and after != GONE else after
            yield Difference(place=was.title, what="All that is asked", before=before, after=after)
        elif was != row:
            yield _beside(was)


def _beside(was: AgencyRow) -> Difference:
    """What moved though all that is asked reads as before: where that is hidden it may have moved, too."""
    if was.in_date == HIDDEN:
        what, after = "Tiers, or who was asked or left out", SOMEWHERE
    else:
        what, after = "Tiers, or who was left out", ELSEWHERE
    return Difference(place=was.title, what=what, before="As frozen", after=after)


def _said_of(row: AgencyRow) -> str:
    if row.is_silent:
        return "Did not report"
    return f"{row.percent} ({row.in_date} of {row.asked})" if row.in_date.isdecimal() else row.percent


def _of_declared(frozen: Figures, now: Figures) -> Iterator[Difference]:
    """What agencies declared otherwise since: where one of them by few, their sum is not told; where the sum, no one.

    Of staff and of the possible share only that they moved: both would tell of those trained.
    """
    then, fresh = ({each.title: each for each in figures.declared.rows} for figures in (frozen, now))
    both = [(was, fresh[was.title]) for was in frozen.declared.rows if was.title in fresh]
    alone = [each.trained for title, each in (then | fresh).items() if not (title in then and title in fresh)]
    few = {was.title for was, row in both if is_few(was.trained, "", row.trained, "")}
    is_sum_few = is_few(frozen.declared.trained, "", now.declared.trained, "")
    said = [(was.title, was.trained, row.trained, is_sum_few or was.title in few) for was, row in both]
    is_told = not (is_sum_few or few or any(is_few("0", "", each, "") for each in alone))
    said.append((WHOLE, frozen.declared.trained, now.declared.trained, not is_told))
    for title, before, after, is_hidden in said:
        if before != after:
            what = f"Declared as trained, {frozen.declared.quarter}"
            yield Difference(place=title, what=what, before=before, after=FEW if is_hidden else after)
    for was, row in both:
        if (was.staff, was.possible) != (row.staff, row.possible):
            what = f"Staff declared, and possible share, {frozen.declared.quarter}"
            yield Difference(place=was.title, what=what, before="As frozen", after=FEW)
