"""What stands in a pack, part by part: the page and the PDF draw the same parts. Pure."""

from collections.abc import Iterator

from training.press.paper import Paper, Part, Picture, Points, Table, Words
from training.strategy.suppress import HIDDEN, MISSING, NOT_REQUIRED, why_no_tiers
from training.ui.charts import funnel, spread
from training.ui.templatetags.ui import uk_date, uk_moment

from .contents import AMBIGUOUS, LESS, Contents, DeclaredPart, Figures, Line, OutcomeRow, Restated
from .models import Narrative
from .outcome_parts import (
    NOT_COUNTED,
    TAGS,
    Block,
    Outcomes,
    figures_table,
    has_figures,
    has_targets,
    is_collected,
    named,
    short,
    target_text,
    words_of,
)
from .rag import Rating

COLOURS = (Rating.GREEN, Rating.AMBER, Rating.RED, Rating.NO_DATA, Rating.UNRATED)
MARKS = (
    "* stands for a number that is hidden because it, or what could be worked out from it, is fewer than five people. "
    "- stands for what was not reported, n/a where nobody is asked, and 0 for none. Nobody is named."
)
NO_STRATEGY = (
    "No strategy has been loaded for this partnership, so there are no outcomes to hold figures against. "
    "What is collected stands below, without targets."
)
NEVER_COUNTED = "'Not counted' under an earlier day: the figure was not worked out for that day. It does not mean none."
NO_TARGETS = "The strategy, as it is loaded here, sets no targets, so no figure has a colour."
NAME = "Learning report"
FEWEST_DOTS = 3
ELSEWHERE = (
    "Nothing became known in between of the staff of an agency named above: what moved is counted elsewhere, such as "
    "champions, local services or surveys."
)


def paper_of(contents: Contents, digest: str) -> Paper:
    """A frozen pack as a paper."""
    figures = contents.figures
    return Paper(
        name=NAME,
        heading=f"Board pack for the meeting on {uk_date(contents.meeting_on)}",
        issuer=figures.partnership,
        as_at=figures.as_at,
        parts=parts_of(contents),
        mark=f"Frozen {uk_moment(contents.frozen_at)}" if contents.frozen_at else "Draft",
        proof=digest,
        has_contents=True,
    )


def parts_of(contents: Contents) -> list[Part]:
    """Every part, in order."""
    figures = contents.figures
    outcomes = Outcomes(contents)
    parts = [Part("Where we stand", [*_summary(contents)])]
    parts += [Part(each.title, [*outcomes.priority(each)]) for each in figures.priorities]
    if not figures.priorities:
        found = [each for each in figures.lines.values() if is_collected(each)]
        parts.append(Part("What is collected", [figures_table("Every figure", found, figures)]))
    parts.append(Part("Agency by agency", [*_agencies(figures)], is_wide=True))
    parts.append(Part("How figures are worked out", [*_definitions(figures)], is_wide=True))
    return parts


def part_about(contents: Contents, about: str) -> Part:
    """What there is to explain: of a priority or of an outcome its figures, else all outcomes at a glance."""
    figures, outcomes = contents.figures, Outcomes(contents, has_words=False)
    for priority in figures.priorities:
        if about == priority.ref:
            return Part("Figures to explain", [*outcomes.priority(priority)])
        for outcome in priority.outcomes:
            if about == outcome.ref and has_figures(outcome, figures):
                return Part("Figures to explain", [*outcomes.outcome(outcome)])
    found = [*_at_a_glance(figures)] or [figures_table("Every figure", [*figures.lines.values()], figures)]
    return Part("Figures to explain", found)


def _summary(contents: Contents) -> Iterator[Block]:
    figures = contents.figures
    yield from words_of(contents, Narrative.SUMMARY)
    if contents.decisions:
        yield Points(contents.decisions, "Decisions wanted", is_numbered=True)
    strategy = figures.strategy
    if strategy is None:
        yield Words((NO_STRATEGY,))
    else:
        over = ", whose years are over" if strategy.is_historic else ""
        yield Words((f"Figures are held against “{strategy.title}”{over}. {strategy.note}",))
        yield from _at_a_glance(figures)
    if figures.silent:
        yield Points(
            named(figures.silent),
            "Agencies that did not report, and are left out of every figure that rests on rosters",
        )
    if contents.without:
        title = "Frozen without the words asked for" if contents.frozen_at else "Words that are still missing"
        yield Points(contents.without, title)
    known = f"Everything is as at {uk_date(figures.as_at)}, as known {uk_moment(figures.counted_at)}."
    yield Words((MARKS, f"{known} {NEVER_COUNTED}" if _has_gaps(figures) else known))


