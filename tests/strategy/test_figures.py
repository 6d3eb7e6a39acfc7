"""Cells of one scope are weighed together: agencies, localities and role groups share their totals."""

from tests.conftest import DAY, MOMENT
from training.strategy.coverage import Cell, Place
from training.strategy.figures import CHAMPIONS, INDUCTION, AgencyOnDay, Marks, marks, shown
from training.strategy.report import Report
from training.strategy.suppress import Audience

FAMILIES = {"GP": "health", "MIDWIFE": "health", "POLICE": "police"}
BOARD = Audience.PARTNERSHIP


def agencies(*rows: tuple[str, Cell], scope=("", "")) -> dict[Place, Cell]:
    cells = {Place("agency", code, *scope): cell for code, cell in rows}
    whole = Cell(sum(cell.numerator for _, cell in rows), sum(cell.denominator for _, cell in rows))
    return cells | {Place("", "", *scope): whole}


def test_an_agency_hidden_for_its_size_takes_the_next_smallest_with_it():
    cells = agencies(("A", Cell(2, 4)), ("B", Cell(20, 40)), ("C", Cell(50, 90)))
    assert marks(cells, {}).board == {Place("agency", "A"), Place("agency", "B")}


def test_scopes_are_weighed_apart():
    cells = agencies(("A", Cell(2, 4)), ("B", Cell(20, 40)), ("C", Cell(50, 90)))
    cells |= agencies(("A", Cell(6, 12)), ("B", Cell(20, 40)), scope=("tier", "A"))
    assert {place.scope_kind for place in marks(cells, {}).board} == {""}


def test_role_groups_add_up_to_their_family_and_families_to_everybody():
    cells = {
        Place(): Cell(90, 180),
        Place("role_family", "health"): Cell(40, 80),
        Place("role_family", "police"): Cell(50, 100),
        Place("role_group", "GP"): Cell(2, 4),
        Place("role_group", "MIDWIFE"): Cell(38, 76),
        Place("role_group", "POLICE"): Cell(50, 100),
    }
    assert marks(cells, FAMILIES).board == {Place("role_group", "GP"), Place("role_group", "MIDWIFE")}


def of_kinds(kinds: dict[str, str]) -> dict[Place, Cell]:
    sizes = {"A": 2, "B": 18, "C": 50, "D": 60}
    cells = agencies(*((code, Cell(size, 2 * size)) for code, size in sizes.items()))
    for kind in set(kinds.values()):
        size = sum(sizes[code] for code, its in kinds.items() if its == kind)
        cells[Place("agency_kind", kind)] = Cell(size, 2 * size)
    return cells


def test_agencies_add_up_to_their_kind():
    kinds = {"A": "school", "B": "school", "C": "police", "D": "council"}
    assert marks(of_kinds(kinds), {}, kinds).board == {Place("agency", "A"), Place("agency", "B")}


def test_a_kind_is_missing_where_none_of_its_agencies_reported():
    told = [("A", "school", False), ("B", "school", True), ("C", "court", True)]
    days = tuple(AgencyOnDay(code, code, is_silent, False, kind) for code, kind, is_silent in told)
    found = Report(DAY, None, MOMENT, days, {Place("agency_kind", "school"): Cell(20, 40)}, Marks(), BOARD)
    texts = [found.figure(Place("agency_kind", kind)).percent_text for kind in ("school", "court")]
    assert texts == ["50%", "-"]


def test_a_kind_of_one_agency_is_hidden_with_it_and_kinds_cover_for_it():
    kinds = {"A": "school", "B": "police", "C": "police", "D": "council"}
    gone = marks(of_kinds(kinds), {}, kinds).board
    assert gone >= {Place("agency", "A"), Place("agency_kind", "school")}
    assert len([place for place in gone if place.group_kind == "agency_kind"]) > 1


def test_a_group_that_is_its_whole_family_hides_the_family_and_cover_for_it():
    cells = {
        Place(): Cell(92, 184),
        Place("role_family", "health"): Cell(2, 4),
        Place("role_family", "police"): Cell(50, 100),
        Place("role_family", "housing"): Cell(40, 80),
        Place("role_group", "GP"): Cell(2, 4),
        Place("role_group", "POLICE"): Cell(50, 100),
    }
    gone = marks(cells, FAMILIES | {"MIDWIFE": "health"}).board
    assert gone == {Place("role_group", "GP"), Place("role_family", "health"), Place("role_family", "housing")}


def test_those_left_out_are_weighed_by_themselves():
    cells = {
        Place(): Cell(90, 180, on_leave=12),
        Place("agency", "A"): Cell(40, 80, on_leave=2),
        Place("agency", "B"): Cell(50, 100, on_leave=10),
    }
    found = marks(cells, {})
    assert found.board == frozenset()
    assert found.excluded == {Place("agency", "A"), Place("agency", "B")}


def test_champions_of_localities_add_up_to_all_champions():
    there = {
        Place("locality", code, "indicator", "CHAMP_LOCALITY"): Cell(number, 100)
        for code, number in (("OAK", 2), ("WYN", 6), ("ALD", 11), ("MAR", 0))
    }
    found = marks({CHAMPIONS: Cell(19, 30), **there}, {})
    assert found.board == {place for place in there if place.group in ("OAK", "WYN")}


def test_all_champions_are_hidden_where_nothing_else_covers_the_few():
    there = {Place("locality", "OAK", "indicator", "CHAMP_LOCALITY"): Cell(3, 100)}
    found = marks({CHAMPIONS: Cell(3, 30), INDUCTION: Cell(2, 20), **there}, {})
    assert found.board == {CHAMPIONS, INDUCTION, *there}


def test_an_agency_that_did_not_report_is_missing_and_one_that_nothing_is_asked_of_is_not_required():
    def text(code: str) -> str:
        return shown({}, Place("agency", code), BOARD, Marks(), frozenset({"PRB"})).percent_text

    assert (text("PRB"), text("SVH")) == ("-", "n/a")


def test_ones_own_agency_sees_past_every_mark():
    assert Marks(board=frozenset({Place()})).of(Audience.OWN_AGENCY) == frozenset()


def test_the_people_of_a_locality_do_not_tell_how_many_of_them_were_left_out():
    there = {
        Place("locality", code, "indicator", "CHAMP_LOCALITY"): cell
        for code, cell in (("OAK", Cell(0, 145)), ("WYN", Cell(6, 90)), ("ALD", Cell(11, 80)))
    }
    counted = {
        Place(): Cell(200, 305, on_leave=10),
        Place("locality", "OAK"): Cell(100, 143, on_leave=2),
        Place("locality", "WYN"): Cell(50, 82, on_leave=8),
        Place("locality", "ALD"): Cell(50, 80),
    }
    found = marks({CHAMPIONS: Cell(17, 30), **there, **counted}, {})
    assert found.excluded == {Place("locality", "OAK"), Place("locality", "WYN")}
    assert {place.group for place in found.board} == {"OAK", "WYN"}


def test_a_locality_of_few_people_is_hidden_with_its_champions():
    there = {
        Place("locality", code, "indicator", "CHAMP_LOCALITY"): cell
        for code, cell in (("OAK", Cell(0, 3)), ("WYN", Cell(6, 90)), ("ALD", Cell(11, 80)))
    }
    assert {place.group for place in marks({CHAMPIONS: Cell(17, 30), **there}, {}).board} == {"OAK", "WYN"}
