"""Reads over the ledger: histories from facts, standings worked out live, and the read table."""

from .counts import counted_by
from .histories import PostHistory, histories
from .live import PostStanding, standings_of
from .mine import MyStanding, my_standings, own_standings
from .record import Record, record_of
from .summary import AgencySummary, FilterChoices, ModuleTally, Tally, TeamTally, agency_summary, filter_choices, tally
from .table import Filters, StaffStanding, StandingPage, agency_standings, team_standings

__all__ = [
    "AgencySummary",
    "FilterChoices",
    "Filters",
    "ModuleTally",
    "MyStanding",
    "PostHistory",
    "PostStanding",
    "Record",
    "StaffStanding",
    "StandingPage",
    "Tally",
    "TeamTally",
    "agency_standings",
    "agency_summary",
    "counted_by",
    "filter_choices",
    "histories",
    "my_standings",
    "own_standings",
    "record_of",
    "standings_of",
    "tally",
    "team_standings",
]