def _has_gaps(figures: Figures) -> bool:
    """Whether 'Not counted' stands in a table: a figure without an earlier one, where others of it have theirs."""
    known = {code: line for code, line in figures.lines.items() if is_collected(line)}
    tables = [[known[code] for code in each.codes if code in known] for each in figures.outcomes if each.is_ours]
    columns = [[line.year for line in lines] for lines in tables or [[*known.values()]]]
    return any(any(days) and not all(days) for days in [[line.quarter for line in known.values()], *columns])


def _at_a_glance(figures: Figures) -> Iterator[Block]:
    """How many stand where, what fell back, and each outcome with the figure that says most of it."""
    ours = [each for each in figures.outcomes if each.is_ours]
    if not ours:
        return
    shown = [each for each in ours if has_figures(each, figures)]
    missing = len(ours) - len(shown)
    ratings = [each.rating for each in ours]
    counts = ", ".join(f"{ratings.count(each)} {each.value.lower()}" for each in COLOURS)
    said = f"{counts}." if has_targets(figures) else f"{_told(shown, figures)}. {NO_TARGETS}"
    yield Words((f"Of {len(ours)} outcomes held against our records: {said}", _moved(figures)))
    if back := [each for each, gain in _gains(figures) if gain < 0]:
        lines = (
            f"{each.title}: {each.text}, and {each.quarter.text} a quarter before" for each in back if each.quarter
        )
        yield Points(tuple(lines), "Worse than a quarter before")
    if shown:
        yield _glance(shown, figures)
    if missing:
        yield Words((f"Of {missing} of these nothing is collected yet: each priority says what is missing.",))
    if has_targets(figures):
        yield Points(figures.rule, "How colours are given", is_small=True)


def _told(outcomes: list[OutcomeRow], figures: Figures) -> str:
    """Of how many the figure beside them can be read."""
    silent = sum(_leading(each, figures).text in (HIDDEN, MISSING, NOT_REQUIRED) for each in outcomes)
    more = f", and {silent} one that is hidden, not reported or asked of nobody" if silent else ""
    return f"{len(outcomes) - silent} have a figure{more}"


def _glance(outcomes: list[OutcomeRow], figures: Figures) -> Table:
    """A row each: its figure with the worst colour, or the first."""
    is_coloured = has_targets(figures)
    head = ("Outcome", "Figure", "Now", *(("Target", "Colour") if is_coloured else ("A quarter before",)))
    rows = []
    for each in outcomes:
        line = _leading(each, figures)
        before = short(line.quarter.text) if line.quarter else NOT_COUNTED
        more = (target_text(line), each.rating.value) if is_coloured else (before,)
        rows.append((f"{each.ref} {each.title}", _named(line), short(line.text), *more))
    return Table("Outcomes at a glance", head, tuple(rows), TAGS, layout="glance")


def _named(line: Line) -> str:
    """What the figure is; where it is one part's, such as the locality with the fewest champions, that too."""
    _, _, which = line.text.rpartition(", the ")
    return f"{line.title}, {which}" if which.removesuffix(" shown") in ("lowest", "highest") else line.title


def _leading(outcome: OutcomeRow, figures: Figures) -> Line:
    order = list(Rating)
    known = [figures.lines[code] for code in outcome.codes if is_collected(figures.lines[code])]
    return min(
        known, key=lambda each: (each.target is None, order.index(each.rating) if each.target else each.value is None)
    )


def _gains(figures: Figures) -> list[tuple[Line, float]]:
    """Figures with a welcome direction that can be compared, each with how far it moved that way in a quarter."""
    welcome = {each.code: each.welcome for each in figures.definitions}
    return [
        (each, (each.quarter.value - each.value) * (1 if welcome[each.code] == LESS else -1))
        for each in figures.lines.values()
        if welcome[each.code] != AMBIGUOUS
        and each.value is not None
        and each.quarter is not None
        and each.quarter.value is not None
    ]


def _moved(figures: Figures) -> str:
    gains = [gain for _, gain in _gains(figures)]
    if not gains:
        return "No figure can be held against a quarter before yet."
    better, worse = sum(each > 0 for each in gains), sum(each < 0 for each in gains)
    return (
        f"Of {len(gains)} figures that can be held against a quarter before, {better} are better, "
        f"{len(gains) - better - worse} the same and {worse} worse."
    )


def _agencies(figures: Figures) -> Iterator[Block]:
    head = ("Agency", "All that is asked", "In date", "Asked", "Left out", *figures.tiers)
    rows = tuple(
        (each.title, each.percent, each.in_date, each.asked, each.left_out, *each.tiers) for each in figures.agencies
    )
    yield Table("People in date, of those asked", head, rows, has_total=True)
    reasons = ", ".join(f"{reason.lower()} {number}" for reason, number in figures.declared.left_out)
    yield Words(
        (
            "Left out: on leave, exempt, or still inside induction. "
            "A person with posts at two agencies counts in each, and once in the whole.",
            *((f"Of everybody left out: {reasons}.",) if reasons else ()),
            *filter(None, [why_no_tiers(text for each in figures.agencies[:-1] for text in each.tiers)]),
        )
    )
    yield from _pictures(figures)
    yield from _declared(figures.declared)


