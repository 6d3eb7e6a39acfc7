"""Reading certificates: the holder's own, and those that another page lists."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from certificates import code, services
from certificates.answer import Answer, Kind, answer_on
from certificates.models import Certificate
from certificates.snapshot import FIRST_TEMPLATE, Snapshot
from training.access.access import Access
from training.ledger.models import Completion
from training.ledger.selectors import Record
from training.ui.templatetags.ui import minutes, uk_date


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    """A certificate as its holder sees it."""

    uid: UUID
    url: str
    plain_code: str
    words: Snapshot
    answer: Answer

    @property
    def grouped_code(self) -> str:
        """The code as printed."""
        return code.grouped(self.plain_code)

    @property
    def is_withdrawn(self) -> bool:
        """Whether its holder has to be told that it no longer counts."""
        return self.answer.kind is Kind.WITHDRAWN

    @property
    def has_badge(self) -> bool:
        """Whether there is something to carry as a badge: not where it is withdrawn, replaced, or recorded only."""
        return self.answer.kind in (Kind.IN_DATE, Kind.NO_END, Kind.RAN_OUT)

    @property
    def has_shapes(self) -> bool:
        """Whether it can be printed in more than one shape: the first template knows one."""
        return self.words.template != FIRST_TEMPLATE

    @property
    def facts(self) -> list[dict[str, str]]:
        """Rows of a summary list."""
        return [*facts_of(self.words.name, self.words), {"key": "Today", "value": self.answer.words}]


def own_certificates(access: Access, *, on: date) -> list[OwnCertificate]:
    """One's own certificates, the latest completion first; what the worker has not come to is issued now."""
    mine = Completion.objects.everywhere(reason="narrowed to the one who asks").filter(person__in=access.records)
    services.issue_all(mine.standing().filter(certificates=None) if access.person_id else ())
    rows = Certificate.objects.visible_to(access).filter(superseded_by__isnull=True).with_withdrawal()
    return [_own(row, on) for row in rows.order_by("-completion__completed_on", "-id")]


def own_certificate(access: Access, uid: UUID, *, on: date) -> OwnCertificate:
    """One of one's own certificates; anybody else's does not exist (404)."""
    row = Certificate.objects.visible_to(access).with_withdrawal().filter(uid=uid).first()
    if row is None:
        raise Http404
    return _own(row, on)


def certificate_of_own(access: Access, completion_uid: UUID, *, at: datetime) -> Certificate:
    """The certificate of one's own completion, issued now if the news had not come; 404 for anybody else's."""
    mine = Completion.objects.everywhere(reason="narrowed to the one who asks").filter(person__in=access.records)
    completion = mine.filter(uid=completion_uid).first() if access.person_id else None
    if completion is None:
        raise Http404
    try:
        return services.issue(completion, at=at)
    except services.NothingToCertify as reason:
        raise Http404 from reason


def certificates_of(record: Record, *, on: date) -> dict[int, OwnCertificate]:
    """The latest certificate of each completion of a record, by the completion's id.

    One plain query; what the worker has not come to is issued now.
    """
    rows = list(Certificate.objects.of_completions(record.completions))
    has_one = {row.completion_id for row in rows}
    rows += services.issue_all(it for it in record.completions if it.pk not in has_one)
    replaced = {row.supersedes_id for row in rows}
    latest = (row for row in rows if row.pk not in replaced)
    return {row.completion_id: _of_record(row, record, on) for row in latest}


def _own(row: Certificate, on: date) -> OwnCertificate:
    words = row.words
    return OwnCertificate(row.uid, row.get_absolute_url(), row.code, words, answer_of(row, words, on))


def _of_record(row: Certificate, record: Record, on: date) -> OwnCertificate:
    """Of a completion that nothing has voided."""
    words = row.words
    answer = answer_on(
        on,
        valid_until=words.valid_until,
        is_voided=False,
        revoked_on=record.revoked_on.get(row.completion_id),
        is_recorded_only=words.is_recorded_only,
    )
    return OwnCertificate(row.uid, row.get_absolute_url(), row.code, words, answer)


def facts_of(name: str, words: Snapshot) -> list[dict[str, str]]:
    """What stands on a certificate, for people to read."""
    level = f"{words.tier}, NICE level {words.nice_level}" if words.nice_level else words.tier
    rows = {
        "Name": name,
        "Module": f"{words.module_title} ({words.module_code})",
        "Level": level,
        "Completed on": uk_date(words.completed_on),
        "Valid until": "" if words.is_recorded_only else uk_date(words.valid_until) or "No end date",
        "Learning time": minutes(words.minutes) if words.minutes else "",
        "How": words.method,
        "Taught by": words.provider if words.provider != words.partnership else "",
        "Led by": words.trainer,
        "Measured against": words.standards,
        "Issued by": words.partnership,
        "Issued on": uk_date(words.issued_on),
    }
    return [{"key": key, "value": value} for key, value in rows.items() if value]


def answer_of(row: Any, words: Snapshot, on: date) -> Answer:
    """Of a row that carries its withdrawal."""
    return answer_on(
        on,
        valid_until=words.valid_until,
        is_voided=row.is_voided,
        revoked_on=row.revoked_on,
        is_replaced=row.is_replaced,
        is_recorded_only=words.is_recorded_only,
    )
