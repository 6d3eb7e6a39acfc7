"""Head-counts, the returns that agencies give each quarter, and what a partnership asks of them."""

from .head_counts import LARGEST, HeadCount
from .returns import AgencyReturn, CorrectionReason, How, ReturnLine, ReturnVersion, SentBackReason
from .terms import MOST_DAYS, USUAL_DAYS, ClosedQuarter, Reminded, ReturnTerms

__all__ = [
    "LARGEST",
    "MOST_DAYS",
    "USUAL_DAYS",
    "AgencyReturn",
    "ClosedQuarter",
    "CorrectionReason",
    "HeadCount",
    "How",
    "Reminded",
    "ReturnLine",
    "ReturnTerms",
    "ReturnVersion",
    "SentBackReason",
]
