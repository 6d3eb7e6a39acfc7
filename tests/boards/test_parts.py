"""What stands in a pack: only what is known is in tables, and what is not is said once."""

from datetime import date

import pytest

from tests.boards.conftest import AS_AT
from tests.conftest import MOMENT
from training.boards.contents import Contents, Then
from training.boards.parts import NEVER_COUNTED, part_about, parts_of
from training.boards.selectors.figures import count_figures
from training.boards.selectors.packs import contents_of
from training.boards.tables import tables_of
from training.press.paper import Picture, Points, Table, Words
from training.returns.models import ReturnTerms
from training.strategy.suppress import NO_TIERS


def said(contents: Contents) -> str:
    return "\n".join(
        line
        for part in parts_of(contents)
        for block in part.blocks
        for line in (*getattr(block, "paragraphs", ()), *getattr(block, "lines", ()))
    )


def tables(contents: Contents) -> list[Table]:
    return [block for part in parts_of(contents) for block in part.blocks if isinstance(block, Table)]


def with_lines(contents: Contents, **more) -> Contents:
    lines = {code: line.model_copy(update=more) for code, line in contents.figures.lines.items()}
    return contents.model_copy(update={"figures": contents.figures.model_copy(update={"lines": lines})})


def test_what_nothing_is_collected_of_is_listed_and_in_no_table(pack):
    contents = contents_of(pack)
    assert (
        "1.1c Surgeries, schools and housing offices are places where it is safe to tell. Would be shown by:"
        in said(contents)
    )
    assert not any("Not collected" in row for table in tables(contents) for row in table.rows)


def test_a_strategy_without_targets_has_no_colours_and_says_so(pack):
    contents = with_lines(contents_of(pack), target=None)
    assert "sets no targets, so no figure has a colour" in said(contents)
    assert not any("Colour" in table.head for table in tables(contents))


def test_a_column_of_an_earlier_day_is_there_once_something_is_known_of_it(pack):
    contents = contents_of(pack)
    assert not any("A quarter before" in table.head for table in tables(contents))
    then = Then(on=contents.figures.as_at, text="70%", value=70)
    later = with_lines(contents, quarter=then)
    assert any("A quarter before" in table.head for table in tables(later))
    assert "Required training in date: 65%, and 70% a quarter before" in said(later)


def test_a_priority_without_outcomes_says_so(pack):
    contents = contents_of(pack)
    strategy = contents.figures.strategy
    bare = tuple(each.model_copy(update={"objectives": ()}) for each in strategy.priorities)
    figures = contents.figures.model_copy(update={"strategy": strategy.model_copy(update={"priorities": bare})})
    assert "names no outcome for this priority" in said(contents.model_copy(update={"figures": figures}))


def test_decisions_have_numbers_and_notes_are_small(frozen):
    blocks = [block for part in parts_of(contents_of(frozen)) for block in part.blocks]
    assert [block.lines for block in blocks if isinstance(block, Points) and block.is_numbered] == [
        ("Agree the plan", "=cmd()")
    ]
    assert Words(("Written by: Board member.",), is_small=True) in blocks


def test_who_writes_about_a_priority_or_an_outcome_is_shown_its_figures(pack):
    contents = contents_of(pack)
    titles = {
        about: [each.title for each in part_about(contents, about).blocks if isinstance(each, Table)]
        for about in ("summary", "P1", "1.1a")
    }
    assert titles["summary"] == ["Outcomes at a glance"]
    assert titles["1.1a"] == titles["P1"][:1]
    assert len(titles["P1"]) > 1


def test_agencies_that_told_nothing_are_named_unless_nobody_would_read_so_many(pack):
    few, many = (
        with_lines(contents_of(pack), silent=tuple(f"Agency {number}" for number in range(size))) for size in (20, 30)
    )
    assert "Agency 0, Agency 1," in said(few)
    assert ("Agency 1," in said(many), "30 agencies, named in the tables" in said(many)) == (False, True)
    assert ("COV_REQUIRED", "Agency 29") in next(each.rows for each in tables_of(many) if each.title == "Silent")