def _pictures(figures: Figures) -> Iterator[Picture]:
    """How far agencies lie apart, and from all who are asked to those in date."""
    agencies = [(each.title, each.percent, _number(each.percent.removesuffix("%"))) for each in figures.agencies[:-1]]
    shares = sorted(share for _, _, share in agencies if share is not None)
    if len(shares) >= FEWEST_DOTS and shares[0] < shares[-1]:
        says = f"One dot for each agency whose share can be shown, from {shares[0]}% to {shares[-1]}%."
        yield Picture(says, spread(agencies), "How far agencies lie apart", ("Agency", "In date"))
    whole = figures.agencies[-1] if figures.agencies else None
    asked, left_out, in_date = (
        _number(text) for text in ((whole.asked, whole.left_out, whole.in_date) if whole else ("", "", ""))
    )
    if asked is None or left_out is None or in_date is None:
        return
    steps = [
        ("Asked in their role", asked + left_out),
        ("Of them, counted on the day", asked),
        ("Of them, in date", in_date),
    ]
    says = f"{'. '.join(f'{label}: {number}' for label, number in steps)}."
    chart = funnel([(label, str(number), number) for label, number in steps])
    yield Picture(says, chart, "From those asked to those in date, whole partnership", ("Step", "People"))


def _number(text: str) -> int | None:
    """What is shown, or nothing where a mark stands for it."""
    return int(text) if text.isdecimal() else None


def _declared(declared: DeclaredPart) -> Iterator[Block]:
    """Head-counts and returns: said by agencies, and part of no other figure."""
    if not declared.rows:
        yield Words(("No agency is a member yet, so none is asked what it declares.",))
        return
    quarter = declared.quarter or "no quarter: no returns are asked for yet"
    head = (
        "Agency",
        "In date by name",
        "Left out",
        "Declared staff",
        "Possible share",
        "Declared trained",
        "Return",
    )
    rows = tuple(
        (each.title, each.known, each.left_out, each.staff, each.possible, each.trained, each.stage)
        for each in declared.rows
    )
    yield Table(f"What agencies declare, for {quarter}", head, rows)
    yield Words(
        (
            f"Declared as trained by all of them: {declared.trained}. It is never added to what is known by name.",
            f"How the possible share is reckoned. {' '.join(declared.assumed)}",
        )
    )
    if declared.not_returned:
        yield Points(named(declared.not_returned), "Agencies without a return for the quarter")


def _definitions(figures: Figures) -> Iterator[Block]:
    head = ("Figure", "How it is worked out", "Out of", "What to beware of")
    known = [each for each in figures.definitions if is_collected(figures.lines[each.code])]
    rows = tuple(
        (
            each.title,
            f"{each.formula}. {each.source}. {each.welcome}.",
            each.denominator or "A count, out of nothing",
            each.caution,
        )
        for each in known
    )
    if others := ", ".join(each.title for each in figures.definitions if each not in known):
        yield Words((f"Nothing is collected yet of: {others}.",))
    yield Table("What each figure meant when it was counted", head, rows, layout="meanings")


def restated_paper(restated: Restated, digest: str) -> Paper:
    """A restatement as a paper."""
    return Paper(
        name=NAME,
        heading=f"Restatement of the board pack for the meeting on {uk_date(restated.meeting_on)}",
        issuer=restated.partnership,
        as_at=restated.as_at,
        parts=restated_parts(restated),
        mark=f"Restated as known {uk_moment(restated.known_at)}",
        proof=digest,
    )


def restated_parts(restated: Restated) -> list[Part]:
    """What moved, and what became known in between."""
    said = (
        f"The frozen pack stands as it is: as known {uk_moment(restated.frozen_as_known_at)}, SHA-256 {restated.of}. "
        f"Here are the same figures, as at the same day, as known {uk_moment(restated.known_at)}. "
        "A figure that is not named came out the same, or is hidden on both days: then it is not told whether it did. "
        "Where one moved by fewer than five people, or would tell of another that did, it is not told to what."
    )
    if not restated.differences:
        return [Part("What moved", [Words((said, "Nothing that is shown has moved."))])]
    rows = tuple((each.place, each.what, each.before, each.after) for each in restated.differences)
    moved = Part("What moved", [Words((said,)), Table("Figures", ("Where", "Figure", "Frozen", "Now"), rows)])
    causes = tuple((each.agency, each.what, each.count) for each in restated.causes)
    why = Words((ELSEWHERE,))
    whose = "Agency" if all(each.count for each in restated.causes) else "Agency or figure"
    found = Table("What became known since, where figures moved", (whose, "What", "How often"), causes)
    return [moved, Part("Why", [found if causes else why])]
