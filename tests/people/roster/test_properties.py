"""Whatever the files: the order of rows does not matter, twice is once, and undoing restores."""

from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.people.roster.conftest import BY, nine, state_of
from tests.people.roster.files import TEMPLATE, row
from tests.people.roster.sheets import sheet_of
from training.people.models import Agency
from training.people.roster.apply import apply_import
from training.people.roster.spans import Content, Span, running, wanted_duties, wanted_terms
from training.people.roster.stage import compare, keep
from training.people.roster.undo import undo_import

DAY = date(2026, 11, 2)
DAYS = some.integers(-900, 400).map(lambda days: DAY + timedelta(days=days))
SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def content(title: str) -> Content:
    """A job by its title."""
    return Content("", title, "", "", None, None, "permanent", "active", "")


@some.composite
def rows_of_a_post(draw) -> Span:
    """A row's days and job."""
    start = draw(DAYS)
    end = draw(some.none() | some.integers(0, 900).map(lambda days: start + timedelta(days=days)))
    return Span(start, end, content(draw(some.sampled_from("ABC"))))


def told(stand: list[Span], row_: Span, as_at: date) -> list[Span]:
    """What stands after the row; a row that clashes changes nothing."""
    try:
        return wanted_terms(stand, row_, as_at)
    except ValueError:
        return stand


@settings(max_examples=300, deadline=None)
@given(some.lists(some.tuples(rows_of_a_post(), some.integers(0, 200)), min_size=1, max_size=6))
def test_terms_never_overlap_and_the_last_says_what_the_row_says(steps):
    stand: list[Span] = []
    as_at = DAY
    for said, days in steps:
        as_at += timedelta(days=days)
        try:
            stand = wanted_terms(stand, said, as_at)
        except ValueError:
            continue
        assert all(one.ends_on < two.starts_on for one, two in zip(stand, stand[1:], strict=False))
        assert all(span.ends_on is None or span.starts_on <= span.ends_on for span in stand)
        assert (stand[-1].content, stand[-1].ends_on) == (said.content, said.ends_on)
        assert said.starts_on in {span.starts_on for span in running(stand)}


@settings(max_examples=300, deadline=None)
@given(some.lists(rows_of_a_post(), min_size=1, max_size=5), some.integers(0, 400))
def test_saying_the_same_again_changes_nothing(rows, days):
    stand: list[Span] = []
    for said in rows:
        stand = told(stand, said, DAY)
        assert told(stand, said, DAY + timedelta(days=days)) == stand


@settings(max_examples=300, deadline=None)
@given(
    some.lists(some.tuples(rows_of_a_post(), some.none() | some.booleans()), min_size=1, max_size=5),
    some.integers(0, 60),
)
def test_duties_stay_inside_the_post_and_saying_it_again_changes_nothing(steps, days):
    terms: list[Span] = []
    duties: list[Span] = []
    as_at = DAY
    for said, is_held in steps:
        before, terms = terms, told(terms, said, as_at)
        duties = wanted_duties(duties, is_held=is_held, before=before, after=terms, as_at=as_at)
        assert all(one.ends_on < two.starts_on for one, two in zip(duties, duties[1:], strict=False))
        assert all(span.ends_on is None or span.starts_on <= span.ends_on for span in duties)
        assert all(terms[-1].ends_on is None or span.ends_on <= terms[-1].ends_on for span in duties)
        if is_held is False:
            assert not any(span.reaches(as_at) for span in duties)
        assert wanted_duties(duties, is_held=is_held, before=terms, after=terms, as_at=as_at) == duties
        as_at += timedelta(days=days)


REFS = some.sampled_from(["1", "2", "3"])


@some.composite
def lines(draw) -> dict[str, str]:
    """A row of a file, sometimes a bad one."""
    start = draw(DAYS)
    employee = draw(REFS)
    return row(
        employee_ref=employee,
        assignment_ref=draw(some.sampled_from([employee, f"{employee}-2"])),
        first_name=draw(some.sampled_from(["Sam", "Alex"])),
        work_email=draw(some.sampled_from(["", "sam@svh.example", "nonsense"])),
        post_title=draw(some.sampled_from(["Midwife", "Matron", ""])),
        team=draw(some.sampled_from(["", "Ward 7"])),
        site_code=draw(some.sampled_from(["", "RTE03"])),
        role_group=draw(some.sampled_from(["", "MIDWIFE", "nonsense"])),
        designations=draw(some.sampled_from(["", "MARAC_REP"])),
        status=draw(some.sampled_from(["", "maternity"])),
        start_date=start.isoformat(),
        end_date=draw(some.sampled_from(["", (start + timedelta(days=300)).isoformat()])),
        manager_ref=draw(some.sampled_from(["", "1", "2", "9"])),
    )


FILES = some.lists(lines(), min_size=1, max_size=6)


class GoBack(Exception):
    """Rolls an example back."""


def load(agency: Agency, rows: list[dict[str, str]], hour: int, full: bool = False):
    """Stage and apply; a file refused whole stays where it is."""
    at = nine(DAY) + timedelta(hours=hour)
    sheet = sheet_of([{name: one.get(name, "") for name in TEMPLATE} for one in rows])
    seen = compare(agency, sheet, as_at=DAY, is_full=full)
    staged = keep(seen, as_at=DAY, is_full=full, by=BY, at=at)
    return staged if staged.reasons else apply_import(staged, by=BY, at=at, is_overruled=True)


@SLOW
@given(first=FILES, second=FILES, data=some.data(), full=some.booleans())
def test_the_order_of_rows_does_not_matter(world, first, second, data, full):
    states = []
    for shuffled in (False, True):
        try:
            with transaction.atomic():
                for hour, rows in enumerate((first, second)):
                    load(world.agency, data.draw(some.permutations(rows)) if shuffled else rows, hour, full)
                states.append(state_of(world.agency))
                raise GoBack
        except GoBack:
            pass
    assert states[0] == states[1]


@SLOW
@given(first=FILES, second=FILES, full=some.booleans())
def test_loading_a_file_again_changes_nothing_and_undoing_it_restores(world, first, second, full):
    try:
        with transaction.atomic():
            load(world.agency, first, 0)
            before = state_of(world.agency)
            done = load(world.agency, second, 1, full)
            after = state_of(world.agency)
            again = load(world.agency, second, 2, full)
            assert [again.counts[kind] for kind in ("new", "changed", "left")] == [0, 0, 0]
            assert state_of(world.agency) == after
            if done.state == "applied":
                undo_import(again, by=BY, at=nine(DAY) + timedelta(hours=3))
                assert undo_import(done, by=BY, at=nine(DAY) + timedelta(hours=4)).unrestored == []
                assert state_of(world.agency) == before
            raise GoBack
    except GoBack:
        pass
