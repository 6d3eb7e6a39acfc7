"""What stands in a pack, part by part: the page and the PDF draw the same parts. Pure."""

from collections.abc import Iterator

from training.press.paper import Paper, Part, Picture, Points, Table, Words
from training.ui.charts import trend
from training.ui.templatetags.ui import uk_date, uk_moment

from .contents import LESS, Contents, DeclaredPart, Figures, Line, OutcomeRow, PriorityRow, Restated, Then
from .models import Narrative
from .rag import Rating

Block = Words | Points | Table | Picture

HEAD = ("Figure", "Now", "Target", "Colour", "A quarter before", "A year before")
TAGS = (
    (Rating.GREEN.value, "good"),
    (Rating.AMBER.value, "middling"),
    (Rating.RED.value, "bad"),
    (Rating.NO_DATA.value, "unknown"),
)
COLOURS = (Rating.GREEN, Rating.AMBER, Rating.RED, Rating.NO_DATA, Rating.UNRATED)
MARKS = (
    "* stands for a number that is hidden because it, or what could be worked out from it, is fewer than five people. "
    "- stands for what was not reported, n/a where nobody is asked, and 0 for none. Nobody is named."
)
NO_STRATEGY = (
    "No strategy has been loaded for this partnership, so there are no outcomes to hold figures against. "
    "What is collected stands below, without targets."
)
FEWEST_POINTS = 3
NAME = "Learning report"


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
    drawn: set[str] = set()  # the figures, and the cautions, that stand above already
    parts = [Part("Where we stand", [*_summary(contents)])]
    parts += [Part(each.title, [*_priority(each, contents, drawn)]) for each in figures.priorities]
    if not figures.priorities:
        parts.append(Part("What is collected", [_lines("Every figure", list(figures.lines.values()))]))
    parts.append(Part("Agency by agency", [*_agencies(figures)], is_wide=True))
    parts.append(Part("How figures are worked out", [*_definitions(figures)], is_wide=True))
    return parts


def _summary(contents: Contents) -> Iterator[Block]:
    figures = contents.figures
    yield from _words(contents, Narrative.SUMMARY)
    if contents.decisions:
        yield Points(contents.decisions, "Decisions wanted")
    strategy = figures.strategy
    if strategy is None:
        yield Words((NO_STRATEGY,))
    else:
        said = f"Figures are held against {strategy.title}. {strategy.note}"
        if strategy.is_historic:
            said += " Its time is over: its targets stand as an example."
        yield Words((said,))
        yield from _at_a_glance(figures)
    if figures.silent:
        yield Points(figures.silent, "Agencies that did not report, and are left out of every figure")
    if contents.without:
        title = "Frozen without the words asked for" if contents.frozen_at else "Words that are still missing"
        yield Points(contents.without, title)
    yield Words((MARKS, f"Everything is as at {uk_date(figures.as_at)}, as known {uk_moment(figures.counted_at)}."))


def _at_a_glance(figures: Figures) -> Iterator[Block]:
    """Outcomes with their colours, and what fell back."""
    ours = [each for each in figures.outcomes if each.is_ours]
    rows = tuple((f"{each.ref} {each.title}", _evidence(each), each.rating.value) for each in ours)
    if not rows:
        return
    ratings = [each.rating for each in ours]
    counts = ", ".join(f"{ratings.count(each)} {each.value.lower()}" for each in COLOURS)
    yield Words((f"Of {len(ours)} outcomes that our records show something of: {counts}.",))
    back = tuple(f"{line.title}: {line.text}, and {_before(line.quarter)} a quarter before" for line in _back(figures))
    yield Points(back or ("None",), "Further from their target than a quarter before")
    yield Table("Outcomes at a glance", ("Outcome", "Shown by our records", "Colour"), rows, TAGS)
    yield Points(figures.rule, "How colours are given")


def _back(figures: Figures) -> list[Line]:
    """Figures with a colour that moved away from their target in a quarter."""
    less_is_welcome = {each.code for each in figures.definitions if each.welcome == LESS}
    coloured = [each for each in figures.lines.values() if each.rating in (Rating.GREEN, Rating.AMBER, Rating.RED)]
    return [each for each in coloured if _fell_back(each, is_less_welcome=each.code in less_is_welcome)]


def _fell_back(line: Line, *, is_less_welcome: bool) -> bool:
    if line.value is None or line.quarter is None or line.quarter.value is None:
        return False
    gap = line.value - line.quarter.value
    return gap > 0 if is_less_welcome else gap < 0


def _evidence(outcome: OutcomeRow) -> str:
    return {"D": "Directly", "I": "In part"}.get(outcome.evidence, "Not")


def _priority(priority: PriorityRow, contents: Contents, drawn: set[str]) -> Iterator[Block]:
    yield from _words(contents, priority.ref)
    for outcome in priority.outcomes:
        if outcome.is_ours:
            yield from _outcome(outcome, contents, drawn)
    others = tuple(f"{each.ref} {each.title}" for each in priority.outcomes if not each.is_ours)
    if others:
        yield Points(others, "Not shown by training records, and not ours to report")