def test_agencies_stand_as_dots_and_the_whole_as_a_funnel_of_what_is_shown(pack):
    contents = contents_of(pack)
    row = contents.figures.agencies[-1]
    told = [
        ("A", "10%", "*"),
        ("B", "75%", "9"),
        ("C", "*", "*"),
        ("D", "40%", "12"),
        ("Whole partnership", "36%", "214"),
    ]
    agencies = tuple(
        row.model_copy(update={"title": title, "percent": percent, "in_date": count, "asked": "594", "left_out": "10"})
        for title, percent, count in told
    )

    def pictures(agencies) -> list[Picture]:
        figures = contents.figures.model_copy(update={"agencies": agencies})
        part = parts_of(contents.model_copy(update={"figures": figures}))[-2]
        return [block for block in part.blocks if isinstance(block, Picture)]

    dots, steps = pictures(agencies)
    assert (dots.kind, [dot.label for dot in dots.chart.dots], dots.chart.unseen) == ("spread", ["A", "D", "B"], 1)
    assert dots.says == "One dot for each agency whose share can be shown, from 10% to 75%."
    assert steps.says == "Asked in their role: 604. Of them, counted on the day: 594. Of them, in date: 214."
    hidden = agencies[-1].model_copy(update={"left_out": "*"})
    assert [each.kind for each in pictures((*agencies[1:-1], hidden))] == []


@pytest.mark.parametrize(
    ("of_agencies", "is_said"),
    [((("*", "n/a"), ("*", "*")), True), ((("*", "40%"), ("*", "*")), False), ((("-", "-"), ("n/a", "n/a")), False)],
)
def test_why_no_tier_of_an_agency_is_shown_is_said(pack, of_agencies, is_said):
    contents = contents_of(pack)
    row = contents.figures.agencies[-1]
    agencies = tuple(row.model_copy(update={"tiers": tiers}) for tiers in (*of_agencies, ("50%", "60%")))
    figures = contents.figures.model_copy(update={"agencies": agencies})
    part = parts_of(contents.model_copy(update={"figures": figures}))[-2]
    said = [text for block in part.blocks if isinstance(block, Words) for text in block.paragraphs]
    assert (NO_TIERS in said) is is_said


def test_at_a_glance_a_figure_of_one_part_is_said_to_be_the_lowest(pack):
    def glance(text: str) -> set[tuple[str, str]]:
        contents = with_lines(contents_of(pack), text=text, title="Champions")
        table = next(each for each in tables(contents) if each.title == "Outcomes at a glance")
        return {row[1:3] for row in table.rows}

    assert glance("0 for every 1,000 people (Marlbridge), the lowest") == {("Champions, lowest", "0")}
    assert glance("27% (Stalking), the lowest shown") == {("Champions, lowest shown", "27%")}
    assert glance("40 points (Wynfold), the highest") == {("Champions, highest", "40 points")}
    assert glance("27%") == {("Champions", "27%")}


def test_a_roster_quality_of_none_says_why_where_it_stands(pack):
    assert "Roster quality: Where no file came in the 90 days before the day it is 0%" in said(contents_of(pack))


def test_not_counted_is_explained_where_it_stands(pack):
    contents = contents_of(pack)
    then = Then(on="2026-06-30", text="12%", value=12.0)
    lines = contents.figures.lines
    assert NEVER_COUNTED not in said(contents)
    assert NEVER_COUNTED not in said(with_lines(contents, quarter=then))
    some = lines | {"COV_REQUIRED": lines["COV_REQUIRED"].model_copy(update={"quarter": then})}
    gaps = contents.model_copy(update={"figures": contents.figures.model_copy(update={"lines": some})})
    assert NEVER_COUNTED in said(gaps)
    assert any("Not counted" in row for table in tables(gaps) for row in table.rows)


def test_what_is_hidden_or_asked_of_nobody_is_counted_as_no_figure(pack):
    contents = with_lines(contents_of(pack), target=None)
    glance = next(table for table in tables(contents) if table.head[:2] == ("Outcome", "Figure"))
    silent = sum(row[2] in {"*", "-", "n/a"} for row in glance.rows)
    assert 0 < silent < len(glance.rows)
    assert f"{len(glance.rows) - silent} have a figure, and {silent} one that is hidden" in said(contents)
    assert "0 have a figure, and " in said(with_lines(contents, text="*"))


def test_of_returns_it_is_said_of_which_quarter_they_are(world, pack):
    ReturnTerms.objects.create(
        partnership=world.partnership, quarter_on=date(2026, 4, 1), due_days=28, recorded_at=MOMENT, recorded_by="test"
    )
    figures = count_figures(world.partnership, world.partnership.strategies.get(), as_at=AS_AT, at=MOMENT)
    told = figures.lines["RETURN_ON_TIME"], figures.public["RETURN_ON_TIME"]
    assert [(each.text, each.period) for each in told] == [("0%", "April to June 2026")] * 2
    contents = contents_of(pack).model_copy(update={"figures": figures})
    rows = [
        row for part in parts_of(contents) for block in part.blocks if isinstance(block, Table) for row in block.rows
    ]
    assert "0% (0 of 3). April to June 2026" in {row[1] for row in rows if row[0] == "Returns on time"}
