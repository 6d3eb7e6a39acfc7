"""The board's report as a paper: what stands in its tables, with charts of the same figures."""

from champions.selectors.report import KEPT_UP, NetworkReport
from training.people.models import Partnership
from training.press.paper import Bars, Paper, Part, Picture, Points, Table, Words
from training.ui.charts import trend

HIDDEN = (
    "* stands for a number that is hidden because it, or what could be worked out from it, is fewer than five people. "
    "Nobody is named. Where a number is hidden, a chart shows no bar and no point."
)
REACHED = (
    "Briefings are head-counts as champions logged them, and no part of any figure of training. "
    "Figures by day are by what is known now."
)
ON_THEIR_WAY = "Figures of some agencies are on their way"


def paper_of(report: NetworkReport, partnership: Partnership, *, is_complete: bool) -> Paper:
    """As it is handed to the board. Of what is not complete every page says so."""
    parts = [
        Part("How many there are", (Words((HIDDEN,)), report.whole, Points(report.conditions, KEPT_UP))),
        Part("Where champions are", (*_places(report.districts), *_places(report.kinds))),
        Part("Over twelve months", (_line(report.trend), report.trend)),
        Part("What is missing", (report.gaps,)),
        Part("Reached by briefings", (*report.reach, Words((REACHED,)))),
    ]
    return Paper(
        name="Learning report",
        heading="Report on the network",
        issuer=partnership.title,
        as_at=report.on,
        parts=parts,
        mark="" if is_complete else ON_THEIR_WAY,
    )


def _places(table: Table) -> tuple[Picture, Table]:
    """Active champions as bars, and the table they are from."""
    bars = Bars(tuple((row[0], row[1], _value(row[1])) for row in table.rows))
    title = f"Active champions {table.title[:1].lower()}{table.title[1:]}"
    return Picture(f"{title}, a bar each. The table after it has the same figures.", bars, title), table


def _line(table: Table) -> Picture:
    """The figures of a table over time."""
    points = [(_month(day), text, _value(text)) for day, text in table.rows]
    return Picture(f"{table.title}, as a line. The table after it has the same figures.", trend(points))


def _month(day: str) -> str:
    """Of '30 November 2025', 'Nov 2025': there is no room for more."""
    _, month, year = day.split()
    return f"{month[:3]} {year}"


def _value(text: str) -> int | None:
    """The figure as it is shown; nothing where it is hidden."""
    return int(text) if text.isdecimal() else None
