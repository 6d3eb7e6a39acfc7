"""How many badges a second are signed, and what a check of a certificate costs: `run()` for `make bench`.

Everything it writes is rolled back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from time import process_time
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from certificates.badges import proof, site
from certificates.badges.credential import credential
from certificates.badges.status import entry_at
from certificates.code import new_code
from certificates.models import Certificate
from certificates.printing import address_of
from certificates.services import issue_all
from training.ledger.bench import make
from training.ledger.models import Completion
from training.people.models import Partnership

CERTIFICATES, SIGNED, LOOKS = 50, 300, 200
LEAST_A_SECOND = 300.0
MOST_CPU_MS = 8.0
DAY = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure, by the processor's time alone, and the most it may be."""

    name: str
    value: float
    unit: str
    most: float | None = None


def run() -> Iterator[Measured]:
    """Time signing, and the check page and its JSON, for codes of ours and for others."""
    with transaction.atomic():
        rows = _issued(make(posts=CERTIFICATES, completions=CERTIFICATES * 2, on=DAY))
        yield from _signing(rows)
        yield from _checking(rows)
        transaction.set_rollback(True)


def _issued(partnership: Partnership) -> list[Certificate]:
    completions = Completion.objects.everywhere(reason="bench").filter(partnership=partnership)
    return issue_all(completions.select_related("person", "module__tier", "partnership")[:CERTIFICATES])


def _signing(rows: list[Certificate]) -> Iterator[Measured]:
    """With a key of its own, whatever the site's are."""
    key, method = Ed25519PrivateKey.generate(), site.method_of("bench")
    proof.signed(_unsigned(rows[0]), key=key, method=method, at=AT)
    started = process_time()
    for number in range(SIGNED):
        proof.signed(_unsigned(rows[number % len(rows)]), key=key, method=method, at=AT)
    seconds = process_time() - started
    yield Measured("Badge signed", seconds / SIGNED * 1000, "ms CPU", 1000 / LEAST_A_SECOND)
    yield Measured("Badges signed, one core", SIGNED / seconds, "a second")


def _unsigned(row: Certificate) -> proof.Document:
    place = entry_at(row.pk, address=site.list_address(""))
    code, address = row.grouped_code, address_of(row)
    return credential(row.words, code=code, address=address, name=f"A {row.pk}", issuer=site.issuer(), status=place)


def _checking(rows: list[Certificate]) -> Iterator[Measured]:
    ours = [row.code for row in rows]
    others = [new_code() for _ in ours]
    for name, codes, ending in (("page", ours, ""), ("JSON", ours, ".json"), ("page, not ours", others, "")):
        milliseconds = _look(codes, ending) * 1000
        yield Measured(f"Check of a certificate: {name}", milliseconds, "ms CPU", MOST_CPU_MS)


def _look(codes: list[str], ending: str) -> float:
    """Seconds of the processor's time a look, each from another address."""
    client = Client(headers={"host": urlsplit(settings.BASE_URL).netloc})
    for code in codes[:5]:
        assert client.get(reverse("verify-code", args=[code + ending])).status_code in (200, 404)
    started = process_time()
    for number in range(LOOKS):
        address = reverse("verify-code", args=[codes[number % len(codes)] + ending])
        client.get(address, REMOTE_ADDR=f"192.0.2.{number % 250}")
    return (process_time() - started) / LOOKS
