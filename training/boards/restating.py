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

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from training.strategy.figures import PROMISES
from training.strategy.suppress import HIDDEN, Audience, Count, moved_by_few

from .contents import AgencyRow, DeclaredRow, Difference, Figures, Line, Told

FEW = "Moved, and to what is not told"
IN_PART = "Moved in a part of it"
ELSEWHERE = "Moved, and nothing of all that is asked"
SOMEWHERE = "Moved, and of all that is asked nothing is told"
GONE = "Not counted any more"
NEW = "Was not counted"
WHOLE = "Whole partnership"
EVERYBODY = ""  # the code of the row of all agencies together
OF_NOBODY = PROMISES | {"DIRECTORY_COMPLETE", "NARRATIVE_PRESENT", "PATHWAY_COMMIT", "RETURN_ON_TIME"}
OF_ROLES = frozenset(
    {*("COV_COURT", "COV_EDUCATION", "COV_HOUSING", "COV_MENTAL_HEALTH"), *("COV_POLICE", "COV_PROBATION")}
)
OF_EACH_ONCE = frozenset(
    {
        *("AGENCIES_REACHED", "CHAMP_ACTIVE", "CHAMP_COMMUNITY", "CHAMP_LOCALITY", "CHAMP_SITE_COVER"),
        *("DESIGNATED_CONTACTS", "INDUCTION_ON_TIME", "ROSTER_QUALITY"),
    }
)


@dataclass(frozen=True, slots=True)
class Move:
    """By how many people those in, and those asked, differ between the two days."""

    inside: int = 0
    asked: int = 0

    def __add__(self, other: "Move") -> "Move":
        return Move(self.inside + other.inside, self.asked + other.asked)

    def __sub__(self, other: "Move") -> "Move":
        return Move(self.inside - other.inside, self.asked - other.asked)

    @property
    def is_few(self) -> bool:
        """Whether those in, those not in, or all of them are a few, of whom it would tell."""
        return moved_by_few(Count(0, 0), Count(self.inside, self.asked), Audience.PARTNERSHIP)


@dataclass(frozen=True, slots=True)
class Moves:
    """Those of the whole and of each of its agencies, as far as both days show them.

    `are_hidden_once`: whether one of them is hidden on one day alone.
    """

    whole: Move | None
    agencies: Mapping[str, Move | None]
    are_hidden_once: bool

    @property
    def told(self) -> dict[str, Move]:
        """The agencies that are told: those that moved by many or none; none where the whole is known to have by few.

        A whole that is hidden is told by no sum.
        """
        if self.whole and self.whole.is_few:
            return {}
        return {code: move for code, move in self.agencies.items() if move and not move.is_few}

    @property
    def may_sums_be(self) -> bool:
        """Whether sums may be told, as far as agencies go: what they leave is of several that are hidden, or of nobody.

        Those are hidden on both days, each day's own sums do not tell of one of them, and nothing joins the days.
        """
        known = [move for move in (self.whole, *self.agencies.values()) if move]
        hidden = sum(move is None for move in self.agencies.values())
        return not self.are_hidden_once and hidden != 1 and not any(move.is_few for move in known)

    def may_be(self, sum_of_them: Move | None) -> bool:
        """Whether one sum may be told: it, and what it leaves beside the agencies that are, moved by many or none."""
        return self.may_sums_be and sum_of_them is not None and not _tells_of_few(sum_of_them, [Move(), self.all_told])

    @property
    def all_told(self) -> Move:
        """The agencies that are told, together."""
        return sum(self.told.values(), Move())


def _tells_of_few(move: Move, known: Iterable[Move]) -> bool:
    return any((move - each).is_few for each in known)


def _move(before: tuple[str, str], after: tuple[str, str]) -> Move | None:
    """Nothing where it is hidden on either day; what is no number counts nobody."""
    if HIDDEN in (*before, *after):
        return None
    was_in, was_asked, is_in, is_asked = (int(text) if text.isdecimal() else 0 for text in (*before, *after))
    return Move(is_in - was_in, is_asked - was_asked)


def moved(frozen: Figures, now: Figures) -> tuple[Difference, ...]:
    """Every difference, indicators first, then agencies in their order."""
    moves = _moves(_both(frozen, now))
    return (*_of_lines(frozen, now, moves), *_of_agencies(frozen, now, moves), *_of_declared(frozen, now))


def _moves(rows: Iterable[tuple[AgencyRow, AgencyRow]]) -> Moves:
    numbers = {was.code: ((was.in_date, was.asked), (row.in_date, row.asked)) for was, row in rows}
    return _weighed(numbers, EVERYBODY)


def _weighed(numbers: Mapping[str, tuple[tuple[str, str], tuple[str, str]]], whole: str) -> Moves:
    moves = {code: _move(*texts) for code, texts in numbers.items()}
    return Moves(
        whole=moves.pop(whole, None),
        agencies=moves,
        are_hidden_once=any((HIDDEN in before) != (HIDDEN in after) for before, after in numbers.values()),
    )


