"""Filling a return in: begun from the last one, line by line or from a file, and handed over to be signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.pathways.models import Module
from training.people.models import Agency, Partnership, RoleGroup
from training.returns.errors import AlreadyThere, NotAsked, NotNow, TooMany, Unfinished
from training.returns.models import AgencyReturn, ReturnLine, ReturnVersion
from training.returns.quarters import Quarter
from training.returns.selectors.asked import is_asked, terms_of
from training.returns.selectors.bounds import bounds_of
from training.returns.selectors.signers import signers

from .telling import tell


@dataclass(frozen=True, slots=True)
class Line:
    """What one line says."""

    role_group: RoleGroup
    module: Module
    trained: int | None
    how: str
    evidence: str = ""


@transaction.atomic
def begin(*, agency: Agency, partnership: Partnership, quarter: Quarter, by: Actor, at: datetime) -> AgencyReturn:
    """A return to fill in, with the lines of the last one and no numbers. NotAsked, AlreadyThere."""
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    if terms_of(partnership).days(quarter) is None or not is_asked(partnership, agency, quarter):
        raise NotAsked(f"No return is asked of you for {quarter.title}.")
    if london_date(at) < quarter.opens_on:
        raise NotAsked(f"{quarter.title} is not over yet. You can fill its return in from {_day(quarter)}.")
    row, is_new = AgencyReturn.objects.get_or_create(
        agency=agency, partnership=partnership, quarter_on=quarter.starts_on
    )
    if not is_new:
        raise AlreadyThere(f"There is a return for {quarter.title} already. This is it.")
    version = new_version(row, by=by, at=at)
    last = ReturnVersion.objects.in_force().filter(
        of__agency=agency, of__partnership=partnership, of__quarter_on__lt=quarter.starts_on
    )
    copy_lines(last.order_by("-of__quarter_on").first(), version, with_numbers=False)
    on_record("return begun", row, by=by, at=at)
    return row


def _day(quarter: Quarter) -> str:
    return f"{quarter.opens_on.day} {quarter.opens_on:%B %Y}"


@transaction.atomic
def set_line(
    *, of: AgencyReturn, line: Line, by: Actor, at: datetime, instead_of: ReturnLine | None = None
) -> ReturnLine:
    """Add a line, or change one. AlreadyThere, TooMany, NotNow."""
    version = open_version(of)
    _insist_on_room(of, [line])
    same = version.lines.filter(role_group=line.role_group, module=line.module)
    if (same.exclude(pk=instead_of.pk) if instead_of else same).exists():
        raise AlreadyThere(f"There is a line for {line.role_group} and {line.module} already. Change that one.")
    if instead_of:
        version.lines.filter(pk=instead_of.pk).delete()
    row = _created(version, [line])[0]
    on_record("return changed", of, by=by, at=at)
    return row


@transaction.atomic
def remove_line(*, of: AgencyReturn, line: ReturnLine, by: Actor, at: datetime) -> None:
    """Take a line out. NotNow."""
    open_version(of).lines.filter(pk=line.pk).delete()
    on_record("return changed", of, by=by, at=at)


@transaction.atomic
def set_lines(*, of: AgencyReturn, lines: Iterable[Line], by: Actor, at: datetime) -> int:
    """Put these in the place of every line; how many differ from what stood there. TooMany, NotNow."""
    version = open_version(of)
    said = list(lines)
    _insist_on_room(of, said)
    before = {_said(row) for row in version.lines.all()}
    after = {(each.role_group.pk, each.module.pk, each.trained, each.how, each.evidence) for each in said}
    if before == after:
        return 0
    version.lines.all().delete()
    _created(version, said)
    on_record("return changed", of, by=by, at=at, lines=len(said))
    return len(before ^ after)


def _said(row: ReturnLine) -> tuple[int, int, int | None, str, str]:
    return row.role_group_id, row.module_id, row.trained, row.how, row.evidence


@transaction.atomic
def hand_over(*, of: AgencyReturn, held_none: bool, by: Actor, at: datetime) -> None:
    """Hand the return over to be signed. `held_none` says that a return without lines is meant.

    Unfinished, TooMany, NotNow.
    """
    version = open_version(of)
    lines = list(version.lines.select_related("role_group", "module"))
    if not lines and not held_none:
        raise Unfinished("Add a line, or say that you held no training of your own.")
    if lines and held_none:
        raise Unfinished("There are lines in this return. Take them out if you held no training of your own.")
    empty = sum(line.trained is None for line in lines)
    if empty:
        raise Unfinished(f"Put a number into every line, or take the line out. Still empty: {empty}.")
    _insist_on_room(of, lines)
    ReturnVersion.objects.filter(pk=version.pk).update(handed_over_at=at, handed_over_by=str(by))
    on_record("return handed over", of, by=by, at=at, lines=len(lines))
    others = [user for user in signers(of.agency, on=london_date(at)) if f"user:{user.uid}" != str(by)]
    tell(others, "to_sign", page_of(of), at=at)


@transaction.atomic
def take_back(*, of: AgencyReturn, by: Actor, at: datetime) -> None:
    """Open a return again that was handed over and is not signed. NotNow."""
    _hold(of)
    waiting = of.versions.being_made().filter(handed_over_at__isnull=False)
    if not waiting.update(handed_over_at=None, handed_over_by=""):
        raise NotNow("This return does not wait to be signed.")
    on_record("return taken back", of, by=by, at=at)


@transaction.atomic
def correct(*, of: AgencyReturn, reason: str, by: Actor, at: datetime) -> ReturnVersion:
    """Begin to put right what is signed. It holds until the correction is signed itself. NotNow."""
    _hold(of)
    holding = of.versions.in_force().first()
    if holding is None or of.versions.being_made().exists():
        raise NotNow("Only a signed return can be corrected, once at a time.")
    version = new_version(of, by=by, at=at, correction_reason=reason)
    copy_lines(holding, version)
    on_record("return correction begun", of, by=by, at=at, reason=reason)
    return version


def open_version(of: AgencyReturn) -> ReturnVersion:
    """The version that can be filled in, with the return locked. NotNow where there is none."""
    _hold(of)
    version = of.versions.being_made().filter(handed_over_at__isnull=True).first()
    if version is None:
        raise NotNow("This return has been handed over or signed. Take it back, or correct it, to change it.")
    return version


def _hold(of: AgencyReturn) -> None:
    AgencyReturn.objects.select_for_update(no_key=True).get(pk=of.pk)


def _insist_on_room(of: AgencyReturn, lines: Iterable[Line | ReturnLine]) -> None:
    """Refuse numbers of people that the agency does not have."""
    bounds = bounds_of(of.agency, of.quarter)
    for line in lines:
        words = bounds.refusal(line.role_group, line.trained)
        if words:
            raise TooMany(words)


def new_version(of: AgencyReturn, *, by: Actor, at: datetime, correction_reason: str = "") -> ReturnVersion:
    """A version without lines."""
    return ReturnVersion.objects.create(of=of, recorded_at=at, recorded_by=str(by), correction_reason=correction_reason)


def copy_lines(source: ReturnVersion | None, version: ReturnVersion, *, with_numbers: bool = True) -> None:
    """The lines of one version in another; without numbers also without their evidence."""
    rows = source.lines.select_related("role_group", "module") if source else ()
    _created(
        version,
        (
            Line(
                row.role_group,
                row.module,
                row.trained if with_numbers else None,
                row.how,
                row.evidence if with_numbers else "",
            )
            for row in rows
        ),
    )


def _created(version: ReturnVersion, lines: Iterable[Line]) -> list[ReturnLine]:
    return ReturnLine.objects.bulk_create(
        ReturnLine(
            version=version,
            role_group=line.role_group,
            module=line.module,
            trained=line.trained,
            how=line.how,
            evidence=line.evidence,
        )
        for line in lines
    )


def page_of(of: AgencyReturn) -> str:
    """The address of the return's page, for its agency."""
    return reverse("agency-return", args=[of.agency.code, of.partnership.code, of.quarter.code])


def on_record(verb: str, of: AgencyReturn, *, by: Actor, at: datetime, **more: Any) -> None:
    """The audit's line about a return."""
    audit.record(
        verb,
        by=by,
        at=at,
        kind="return",
        uid=of.uid,
        agency_code=of.agency.code,
        partnership_code=of.partnership.code,
        quarter=of.quarter.code,
        **more,
    )
