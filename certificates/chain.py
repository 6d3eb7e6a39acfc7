"""The certificates of one module that follow each other: renewals, and corrections of them. From facts alone."""

from collections.abc import Sequence

from certificates.models import Certificate
from training.access.access import Access
from training.ledger.models import Entry


def own_chain(access: Access, certificate: Certificate) -> list[Certificate]:
    """Every certificate of one's own about the module, or about what refreshes it, in the order in which each holds.

    A corrected one stands right behind the one it supersedes; a renewal behind the last of the completion before it.
    """
    module = certificate.completion.module
    first = module.refreshes_id or module.pk
    mine = Certificate.objects.visible_to(access).select_related("completion")
    rows = mine.filter(completion__module=first) | mine.filter(completion__module__refreshes=first)
    return in_order(list(rows))


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
