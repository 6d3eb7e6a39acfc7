"""What the tests of the outbox and the worker share."""

import pytest
from django_tasks_db.models import DBTaskResult

from training.notices.models import Notice, WorkerBeat


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Real commits, for what happens after a transaction or between two: the rows are taken away afterwards.

    Django's own way, emptying every table, is barred: the audit and the ledger cannot be emptied.
    """
    with django_db_blocker.unblock():
        yield
        Notice.objects.everywhere(reason="test").delete()
        WorkerBeat.objects.all().delete()
        DBTaskResult.objects.all().delete()
