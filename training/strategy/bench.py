"""How long the board's coverage takes at the size promised: a build from facts, and the whole page from the build."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from time import perf_counter, process_time

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from training.access.clock import london_date
from training.access.roles import BOARD_MEMBER
from training.ledger.bench import COMPLETIONS, POSTS, make
from training.people.models import Agency, Partnership, RoleGrant, RosterImport, User
from training.people.models.roster import ImportState

from .models import CoverageBuild, CoverageCell
from .rebuild import rebuild_coverage

PAGES = 21


@dataclass(frozen=True, slots=True)
class Timing:
    """What was made, and the seconds taken; `page` is the middle one of twenty-one requests in the process.

    `cpu` are the seconds of the rebuild in which this process was at work.
    """

    posts: int
    completions: int
    cells: int
    rebuild: float
    cpu: float
    page: float
    queries: int


def run(*, posts: int = POSTS, completions: int = COMPLETIONS) -> Timing:
    """Make the partnership, build its coverage, open the board's page, and take everything back."""
    at = timezone.now()
    on = london_date(at)
    with transaction.atomic():
        partnership = make(posts=posts, completions=completions, on=on)
        send_rosters(partnership, at)
        started, busy = perf_counter(), process_time()
        build = rebuild_coverage(partnership, on=on, at=at)
        rebuilt, cpu = perf_counter() - started, process_time() - busy
        client = _board_member(partnership, on, at)
        url = reverse("board", args=[partnership.code])
        page = median(_seconds(client, url) for _ in range(PAGES))
        with CaptureQueriesContext(connection) as queries:
            _seconds(client, url)
        cells = build.cells.count()
        transaction.set_rollback(True)
    return Timing(posts, completions, cells, rebuilt, cpu, page, len(queries))


def send_rosters(partnership: Partnership, at: datetime) -> None:
    """A roster applied for each agency."""
    RosterImport.objects.bulk_create(
        RosterImport(
            agency=agency,
            sha256="0" * 64,
            as_at=london_date(at),
            state=ImportState.APPLIED,
            staged_at=at,
            staged_by="system:bench",
            applied_at=at,
            applied_by="system:bench",
        )
        for agency in Agency.objects.filter(partnerships=partnership)
    )


def copy_build(build: CoverageBuild, days: Sequence[date], *, percent: int = 100) -> None:
    """The same figures for other days, in no time; in date are so many in the hundred, less with each day."""
    same = [
        field.column for field in CoverageCell._meta.concrete_fields if field.name not in ("id", "build", "numerator")
    ]
    columns = ", ".join(connection.ops.quote_name(str(column)) for column in same)
    table = CoverageCell._meta.db_table
    for place, day in enumerate(days):
        copy = CoverageBuild.objects.create(
            partnership=build.partnership,
            as_at=day,
            worked_out_at=build.worked_out_at,
            milliseconds=build.milliseconds,
            agencies=build.agencies,
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (build_id, numerator, {columns}) "  # noqa: S608 - names of columns alone
                f"SELECT %s, numerator * %s / 100, {columns} FROM {table} WHERE build_id = %s",
                [copy.pk, percent - place, build.pk],
            )


def _board_member(partnership: Partnership, on: date, at: datetime) -> Client:
    """Somebody signed in who sits on the board."""
    user = User.objects.create_user(f"board@{partnership.code}.example")
    RoleGrant.objects.create(
        user=user,
        role_code=BOARD_MEMBER.code,
        partnership=partnership,
        starts_on=on,
        recorded_at=at,
        recorded_by="system:bench",
    )
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def _seconds(client: Client, url: str) -> float:
    started = perf_counter()
    answer = client.get(url, secure=True)
    taken = perf_counter() - started
    if answer.status_code != 200:
        raise RuntimeError(f"the board's page answered {answer.status_code}")
    return taken
