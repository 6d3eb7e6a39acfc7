"""Agencies, posts and people, as rosters say: no name, no address, no job title."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce

from training.audit.former import former_values
from training.people.kinds import PostStatus
from training.people.models import (
    Agency,
    Duty,
    Locality,
    Membership,
    Post,
    RoleGroup,
    RosterImport,
    Sameness,
    Sharing,
    Term,
    Workplace,
)
from training.people.models.roster import ImportState, RowKind

from .table import Asked, Column, Row, Table, streamed

WHY = "facts for an auditor"


def members(asked: Asked) -> Any:
    """The agencies that are or were in the partnership, for a subquery."""
    return asked.known(Membership.objects.filter(partnership=asked.partnership)).order_by().values("agency")


def _agencies(asked: Asked) -> Iterator[Row]:
    former = former_values(Agency, "kind", asked.known_at)
    for pk, kind in streamed(Agency.objects.filter(pk__in=members(asked)), "pk", "kind"):
        yield pk, former.get(pk, kind)


def _memberships(asked: Asked) -> Iterator[Row]:
    rows = asked.known(Membership.objects.filter(partnership=asked.partnership))
    return streamed(rows, "agency_id", "starts_on", "ends_on")


def _imports(asked: Asked) -> Iterator[Row]:
    rows = RosterImport.objects.filter(agency__in=members(asked), applied_at__isnull=False)
    if asked.known_at is None:
        rows = rows.filter(state=ImportState.APPLIED)
    else:
        undone_later = Q(undone_at__isnull=True) | Q(undone_at__gt=asked.known_at)
        rows = rows.filter(undone_later, applied_at__lte=asked.known_at)
    for agency, at, counts in streamed(rows.order_by("applied_at", "pk"), "agency_id", "applied_at", "counts"):
        yield agency, at, counts.get(RowKind.REFUSED, 0)


def _role_groups(asked: Asked) -> Iterator[Row]:
    former = former_values(RoleGroup, "family", asked.known_at)
    for pk, code, family in streamed(RoleGroup.objects.all(), "pk", "code", "family"):
        yield code, former.get(pk, family)


def _workplaces(asked: Asked) -> Iterator[Row]:
    former = former_values(Workplace, "locality_id", asked.known_at)
    was = [When(pk=pk, then=Value(locality)) for pk, locality in former.items()]
    localities = dict(Locality.objects.values_list("pk", "code"))
    rows = Workplace.objects.filter(agency__in=members(asked)).annotate(place=Case(*was, default=F("locality_id")))
    for pk, locality in streamed(rows, "pk", "place"):
        yield pk, localities.get(locality)


def _posts(asked: Asked) -> Iterator[Row]:
    posts = Post.objects.everywhere(reason=WHY).filter(employment__agency__in=members(asked))
    entered_as = Coalesce("employment__entered_as_id", "employment__person_id")
    return streamed(posts, "pk", "employment__agency_id", "employment_id", entered_as, "employment__person_id")


def _terms(asked: Asked) -> Iterator[Row]:
    rows = asked.known(Term.objects.everywhere(reason=WHY)).filter(post__employment__agency__in=members(asked))
    fields = ("post_id", "starts_on", "ends_on", "role_group__code", "workplace_id", "locality__code", "status")
    on_leave = PostStatus.on_leave()
    for *said, status in streamed(rows.order_by("post_id", "starts_on", "pk"), *fields):
        yield *said, status in on_leave


def _duties(asked: Asked) -> Iterator[Row]:
    rows = asked.known(Duty.objects.everywhere(reason=WHY)).filter(post__employment__agency__in=members(asked))
    return streamed(rows, "post_id", "designation__code", "starts_on", "ends_on")


def _samenesses(asked: Asked) -> Iterator[Row]:
    rows = asked.known(Sameness.objects.everywhere(reason=WHY)).order_by("pk")
    for record, same_as, agency in streamed(rows, "record_id", "same_as_id", "agency_id"):
        yield record, same_as, agency is not None


def _sharings(asked: Asked) -> Iterator[Row]:
    return streamed(asked.known(Sharing.objects.everywhere(reason=WHY)).order_by("pk"), "record_id", "own_id")


STARTS = Column("starts_on", "day", "First day")
ENDS = Column("ends_on", "day", "Last day, counted; empty: no end is known")
AGENCY = Column("agency", "agency", "The agency")
POST = Column("post", "post", "The post")

TABLES = (
    Table(
        "agencies",
        "Every agency that is or was in the partnership.",
        (AGENCY, Column("kind", "code", "What kind of organisation it is; 'community' holds nobody's staff")),
        _agencies,
    ),
    Table("memberships", "On which days an agency was in the partnership.", (AGENCY, STARTS, ENDS), _memberships),
    Table(
        "roster_imports",
        "Roster files that were applied and not undone, in the order in which they were.",
        (
            AGENCY,
            Column("applied_at", "moment", "When"),
            Column("rows_refused", "number", "How many of its rows were refused"),
        ),
        _imports,
    ),
    Table(
        "role_groups",
        "Kinds of job.",
        (
            Column("role_group", "code", "Its code"),
            Column("family", "code", "The family that it belongs to"),
        ),
        _role_groups,
    ),
    Table(
        "workplaces",
        "Places of work.",
        (
            Column("workplace", "workplace", "The place"),
            Column("locality", "code", "The district it is in"),
        ),
        _workplaces,
    ),
    Table(
        "posts",
        "Posts, each of one record of a person at one agency.",
        (
            POST,
            AGENCY,
            Column("employment", "employment", "The entry on the agency's roster: several posts may be of one"),
            Column("person", "person", "The record it was entered as: training counts by it, and by `samenesses`"),
            Column("holder", "person", "The record it stands under now, where the agency has merged two"),
        ),
        _posts,
    ),
    Table(
        "terms",
        "What a post was from day to day, by post and day.",
        (
            POST,
            STARTS,
            ENDS,
            Column("role_group", "code", "The kind of job; empty: the job title has not been mapped to one"),
            Column("workplace", "workplace", "Where; empty: the roster does not say"),
            Column("locality", "code", "The district, where the roster says it; empty: the workplace's counts"),
            Column("is_on_leave", "flag", "1: on leave of a kind that pauses what is asked"),
        ),
        _terms,
    ),
    Table(
        "duties",
        "Designations held on posts.",
        (POST, Column("designation", "code", "Its code"), STARTS, ENDS),
        _duties,
    ),
    Table(
        "samenesses",
        "What has been said of two records: that they are of one person.",
        (
            Column("record", "person", "The one record"),
            Column("same_as", "person", "The other; training of `record` counts for it"),
            Column("is_by_agency", "flag", "1: their agency merged them, and training counts both ways"),
        ),
        _samenesses,
    ),
    Table(
        "sharings",
        "What people let another of their employers count.",
        (
            Column("record", "person", "The record that is shown the training"),
            Column("own", "person", "The record whose training it is"),
        ),
        _sharings,
    ),
)
