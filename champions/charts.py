"""The pictures of the network's coverage."""

from datetime import date

from champions.selectors.coverage import Coverage
from training.ui.charts import Matrix, Trend, matrix, trend


def grid_of(found: Coverage) -> Matrix:
    """Kinds of agency down, districts across: active champions of each."""
    rows = []
    for kind in found.kinds:
        counts = [found.grid.get((district.key, kind.key), 0) for district in found.districts]
        rows.append((kind.title, [(str(count), count) for count in counts]))
    return matrix("Kind of agency", [district.title for district in found.districts], rows)


def trend_of(counts: tuple[tuple[date, int], ...], target: int | None = None) -> Trend:
    """Month by month, and today."""
    return trend([(f"{day:%b %Y}", str(count), count) for day, count in counts], target)
