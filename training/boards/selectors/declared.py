"""What agencies declare for the quarter that a pack's day ends or follows, as its board may see it."""

from datetime import date, timedelta

from training.boards.contents import DeclaredPart, DeclaredRow
from training.people.models import Partnership
from training.returns.quarters import Quarter
from training.returns.selectors.asked import terms_of
from training.strategy.possible import ASSUMED
from training.strategy.report import Report
from training.strategy.selectors.declared import DeclaredLine, declared_table


def declared_quarter(partnership: Partnership, as_at: date) -> Quarter | None:
    """The last quarter that was over by the end of a pack's day, where returns are asked for it."""
    return next(iter(terms_of(partnership).quarters(as_at + timedelta(days=1))), None)


def declared_part(partnership: Partnership, report: Report) -> DeclaredPart:
    """What they declare for that quarter."""
    found = declared_table(partnership, report, declared_quarter(partnership, report.on))
    return DeclaredPart(
        quarter=found.quarter.title if found.quarter else "",
        rows=tuple(_row(each) for each in found.lines),
        trained=found.trained.numerator_text,
        not_returned=found.not_returned,
        left_out=found.left_out,
        assumed=ASSUMED,
    )


def _row(line: DeclaredLine) -> DeclaredRow:
    known = line.known.mark or f"{line.known.numerator_text} of {line.known.denominator_text}"
    return DeclaredRow(
        title=line.title,
        known=known,
        left_out=line.left_out.numerator_text,
        staff=line.staff or "Not declared",
        possible=line.possible or line.known.percent_text,
        trained=line.trained.numerator_text,
        stage=line.stage.value if line.stage else "Not asked",
    )
