"""Is the site alive, and can it do its work? For load balancers and alarms: yes or no, and no detail."""

import tempfile
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from training.access.gates import public
from training.notices.models import WorkerBeat

BEAT_IS_OLD = timedelta(minutes=2)


@public
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Nothing else is asked of it, so that a slow database does not get it restarted."""
    return JsonResponse({"status": "ok"})


@public
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Everything that the site needs is there: 200, or 503 with the names of what is not."""
    checks = readiness(at=timezone.now())
    ready = all(checks.values())
    status = 200 if ready else 503
    return JsonResponse({"status": "ready" if ready else "not ready", "checks": checks}, status=status)


def readiness(*, at: datetime) -> dict[str, bool]:
    """What the site needs, and whether it is there at this moment."""
    database = database_answers()
    return {
        "database": database,
        "migrations": database and are_migrations_applied(),
        "worker": database and is_worker_alive(at=at),
        "storage": is_storage_writable(),
    }


def database_answers() -> bool:
    """Whether a query comes back."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


def are_migrations_applied() -> bool:
    """Whether the tables are those the code was written for. A yes holds as long as the process lives."""
    try:
        return bool(_no_migration_is_waiting())
    except (DatabaseError, MigrationsWaiting):
        return False


class MigrationsWaiting(Exception):
    """Some migrations have not been applied."""


@cache
def _no_migration_is_waiting() -> bool:
    """True, remembered; a no is raised, so that it is not."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MigrationsWaiting
    return True


def is_worker_alive(*, at: datetime) -> bool:
    """Whether some worker has given a sign of life of late."""
    try:
        return WorkerBeat.objects.filter(at__gte=at - BEAT_IS_OLD).exists()
    except DatabaseError:
        return False


def is_storage_writable() -> bool:
    """Whether files can be written where the site keeps them."""
    folder = Path(settings.MEDIA_ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError:
        return False
    return True
