"""What takes long to make is made once for a whole file of tests: each test takes back what it does, the file the rest."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def kept(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written inside stands until the end of the block, and nothing of it afterwards."""
    around = transaction.atomic()
    around._from_testcase = True  # as Django's own tests: what insists on the outermost transaction may run in it
    with blocker.unblock(), around:
        yield
        transaction.set_rollback(True)
