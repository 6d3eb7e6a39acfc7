"""The certificates of one module that follow each other: renewals, and corrections of them. From facts alone."""

from collections.abc import Sequence

from django.db.models import Q

from certificates.models import Certificate
from training.access.access import Access
from training.ledger.models import Entry


def own_chain(access: Access, certificate: Certificate) -> list[Certificate]:
    """Every certificate of one's own about the module, or about what refreshes it, in the order in which each holds.

    A corrected one stands right behind the one it supersedes; a renewal behind the last of the completion before it.
    """
    mine = Certificate.objects.visible_to(access).select_related("completion")
    return in_order(list(mine.filter(_about(certificate.completion))))


def last_before(completion: Entry) -> Certificate | None:
    """Of one that has no certificate yet: the one that its holder was issued last about the same, as corrected."""
    mine = Certificate.objects.of(completion.person).filter(_about(completion), superseded_by__isnull=True)
    return mine.order_by("-pk").first()


def _about(completion: Entry) -> Q:
    """Certificates about the module of a completion, or about what refreshes it."""
    module = completion.module
    first = module.refreshes_id or module.pk
    return Q(completion__module=first) | Q(completion__module__refreshes=first)


def in_order(rows: Sequence[Certificate]) -> list[Certificate]:
    """By the day of the completion, each followed by what supersedes it."""
    after = {row.supersedes_id: row for row in rows if row.supersedes_id}
    known = {row.pk for row in rows}
    lines = []
    for row in rows:
        if row.supersedes_id not in known:
            line = [row]
            while (later := after.get(line[-1].pk)) is not None:
                line.append(later)
            lines.append(line)
    lines.sort(key=lambda line: (line[-1].words.completed_on, line[0].pk))
    return [row for line in lines for row in line]


def newest_of_module(certificate: Certificate) -> Certificate:
    """The certificate of the holder's latest completion of the same module, as corrected; it may be this one."""
    mine = Certificate.objects.of(certificate.completion.person).filter(superseded_by__isnull=True)
    rows = mine.filter(completion__module=certificate.completion.module_id)
    rows = rows.exclude(completion__sequels__kind=Entry.Kind.VOID)
    return rows.order_by("-completion__completed_on", "-pk").first() or certificate
