"""What anyone may read of a frozen pack, as a page, a paper and a table: from the snapshot alone. Pure."""

from training.press.paper import Paper, Part, Points, Table, Words
from training.ui.templatetags.ui import uk_date

from .contents import Contents, OutcomeRow, PriorityRow, PublicLine, digest_of
from .models import Narrative
from .parts import NAME, TAGS

HEAD = ("Figure", "Now", "Target", "Colour")
COLUMNS = ("priority", "outcome", "outcome_title", "figure", "now", "numbers", "target", "colour", "period")
IN_PART = "Training records show this in part alone."
HIDDEN = (
    "Counts of 1 to 7 people, and others that would tell them, are hidden and shown as *. Other counts of people are "
    "rounded to the nearest 5, and shares are those of the rounded counts. - stands for what was not reported. "
    "No agency is named, and nobody."
)
Shown = list[tuple[PriorityRow, list[tuple[OutcomeRow, list[PublicLine]]]]]


def name_of_paper(digest: str) -> str:
    """What the PDF of a snapshot's public summary is kept under: the pack's own is kept under the digest."""
    return digest_of(f"public summary of {digest}")


def words_of(contents: Contents) -> list[str]:
    """The paragraphs written for the public."""
    words = contents.words_about(Narrative.PUBLIC)
    return [each.strip() for each in words.text.split("\n") if each.strip()] if words else []


def shown_of(contents: Contents) -> Shown:
    """Priorities with the outcomes that our records show something of, and their figures."""
    public = contents.figures.public
    found = [
        (priority, [(each, [public[code] for code in each.codes]) for each in priority.outcomes if each.is_ours])
        for priority in contents.figures.priorities
    ]
    return [(priority, outcomes) for priority, outcomes in found if outcomes]


def others_of(contents: Contents) -> list[PublicLine]:
    """Without a strategy: everything that is collected."""
    return [] if contents.figures.strategy else list(contents.figures.public.values())


def summary_paper(contents: Contents) -> Paper:
    """The summary to keep and to print."""
    figures = contents.figures
    about = f" about {figures.strategy.title}" if figures.strategy else ""
    said = f"What the board is told for its meeting on {uk_date(contents.meeting_on)}{about}."
    parts = [Part("In short", [Words((said, *words_of(contents), HIDDEN))])]
    for priority, outcomes in shown_of(contents):
        blocks = [block for outcome, lines in outcomes for block in _outcome(outcome, lines)]
        parts.append(Part(priority.title, blocks))
    if others := others_of(contents):
        parts.append(Part("What is collected", [_table("What is collected", others)]))
    parts.append(Part("How colours are given", [Points(figures.rule)]))
    return Paper(
        name=NAME,
        heading=f"How far we are, as at {uk_date(figures.as_at)}",
        issuer=figures.partnership,
        as_at=figures.as_at,
        parts=parts,
        mark="Public summary",
    )


def _outcome(outcome: OutcomeRow, lines: list[PublicLine]) -> list[Table | Words]:
    if not lines:
        return [Words((f"{outcome.title}: no figure of ours is named for it.",))]
    said = [Words((IN_PART,))] if outcome.evidence == "I" else []
    return [_table(outcome.title, lines), *said]


def _table(title: str, lines: list[PublicLine]) -> Table:
    return Table(title, HEAD, tuple(_row(each) for each in lines), TAGS)


def _row(line: PublicLine) -> tuple[str, ...]:
    now = f"{line.text} ({line.counts})" if line.counts else line.text
    return line.title, f"{now}, {line.period}" if line.period else now, line.target_text, line.rating.value


def summary_rows(contents: Contents) -> list[tuple[str, ...]]:
    """The same for a spreadsheet, a row a figure of an outcome, under `COLUMNS`."""
    rows = [
        (priority.title, outcome.ref, outcome.title, *_cells(line))
        for priority, outcomes in shown_of(contents)
        for outcome, lines in outcomes
        for line in lines
    ]
    return [*rows, *(("", "", "", *_cells(line)) for line in others_of(contents))]


def _cells(line: PublicLine) -> tuple[str, ...]:
    return line.title, line.text, line.counts, line.target_text, line.rating.value, line.period
