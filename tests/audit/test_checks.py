"""What the system checks say."""

from types import SimpleNamespace

import pytest
from django.conf import settings as site
from django.core.checks import run_checks

from training.audit import checks


def database(mode: str, version: tuple[int, ...]):
    """A SQLite connection with this journal and library."""

    class Cursor:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def execute(self, query):
            assert query == "PRAGMA journal_mode"
            return SimpleNamespace(fetchone=lambda: (mode,))

    return SimpleNamespace(
        vendor="sqlite",
        is_in_memory_db=lambda: False,
        cursor=Cursor,
        Database=SimpleNamespace(sqlite_version=".".join(map(str, version)), sqlite_version_info=version),
    )


@pytest.mark.parametrize(
    ("mode", "version", "identity", "says"),
    [
        ("wal", (3, 51, 3), "training.I001", "runs in WAL mode: write-ahead logging is safe"),
        ("wal", (3, 44, 6), "training.I001", "runs in WAL mode"),
        ("truncate", (3, 40, 1), "training.I001", "runs in TRUNCATE mode: write-ahead logging can lose a commit"),
        ("wal", (3, 40, 1), "training.E001", "can lose a commit"),
        ("wal", (3, 51, 2), "training.E001", "can lose a commit"),
    ],
)
def test_the_check_says_which_journal_and_why(monkeypatch, mode, version, identity, says):
    monkeypatch.setattr(checks, "connections", {"default": database(mode, version)})
    [message] = checks.sqlite_journal(databases=["default"])
    assert message.id == identity
    assert says in message.msg


def test_the_real_database_is_looked_at(db):
    found = [message.id for message in run_checks(databases=["default"]) if message.id]
    expected = ["training.I001"] if site.DATABASES["default"]["ENGINE"].endswith("sqlite3") else []
    assert [identity for identity in found if identity.startswith("training.")] == expected


@pytest.mark.parametrize("host", ["training.example", "TRAINING.example:443", "https://training.example"])
def test_the_sites_own_host_is_no_content_host(settings, host):
    settings.BASE_URL, settings.CONTENT_HOST = "https://training.example", host
    assert [message.id for message in checks.content_host()] == ["training.E002"]


def test_another_host_is_a_content_host(settings):
    settings.BASE_URL, settings.CONTENT_HOST = "https://training.example", "content.example"
    assert checks.content_host() == checks.no_content_host() == []


def test_an_empty_content_host_is_told_at_deployment(settings):
    settings.CONTENT_HOST = ""
    assert checks.content_host() == []
    assert [message.id for message in checks.no_content_host()] == ["training.W001"]