def _told_of_coverage(frozen: Figures, now: Figures, moves: Moves) -> set[str]:
    """The figures of coverage that are told, in their order, after the whole: each that tells of few by no other.

    What two of them leave of each other is of people, too; so is what the told role groups leave of the whole.
    """
    known = [Move(), moves.all_told]
    left = moves.whole if moves.may_be(moves.whole) else None
    known += [left] if left else []
    told = set()
    for code, was in frozen.lines.items():
        line = now.lines.get(code)
        if line is None or not _is_coverage(was) or not _has_moved(was, line):
            continue
        parts = _moves_of_parts(was, line)
        if parts is None or not moves.may_sums_be or any(_tells_of_few(each, known) for each in parts):
            continue
        told.add(code)
        known += parts
        if left and code in OF_ROLES:
            left -= sum(parts, Move())
            known.append(left)
    return told


def _moves_of_parts(was: Line, line: Line) -> list[Move] | None:
    """Nothing where one of them is hidden, or stands on one of the days alone."""
    then, fresh = ({each.label: each for each in parts} for parts in (was.parts, line.parts))
    if then.keys() != fresh.keys():
        return None
    found = [_move(_numbers(then[label]), _numbers(fresh[label])) for label in then]
    known = [each for each in found if each]
    return known if len(known) == len(found) else None


def _numbers(part: Told) -> tuple[str, str]:
    return part.numerator, part.denominator or part.numerator


def _is_coverage(line: Line) -> bool:
    return line.code.startswith("COV_")


def _has_moved(was: Line, line: Line) -> bool:
    return was.text != line.text or was.parts != line.parts


def _of_lines(frozen: Figures, now: Figures, moves: Moves) -> Iterator[Difference]:
    """A line that would tell of few is told to have moved, and not to what."""
    told = _told_of_coverage(frozen, now, moves)
    for code, was in frozen.lines.items():
        line = now.lines.get(code)
        if line is None:
            yield Difference(place=WHOLE, what=was.title, before=_said(was), after=GONE)
        elif _has_moved(was, line):
            is_hidden = code not in told if _is_coverage(was) else _is_untold(was, line)
            after = IN_PART if _said(was) == _said(line) else _said(line)
            yield Difference(place=WHOLE, what=was.title, before=_said(was), after=FEW if is_hidden else after)


def _is_untold(was: Line, line: Line) -> bool:
    """Whether to what it moved would tell of few, by what it is made of; from outside its catalogue says whether."""
    if was.code in OF_NOBODY or (was.origin and not was.is_of_people):
        return False
    if not was.origin and was.code not in OF_EACH_ONCE:
        return True
    parts = _moves_of_parts(was, line)
    return parts is None or any(each.is_few for each in parts)


def _said(line: Line) -> str:
    return f"{line.text} ({line.counts})" if line.counts else line.text


def _both(frozen: Figures, now: Figures) -> list[tuple[AgencyRow, AgencyRow]]:
    """The rows of both, the whole's among them; with nobody in the one that was not counted."""
    then, fresh = ({each.code: each for each in figures.agencies} for figures in (frozen, now))
    return [(then.get(code) or _nobody(fresh[code]), fresh.get(code) or _nobody(then[code])) for code in then | fresh]


def _nobody(row: AgencyRow) -> AgencyRow:
    return row.model_copy(update={"in_date": "0", "asked": "0"})


def _of_agencies(frozen: Figures, now: Figures, moves: Moves) -> Iterator[Difference]:
    """Each agency, and the whole, as far as they may be told."""
    told = {*moves.told, *([EVERYBODY] if moves.may_be(moves.whole) else [])}
    then, kept = ({each.code for each in figures.agencies} for figures in (frozen, now))
    for was, row in _both(frozen, now):
        before = _said_of(was) if was.code in then else NEW
        after = _said_of(row) if row.code in kept else GONE
        if before != after:
            after = after if row.code in told or after == GONE else FEW
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
    """What agencies declared otherwise since, weighed as coverage is; one that stands on one day alone is not told.

    Of staff and of the possible share only that they moved: both would tell of those trained.
    """
    then, fresh = ({each.title: each for each in figures.declared.rows} for figures in (frozen, now))
    trained = {title: (_trained(then.get(title)), _trained(fresh.get(title))) for title in then | fresh}
    trained[WHOLE] = (frozen.declared.trained, now.declared.trained)
    moves = _weighed({title: ((was, was), (row, row)) for title, (was, row) in trained.items()}, WHOLE)
    told = {*moves.told, *([WHOLE] if moves.may_be(moves.whole) else [])}
    both = [title for title in then if title in fresh]
    for title in (*both, WHOLE):
        before, after = trained[title]
        if before != after:
            what = f"Declared as trained, {frozen.declared.quarter}"
            yield Difference(place=title, what=what, before=before, after=after if title in told else FEW)
    for was, row in ((then[title], fresh[title]) for title in both):
        if (was.staff, was.possible) != (row.staff, row.possible):
            what = f"Staff declared, and possible share, {frozen.declared.quarter}"
            yield Difference(place=was.title, what=what, before="As frozen", after=FEW)


def _trained(row: DeclaredRow | None) -> str:
    return row.trained if row else "0"
