"""The published promise: strategies with their outcome trees, and the figures that evidence them."""

from .coverage import CoverageBuild, CoverageCell
from .indicators import Indicator
from .places import PlacesCount
from .strategies import FormerStrategy, Objective, Outcome, OutcomeIndicator, Priority, Strategy, Target
from .values import IndicatorValue

__all__ = [
    "CoverageBuild",
    "CoverageCell",
    "FormerStrategy",
    "Indicator",
    "IndicatorValue",
    "Objective",
    "Outcome",
    "OutcomeIndicator",
    "PlacesCount",
    "Priority",
    "Strategy",
    "Target",
]
