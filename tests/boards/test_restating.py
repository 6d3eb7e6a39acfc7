"""Nobody who lays a frozen pack beside its restatement finds out a move of few people."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from training.boards.contents import AgencyRow, DeclaredPart, DeclaredRow, Figures, Line, Told
from training.boards.restating import FEW, OF_EACH_ONCE, OF_NOBODY, OF_ROLES, SOMEWHERE, moved
from training.strategy.disclosure import Sum
from training.strategy.pack import Source
from training.strategy.pack_reader import read_indicators
from training.strategy.suppress import Audience, Count, suppress

ROOM = 5
HIDDEN = "*"


@dataclass(frozen=True)
class Moves:
    """What each of three agencies has in date of a hundred asked, before and now; hidden below five."""

    before: tuple[int, int, int]
    now: tuple[int, int, int]


def row(code: str, number: int, of: int, *, is_hidden: bool) -> AgencyRow:
    told = (HIDDEN, HIDDEN, HIDDEN) if is_hidden else (f"{100 * number // of}%", str(number), str(of))
    percent, in_date, asked = told
    return AgencyRow(
        code=code,
        title=code or "Whole partnership",
        is_silent=False,
        percent=percent,
        in_date=in_date,
        asked=asked,
        left_out="0",
        tiers=(),
    )


def figures(numbers: tuple[int, ...], hidden: str) -> Figures:
    rows = [row(code, each, 100, is_hidden=code in hidden) for code, each in zip("ABC", numbers, strict=True)]
    declared = [
        DeclaredRow(
            title=code,
            known=HIDDEN,
            left_out="0",
            staff=str(100 + each),
            possible=f"{each}%",
            trained=HIDDEN if code in hidden else str(each),
            stage="",
        )
        for code, each in zip("ABC", numbers, strict=True)
    ]
    part = DeclaredPart.model_construct(quarter="Q", rows=tuple(declared), trained=str(sum(numbers)))
    agencies = (*rows, row("", sum(numbers), 300, is_hidden=False))
    return Figures.model_construct(agencies=agencies, lines={}, declared=part)


CASES = {
    "one agency by few": (Moves((50, 40, 30), (52, 60, 10)), ""),
    "the whole by few, each agency by many": (Moves((50, 40, 30), (60, 32, 30)), ""),
    "one hidden agency": (Moves((50, 40, 3), (60, 40, 5)), "C"),
    "two hidden agencies, together by few": (Moves((50, 9, 3), (60, 10, 4)), "BC"),
    "all by many": (Moves((50, 40, 30), (60, 50, 40)), ""),
}


@pytest.mark.parametrize("what", ["All that is asked", "Declared as trained, Q"])
@pytest.mark.parametrize("case", CASES)
def test_no_move_of_few_is_found_by_subtraction(case, what):
    moves, hidden = CASES[case]
    told = moved(figures(moves.before, hidden), figures(moves.now, hidden))
    after = {each.place: each.after for each in told if each.what == what}
    names = ["A", "B", "C", "Whole partnership"]
    true = [new - old for old, new in zip(moves.before, moves.now, strict=True)]
    true.append(sum(true))
    bounds = [
        (-300, 300) if after.get(name) == FEW or name in hidden else (move, move)
        for name, move in zip(names, true, strict=True)
    ]
    for wanted, move in zip([*np.eye(4), np.array([0, 1, 1, 0])], [*true, true[1] + true[2]], strict=True):
        ends = [
            linprog(sign * wanted, A_eq=[[1, 1, 1, -1]], b_eq=[0], bounds=bounds, method="highs") for sign in (1, -1)
        ]
        assert all(end.status == 0 for end in ends)
        is_of_hidden = hidden == "BC" or bool(np.count_nonzero(wanted) == 1)
        if is_of_hidden and 0 < abs(move) < ROOM:
            assert -ends[1].fun - ends[0].fun > ROOM, f"{case}: {move} is known"


def with_line(given: Figures, code: str, number: int) -> Figures:
    text, counts = f"{number // 3}%", f"{number} of 300"
    part = Told(label="All", text=text, numerator=str(number), denominator="300")
    line = Line.model_construct(
        code=code, title=code, text=text, counts=counts, parts=(part,), origin="", is_of_people=True
    )
    return given.model_copy(update={"lines": {code: line}})


@pytest.mark.parametrize(("code", "is_told"), [("COV_REQUIRED", False), ("CHAMP_ACTIVE", True)])
def test_where_an_agency_moved_by_few_no_figure_of_coverage_is_told(code, is_told):
    moves, _ = CASES["one agency by few"]
    before, now = with_line(figures(moves.before, ""), code, 120), with_line(figures(moves.now, ""), code, 150)
    (after,) = [each.after for each in moved(before, now) if each.what == code]
    assert after == ("50% (150 of 300)" if is_told else FEW)


def test_moves_by_many_are_told():
    moves, hidden = CASES["all by many"]
    after = [each.after for each in moved(figures(moves.before, hidden), figures(moves.now, hidden))]
    assert after[:4] == ["60% (60 of 100)", "50% (50 of 100)", "40% (40 of 100)", "50% (150 of 300)"]


def test_of_declared_staff_and_possible_shares_only_that_they_moved_is_told():
    told = moved(figures((50, 40, 30), ""), figures((60, 50, 40), ""))
    assert {each.after for each in told if each.what.startswith("Staff declared")} == {FEW}


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize(("number", "hidden", "is_told"), [(30, "", True), (30, "C", False), (3, "C", False)])
def test_who_was_counted_on_one_day_alone_moved_by_all_they_have(number, hidden, is_told, is_new):
    """Hidden, they would be told by the difference of both sums, though they stand hidden as cover alone."""
    without, with_it = figures((50, 40, 0), ""), figures((60, 50, number), hidden)
    agencies = tuple(each for each in without.agencies if each.code != "C")
    declared = without.declared.model_copy(update={"rows": without.declared.rows[:2]})
    without = without.model_copy(update={"agencies": agencies, "declared": declared})
    told = moved(without, with_it) if is_new else moved(with_it, without)
    wholes = [each.after for each in told if each.place == "Whole partnership"]
    assert [each != FEW for each in wholes] == [is_told, is_told]
    (after,) = [each.after for each in told if each.place == "C" and each.what == "All that is asked"]
    assert after == ("Not counted any more" if not is_new else FEW if hidden else "30% (30 of 100)")


WORKED_OUT = [each for each in read_indicators() if each.source == Source.COMPUTED and each.collected]
CODES = {each.code for each in WORKED_OUT}


def told_of(code: str, before: tuple[str, str, str], now: tuple[str, str, str], *, of_people: bool) -> str:
    def line(text: str, numerator: str, denominator: str) -> Line:
        part = Told(label=code, text=text, numerator=numerator, denominator=denominator)
        counts = f"{numerator} of {denominator}"
        return Line.model_construct(
            code=code, title=code, text=text, counts=counts, parts=(part,), origin="", is_of_people=of_people
        )

    empty = figures((50, 40, 30), "")
    frozen, later = (empty.model_copy(update={"lines": {code: line(*each)}}) for each in (before, now))
    return next(each.after for each in moved(frozen, later) if each.what == code)


@pytest.mark.parametrize("of_people", [True, False])
@pytest.mark.parametrize("code", sorted(CODES))
def test_of_no_indicator_a_move_of_one_person_is_told(code, of_people):
    """Whatever a pack that was frozen earlier says of whether it is of people."""
    after = told_of(code, ("40%", "40", "100"), ("41%", "41", "100"), of_people=of_people)
    assert (after != FEW) == (code in OF_NOBODY)


@pytest.mark.parametrize("code", sorted(CODES))
def test_what_does_not_count_each_person_once_only_moved(code):
    after = told_of(code, ("40%", "40", "100"), ("52%", "52", "100"), of_people=True)
    assert (after == FEW) == (code not in OF_NOBODY | OF_EACH_ONCE and not code.startswith("COV_"))


def test_every_figure_that_is_told_is_one_of_the_catalogue():
    assert OF_NOBODY | OF_EACH_ONCE <= CODES
    assert not OF_NOBODY & OF_EACH_ONCE


def test_the_ends_of_a_gap_are_no_agency_s_share_by_another_way():
    before = ("28 points", "33% less 5%", "2 signed-up agencies")
    now = ("26 points", "33% less 7%", "2 signed-up agencies")
    assert told_of("AGENCY_SPREAD", before, now, of_people=False) == FEW


def test_nothing_is_claimed_of_what_is_hidden_on_both_days():
    before = figures((50, 9, 3), "BC")
    rows = [each.model_copy(update={"left_out": "7"}) for each in before.agencies]
    told = moved(before, before.model_copy(update={"agencies": tuple(rows)}))
    said = {each.place: (each.what, each.after) for each in told}
    assert said["B"] == said["C"] == ("Tiers, or who was asked or left out", SOMEWHERE)
    assert said["A"] == ("Tiers, or who was left out", "Moved, and nothing of all that is asked")


WHOLE = "Whole partnership"
AGENCIES = "ABCDE"
Numbers = dict[str, Count]


def a_world(seed: int) -> tuple[Numbers, Numbers]:
    """Five agencies on both days, some of them small, of which late records moved none, few or many."""
    rng = np.random.default_rng(seed)
    then, now = {}, {}
    for code in AGENCIES:
        asked = int(rng.choice([rng.integers(5, 15), rng.integers(60, 160)]))
        in_date = int(rng.integers(0, asked + 1))
        move = int(rng.choice([0, 0, rng.integers(1, 5), rng.integers(5, 40)]))
        new = int(rng.choice([0, 0, 0, rng.integers(1, 9)]))
        then[code] = Count(in_date, asked)
        now[code] = Count(min(in_date + move, asked + new), asked + new)
    return then, now


def as_shown(numbers: Numbers) -> Figures:
    whole = Count(sum(each.numerator for each in numbers.values()), sum(each.size for each in numbers.values()))
    seen = suppress({**numbers, "": whole}, Audience.PARTNERSHIP, [Sum("", tuple(numbers))])
    rows = [
        AgencyRow(
            code=code,
            title=code or WHOLE,
            is_silent=False,
            percent=each.percent_text,
            in_date=each.numerator_text,
            asked=each.denominator_text,
            left_out="0",
            tiers=(),
        )
        for code, each in seen.items()
    ]
    declared = DeclaredPart.model_construct(quarter="Q", rows=(), trained="-")
    return Figures.model_construct(agencies=tuple(rows), lines={}, declared=declared)


@dataclass
class Reader:
    """Solves for everything that a frozen pack and its restatement leave open: those in and not in, on both days."""

    frozen: Figures
    now: Figures

    def __post_init__(self) -> None:
        after = {each.place: each.after for each in moved(self.frozen, self.now)}
        told = [
            each if after.get(each.title) != FEW else each.model_copy(update={"in_date": HIDDEN})
            for each in self.now.agencies
        ]
        self.equations, self.sides = [], []
        for day, rows in enumerate([self.frozen.agencies, told]):
            for each in rows:
                if each.in_date != HIDDEN:
                    inside, asked = int(each.in_date), int(each.asked)
                    self._knows(self.of(day, 0, each.code or AGENCIES), inside)
                    self._knows(self.of(day, 1, each.code or AGENCIES), asked - inside)

    def of(self, day: int, measure: int, codes: str) -> np.ndarray:
        found = np.zeros((2, 2, len(AGENCIES)))
        found[day, measure, [AGENCIES.index(each) for each in codes]] = 1
        return found.reshape(-1)

    def _knows(self, what: np.ndarray, number: int) -> None:
        self.equations.append(what)
        self.sides.append(number)

    def room(self, wanted: np.ndarray) -> float:
        ends = [
            linprog(sign * wanted, A_eq=self.equations, b_eq=self.sides, bounds=(0, 1000), method="highs")
            for sign in (1, -1)
        ]
        assert all(end.status == 0 for end in ends)
        return -ends[1].fun - ends[0].fun


@pytest.mark.parametrize("seed", range(60))
def test_no_reader_who_solves_for_both_days_finds_a_move_of_few(seed):
    then, now = a_world(seed)
    reader = Reader(as_shown(then), as_shown(now))
    groups = [*AGENCIES, AGENCIES, *("".join(pair) for pair in combinations(AGENCIES, 2))]
    for codes in groups:
        moves = np.sum([np.array(now[each].measures) - np.array(then[each].measures) for each in codes], axis=0)
        ways = [reader.of(1, measure, codes) - reader.of(0, measure, codes) for measure in (0, 1)]
        parts = [reader.room(reader.of(1, 0, each) - reader.of(0, 0, each)) for each in codes]
        if len(codes) > 1 and min(parts) == 0:
            continue  # a difference of figures that are told, each by itself
        for move, way in zip(moves, (*ways, ways[0] + ways[1]), strict=True):
            if 0 < abs(move) < ROOM:
                assert reader.room(way) > ROOM, f"{codes}: {move} is known"


def told_of_all(before: Figures, now: Figures) -> dict[str, str]:
    return {each.place: each.after for each in moved(before, now) if each.what == "All that is asked"}


def test_hidden_agencies_that_stood_still_silence_nobody():
    before, now = figures((50, 9, 3), "BC"), figures((80, 9, 3), "BC")
    assert told_of_all(before, now) == {"A": "80% (80 of 100)", WHOLE: "30% (92 of 300)"}


def test_a_whole_that_is_hidden_silences_no_agency():
    before, now = (
        each.model_copy(update={"agencies": (*each.agencies[:3], row("", 100, 300, is_hidden=True))})
        for each in (figures((50, 9, 3), "BC"), figures((80, 9, 3), "BC"))
    )
    assert told_of_all(before, now) == {"A": "80% (80 of 100)"}


def of_coverage(before: dict[str, int], now: dict[str, int]) -> dict[str, str]:
    """What is told where agencies A and B moved by 40 and 10, and these figures thus."""

    def lines(numbers: dict[str, int], given: Figures) -> Figures:
        made = {code: with_line(given, code, number).lines[code] for code, number in numbers.items()}
        return given.model_copy(update={"lines": made})

    told = moved(lines(before, figures((20, 40, 30), "")), lines(now, figures((60, 50, 30), "")))
    return {each.what: each.after for each in told if each.what.startswith("COV_")}


def test_two_figures_of_coverage_that_moved_by_nearly_as_much_are_not_both_told():
    after = of_coverage({"COV_T1": 20, "COV_CYP": 10, "COV_T2": 50}, {"COV_T1": 50, "COV_CYP": 43, "COV_T2": 80})
    assert after == {"COV_T1": "16% (50 of 300)", "COV_CYP": FEW, "COV_T2": "26% (80 of 300)"}


def test_what_told_role_groups_leave_of_the_whole_is_not_few():
    after = of_coverage({"COV_POLICE": 20, "COV_HOUSING": 10}, {"COV_POLICE": 50, "COV_HOUSING": 28})
    assert after == {"COV_POLICE": "16% (50 of 300)", "COV_HOUSING": FEW}


def test_a_figure_of_coverage_that_is_the_agencies_told_and_few_more_is_not_told():
    assert of_coverage({"COV_T1": 20}, {"COV_T1": 72}) == {"COV_T1": FEW}


def test_role_groups_are_those_of_the_catalogue():
    measures = {each.code: each.measure for each in WORKED_OUT if each.measure}
    assert {code for code, each in measures.items() if each.role_family or each.role_group} == OF_ROLES
