"""The matrix page: of those required, how many are in date, by team or by role group; each cell leads to the people."""

from collections.abc import Iterator
from typing import Any

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

KINDS = {"team": "Team", "role_group": "Role group"}


@requires(Permission.SEE_STAFF)
def matrix(request: Request, code: str) -> HttpResponseBase:
    """Teams or role groups down, modules across."""
    seen = with_known(visit(request, code))
    by = _by(request)
    found = _grid(seen, by)
    looked(request, seen, "matrix read")
    here = reverse("agency-matrix", args=[seen.agency.code])
    days = days_chosen(request)
    context = {
        "agency": seen.agency,
        "seen": seen,
        "by": KINDS[by],
        "ways": [
            {"title": title, "url": address(here, days, by=kind), "is_current": kind == by}
            for kind, title in KINDS.items()
        ],
        "heads": [
            KINDS[by],
            *({"text": it.neutral_title.removeprefix("Module ") or it.code, "numeric": True} for it in found.modules),
            {"text": "All", "numeric": True},
        ],
        "rows": _lines(found, _Links(seen, by, days)),
        "modules": [[it.neutral_title.removeprefix("Module ") or it.code, it.title] for it in found.modules],
        "excluded_heads": [KINDS[by], *({"text": title, "numeric": True} for title in EXCLUDED)],
        "excluded": _excluded(found),
        "overall": _overall(found.whole) if found.whole.counted else "",
        "here": here,
        "restated": address(reverse("agency-restated", args=[seen.agency.code]), days) if seen.known_on else "",
        "behind": address(reverse("agency-facts", args=[seen.agency.code]), days),
        "files": {
            kind: address(reverse(f"agency-matrix-{kind}", args=[seen.agency.code]), days, by=by)
            for kind in ("csv", "xlsx")
        },
    }
    return render(request, "home/agency/matrix.html", context)


@requires(Permission.SEE_STAFF)
def matrix_export(request: Request, code: str, kind: str) -> HttpResponseBase:
    """The same as a file: in date, required and share for each group and module."""
    seen = with_known(visit(request, code))
    by = _by(request)
    found = _grid(seen, by)
    mine = seen.agency
    audit.record(
        "matrix exported", by=request.access.actor, at=seen.at, kind="agency", uid=mine.uid, agency_code=mine.code
    )
    head = ["Agency", KINDS[by], "Code", "Module", "In date", "Required", "Percent", *EXCLUDED]
    return table_file(kind, f"matrix-{seen.on}", head, _exported(found, mine.code), seen.small_print)


class _Links:
    """Where a cell leads: to the people of the group, narrowed to the module, as at the same day."""

    def __init__(self, seen: Visit, by: str, days: dict[str, str]) -> None:
        self.people, self.by, self.days = reverse("agency-people", args=[seen.agency.code]), by, days

    def to(self, group: int | None, module: int | None) -> str:
        """The address."""
        only = {self.by: str(group)} if group else {"missing": self.by}
        return address(self.people, self.days, only, module=module)


def _by(request: Request) -> str:
    by = request.GET.get("by", "team")
    return by if by in KINDS else "team"


def _grid(seen: Visit, by: str) -> Grid:
    return grid(seen.agency, by, on=seen.on) if seen.known is None else grid_as_known(seen.known, by)


def _overall(whole: Tally) -> str:
    return f"{whole.valid:,} of {whole.counted:,}, {percent(whole.valid, whole.counted)}"


def _lines(found: Grid, links: _Links) -> list[list[Any]]:
    lines = [
        [
            {"text": row.title, "url": links.to(row.pk, None)},
            *(
                _cell(tally, links.to(row.pk, module.pk))
                for tally, module in zip(row.cells, found.modules, strict=True)
            ),
            _cell(row.whole, ""),
        ]
        for row in found.rows
    ]
    totals = [_cell(tally, "") for tally in (*found.totals, found.whole)]
    return [*lines, ["All", *totals]]


def _cell(tally: Tally, url: str) -> dict[str, Any]:
    """'12 of 15, 80%'; 'n/a' where nobody is asked, or nobody who counts."""
    if not tally.counted:
        return {"text": NOT_REQUIRED, "numeric": True, "url": url if tally.states else ""}
    text = f"{tally.valid}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{tally.counted} {percent(tally.valid, tally.counted)}"
    return {"text": text, "numeric": True, "url": url}


def _excluded(found: Grid) -> list[list[Any]]:
    rows = [*((row.title, row.whole) for row in found.rows), ("All", found.whole)]
    return [
        [title, *({"text": str(count), "numeric": True} for count in left_out(whole).values())] for title, whole in rows
    ]


def _exported(found: Grid, code: str) -> Iterator[list[str | int]]:
    whole = GridRow(None, "All", found.totals, found.whole)
    for row in (*found.rows, whole):
        for module, tally in zip(found.modules, row.cells, strict=True):
            if tally.states:
                share = percent(tally.valid, tally.counted).removesuffix("%")
                counts = (tally.valid, tally.counted, int(share) if share.isdecimal() else share)
                yield [code, row.title, module.code, module.title, *counts, *left_out(tally).values()]