def _outcome(outcome: OutcomeRow, contents: Contents, drawn: set[str]) -> Iterator[Block]:
    lines = [contents.figures.lines[code] for code in outcome.codes]
    title = f"{outcome.ref} {outcome.title}"
    if not lines:
        yield Words((f"{title}: no figure of ours is named for it.",))
        return
    yield _lines(title, lines)
    notes = [f"It carries on {', '.join(outcome.carries)} of the strategy before."] if outcome.carries else []
    if outcome.evidence == "I":
        notes.append("Training records show this in part alone.")
    yield from _words(contents, outcome.ref)
    for line in lines:
        caution = _caution(contents.figures, line)
        if line.code not in drawn and caution not in drawn:
            notes.append(f"{line.title}: {caution}")
        drawn.add(caution)
        if set(line.silent) - set(contents.figures.silent):
            notes.append(f"{line.title} leaves out who told nothing of it: {', '.join(line.silent)}.")
    if notes:
        yield Words(tuple(notes))
    moving = [line for line in lines if line.code not in drawn and _moves(line)]
    drawn.update(line.code for line in lines)
    for line in sorted(moving, key=lambda each: each.target is None)[:1]:
        yield _picture(line)


def _moves(line: Line) -> bool:
    """Whether a line over time says more than its figure."""
    values = [each.value for each in line.trend if each.value is not None]
    return len(values) >= FEWEST_POINTS and len(set(values)) > 1


def _lines(title: str, lines: list[Line]) -> Table:
    return Table(title, HEAD, tuple(_row(each) for each in lines), TAGS)


def _row(line: Line) -> tuple[str, ...]:
    now = f"{line.text} ({line.counts})" if line.counts else line.text
    if line.period:
        now = f"{now}; {line.period}. {line.origin}{', restated' if line.restated else ''}"
    return line.title, now, line.target_text, line.rating.value, _before(line.quarter), _before(line.year)


def _before(then: Then | None) -> str:
    return "Not counted" if then is None else then.text


def _caution(figures: Figures, line: Line) -> str:
    return next(each.caution for each in figures.definitions if each.code == line.code)


def _picture(line: Line) -> Picture:
    points = [(f"{each.on:%b %Y}", short(each.text), each.value) for each in line.trend]
    says = f"{line.title}, quarter by quarter: {', '.join(f'{label} {text}' for label, text, _ in points)}."
    title = f"{line.title}, quarter by quarter"
    if line.across:
        title += f", back into {line.across}"
    return Picture(says, trend(points, line.target), title)


def short(text: str) -> str:
    """The figure alone: of '40% (Forced marriage), the lowest' the share."""
    return text.split(" (")[0].split(" for every")[0]


def _words(contents: Contents, about: str) -> Iterator[Words]:
    written = contents.words_about(about)
    if written:
        paragraphs = [each.strip() for each in written.text.split("\n") if each.strip()]
        yield Words((*paragraphs, f"Written by: {written.role}.") if written.role else tuple(paragraphs))


def _agencies(figures: Figures) -> Iterator[Block]:
    head = ("Agency", "All that is asked", "In date", "Asked", "Left out", *figures.tiers)
    rows = tuple(
        (each.title, each.percent, each.in_date, each.asked, each.left_out, *each.tiers) for each in figures.agencies
    )
    yield Table("People in date, of those asked", head, rows)
    reasons = ", ".join(f"{reason.lower()} {number}" for reason, number in figures.declared.left_out)
    yield Words(
        (
            "Left out: on leave, exempt, or still inside induction. "
            "A person with posts at two agencies counts in each, and once in the whole.",
            *((f"Of everybody left out: {reasons}.",) if reasons else ()),
        )
    )
    yield from _declared(figures.declared)


def _declared(declared: DeclaredPart) -> Iterator[Block]:
    """Head-counts and returns: said by agencies, and part of no other figure."""
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
        yield Points(declared.not_returned, "Agencies without a return for the quarter")


def _definitions(figures: Figures) -> Iterator[Block]:
    head = ("Figure", "How it is worked out", "Out of", "What to beware of")
    rows = tuple(
        (
            each.title,
            f"{each.formula}. {each.source}.",
            each.denominator or "No whole",
            f"{each.caution} {each.welcome}.",
        )
        for each in figures.definitions
    )
    yield Table("What each figure meant when it was counted", head, rows)


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
        "A figure that is not named came out the same. Where one moved by fewer than five people, or would tell of "
        "another that did, it is not told to what."
    )
    if not restated.differences:
        return [Part("What moved", [Words((said, "Nothing that is shown has moved."))])]
    rows = tuple((each.place, each.what, each.before, each.after) for each in restated.differences)
    moved = Part("What moved", [Words((said,)), Table("Figures", ("Where", "Figure", "Frozen", "Now"), rows)])
    causes = tuple((each.agency, each.what, each.count) for each in restated.causes)
    why = Words(("Nothing of these agencies' staff became known in between: what moved is counted elsewhere.",))
    found = Table("What became known since, where figures moved", ("Agency", "What", "How often"), causes)
    return [moved, Part("Why", [found if causes else why])]
