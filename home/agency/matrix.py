"""The matrix page: of those required, how many are in date, by team, say, and module or tier; cells lead to people."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.audit import services as audit
from training.ledger.selectors import Tally
from training.strategy.suppress import NOT_REQUIRED

from .files import table_file
from .grid import EXCLUDED, Grid, GridRow, grid, grid_as_known, left_out
from .links import address, days_chosen
from .overview import percent
from .visit import Visit, looked, visit, with_known

GROUPS = 50  # on a page: a hospital has hundreds of teams, and each line has a cell for every module
KINDS = {"team": "Team", "role_group": "Role group", "workplace": "Workplace", "locality": "Locality"}
ACROSS = {"module": "Module", "tier": "Tier"}


@requires(Permission.SEE_STAFF)
def matrix(request: Request, code: str) -> HttpResponseBase:
    """Teams, role groups, workplaces or localities down; modules or tiers across."""
    seen = with_known(visit(request, code))
    by, across = _chosen(request, "by", KINDS), _chosen(request, "across", ACROSS)
    found = _grid(seen, by, across)
    looked(request, seen, "matrix read")
    here = reverse("agency-matrix", args=[seen.agency.code])
    days = days_chosen(request)
    page = Paginator(range(len(found.groups)), GROUPS).get_page(request.GET.get("page"))
    rows = found.rows_at(page.object_list)
    context = {
        "agency": seen.agency,
        "seen": seen,
        "by": KINDS[by],
        "across": ACROSS[across],
        "keep": {"by": by, "across": across},
        "ways": _ways(KINDS, by, lambda kind: address(here, days, by=kind, across=across)),
        "ways_across": _ways(ACROSS, across, lambda kind: address(here, days, by=by, across=kind)),
        "heads": [
            KINDS[by],
            *({"text": it.short, "numeric": True} for it in found.columns),
            {"text": "All", "numeric": True},
        ],
        "page": page,
        "rows": _lines(found, rows, _Links(seen, by, days)),
        "columns": [[it.short, it.title] for it in found.columns],
        "excluded_heads": [KINDS[by], *({"text": title, "numeric": True} for title in EXCLUDED)],
        "excluded": _excluded(found, rows),
        "overall": _overall(found.whole) if found.whole.counted else "",
        "here": here,
        "restated": address(reverse("agency-restated", args=[seen.agency.code]), days) if seen.known_on else "",
        "behind": address(reverse("agency-facts", args=[seen.agency.code]), days),
        "files": {
            kind: address(reverse(f"agency-matrix-{kind}", args=[seen.agency.code]), days, by=by, across=across)
            for kind in ("csv", "xlsx")
        },
    }
    return render(request, "home/agency/matrix.html", context)


@requires(Permission.SEE_STAFF)
def matrix_export(request: Request, code: str, kind: str) -> HttpResponseBase:
    """The same as a file: in date, required and share for each group and module, or tier."""
    seen = with_known(visit(request, code))
    by, across = _chosen(request, "by", KINDS), _chosen(request, "across", ACROSS)
    found = _grid(seen, by, across)
    mine = seen.agency
    audit.record(
        "matrix exported", by=request.access.actor, at=seen.at, kind="agency", uid=mine.uid, agency_code=mine.code
    )
    head = ["Agency", KINDS[by], "Code", ACROSS[across], "In date", "Required", "Percent", *EXCLUDED]
    return table_file(kind, f"matrix-{seen.on}", head, _exported(found, mine.code), seen.small_print)


class _Links:
    """Where a cell leads: to the people of the group, narrowed to the module, as at the same day."""

    def __init__(self, seen: Visit, by: str, days: dict[str, str]) -> None:
        self.people, self.by, self.days = reverse("agency-people", args=[seen.agency.code]), by, days

    def to(self, group: int | None, module: int | None) -> str:
        """The address."""
        only = {self.by: str(group)} if group else {"missing": self.by}
        return address(self.people, self.days, only, module=module)


def _chosen(request: Request, name: str, known: Mapping[str, str]) -> str:
    """One of the known ways; the first, unless another is named."""
    said = request.GET.get(name, "")
    return said if said in known else next(iter(known))


def _ways(known: Mapping[str, str], current: str, url: Callable[[str], str]) -> list[dict[str, Any]]:
    return [{"title": title, "url": url(kind), "is_current": kind == current} for kind, title in known.items()]


def _grid(seen: Visit, by: str, across: str) -> Grid:
    by_tier = across == "tier"
    if seen.known is None:
        return grid(seen.agency, by, on=seen.on, by_tier=by_tier)
    return grid_as_known(seen.known, by, by_tier=by_tier)


def _overall(whole: Tally) -> str:
    return f"{whole.valid:,} of {whole.counted:,}, {percent(whole.valid, whole.counted)}"


def _lines(found: Grid, rows: Iterable[GridRow], links: _Links) -> list[list[Any]]:
    lines = [
        [
            {"text": row.title, "url": links.to(row.pk, None)},
            *(
                _cell(tally, links.to(row.pk, column.module) if column.module else "")
                for tally, column in zip(row.cells, found.columns, strict=True)
            ),
            _cell(row.whole, ""),
        ]
        for row in rows
    ]
    totals = [_cell(tally, "") for tally in (*found.totals, found.whole)]
    return [*lines, ["All", *totals]]


def _cell(tally: Tally, url: str) -> dict[str, Any]:
    """'12 of 15, 80%'; 'n/a' where nobody is asked, or nobody who counts."""
    if not tally.counted:
        return {"text": NOT_REQUIRED, "numeric": True, "url": url if tally.states else ""}
    text = f"{tally.valid}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{tally.counted} {percent(tally.valid, tally.counted)}"
    return {"text": text, "numeric": True, "url": url}


def _excluded(found: Grid, rows: Iterable[GridRow]) -> list[list[Any]]:
    lines = [*((row.title, row.whole) for row in rows), ("All", found.whole)]
    return [
        [title, *({"text": str(count), "numeric": True} for count in left_out(whole).values())]
        for title, whole in lines
    ]


def _exported(found: Grid, code: str) -> Iterator[list[str | int]]:
    whole = GridRow(None, "All", found.totals, found.whole)
    for row in (*found.rows, whole):
        for column, tally in zip(found.columns, row.cells, strict=True):
            if tally.states:
                share = percent(tally.valid, tally.counted).removesuffix("%")
                counts = (tally.valid, tally.counted, int(share) if share.isdecimal() else share)
                yield [code, row.title, column.code, column.title, *counts, *left_out(tally).values()]
