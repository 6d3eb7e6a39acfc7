"""An agency's figures as at a day, as known at a moment: worked out from facts, and never from the read table."""

from .behind import FactLine, Figured, facts_behind
from .figures import AgencyReport, Division, Figure, agency_report
from .lines import Line, lines_as_known
from .restated import Restatement, restatements

__all__ = [
    "AgencyReport",
    "Division",
    "FactLine",
    "Figure",
    "Figured",
    "Line",
    "Restatement",
    "agency_report",
    "facts_behind",
    "lines_as_known",
    "restatements",
]
