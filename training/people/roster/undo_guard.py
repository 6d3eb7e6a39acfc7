"""Undoing a file moves as many posts as applying it did: where that is more than usual, two people say so."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from training.access.access import Access
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.models import Agency, RoleGrant, RosterImport, RosterRow, Term
from training.people.models.roster import ImportState, RowKind

from .alarm import alarm_of
from .approve import agencies_from_outside, keepers
from .lately import moved_lately

OWN_MISTAKE = timedelta(hours=1)
WISH_HOLDS = timedelta(days=7)


@transaction.atomic
def second_person_needed(roster_import: RosterImport, *, by: Actor, at: datetime) -> str:
    """Why somebody else must press undo as well, with this one's wish kept; '' where it may be undone now.

    Whoever applied it takes it back alone within the hour. Where one person alone looks after the roster, the second
    comes from outside (`undoing_outside`).
    """
    Agency.objects.select_for_update(no_key=True).get(pk=roster_import.agency_id)
    applied = RosterImport.objects.select_related("agency").get(pk=roster_import.pk)
    on = london_date(at)
    is_own_mistake = applied.applied_by == str(by) and applied.applied_at and at - applied.applied_at <= OWN_MISTAKE
    if is_own_mistake or not _is_unusual(applied, at=at):
        return ""
    asked_at = applied.undo_asked_at
    if applied.undo_asked_by not in ("", str(by)) and asked_at and at - asked_at <= WISH_HOLDS:
        return ""
    applied.undo_asked_at, applied.undo_asked_by = at, str(by)
    applied.save(update_fields=["undo_asked_at", "undo_asked_by"])
    audit.record(
        "roster undo asked",
        by=by,
        at=at,
        kind="roster_import",
        uid=applied.uid,
        agency_code=applied.agency.code,
    )
    second = "your partnership's coordinator or a system administrator to open 'Roster approvals'"
    if not _is_alone(applied, on=on):
        second = "a colleague to open this page"
    return (
        "Undoing this file would end or change more than a tenth of your roster, so two people must press undo."
        f" You are the first. Ask {second} within {WISH_HOLDS.days} days."
    )


def undoing_outside(access: Access, *, on: date, at: datetime) -> list[RosterImport]:
    """Files that wait for this one's press of undo: of agencies they look after from outside, with no other second."""
    wished = RosterImport.objects.filter(state=ImportState.APPLIED, undo_asked_at__gte=at - WISH_HOLDS, work="")
    wished = wished.filter(agency__in=agencies_from_outside(access, on=on)).exclude(undo_asked_by=str(access.actor))
    return [each for each in wished.select_related("agency") if _is_alone(each, on=on)]


def _is_alone(applied: RosterImport, *, on: date) -> bool:
    """Whether nobody but the one who first pressed undo looks after the roster."""
    return all(f"user:{user.uid}" == applied.undo_asked_by for user in keepers(applied.agency, on=on))


def _is_unusual(applied: RosterImport, *, at: datetime) -> bool:
    """By the alarm that files have: what the file made would end, what it changed or ended would change."""
    running = Term.objects.within(applied.agency).known_now().current_on(london_date(at))
    posts = running.order_by().values("post").distinct().count()
    counts = applied.counts
    changing = counts.get("changed", 0) + counts.get("left", 0)
    lately = moved_lately(applied.agency, as_at=london_date(at), apart_from=applied)
    alarm = alarm_of(posts=posts, leaving=counts.get("new", 0), changing=changing, lately=lately)
    return alarm.needs_approval or _gave_a_post_to_a_role(applied, on=london_date(at))


def _gave_a_post_to_a_role(applied: RosterImport, *, on: date) -> bool:
    """Whether somebody with a role for the agency has a post, or has it for longer, by this file alone."""
    grants = RoleGrant.objects.filter(agency=applied.agency).exclude(ends_on__lt=on)
    theirs = RosterRow.objects.of(applied).filter(person__user__in=grants.values("user"))
    return theirs.filter(Q(kind=RowKind.NEW) | Q(changes__has_any_keys=["start_date", "end_date"])).exists()
