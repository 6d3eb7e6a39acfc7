"""What stands on an agency's roster, as known now, by the references that its files use."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from training.people.duties import GIVEN
from training.people.models import Agency, Duty, Employment, Post, RoleGrant, Team, Term, Workplace

from .lists import Lists, lists_of
from .spans import Content, Span
from .understand import Key, fte_text

AT_ONCE = 5_000  # rows: those of a hundred thousand posts would all stand in memory twice
NO_DUTY: Mapping[str, list[Any]] = {}  # stands in for the empty ones of a hundred thousand posts; never written to


@dataclass(slots=True)
class EmploymentState:
    """One employee reference and the person behind it; `person` as PERSON names it."""

    id: int
    person_id: int
    person: tuple[str, ...]


@dataclass(slots=True)
class PostState:
    """One assignment, its terms and its duties by designation; ids stand beside the spans they belong to."""

    id: int
    terms: tuple[Span, ...] = ()
    term_ids: tuple[int, ...] = ()
    duties: Mapping[str, list[Span]] = field(default_factory=lambda: NO_DUTY)
    duty_ids: Mapping[str, list[int]] = field(default_factory=lambda: NO_DUTY)
    given: frozenset[str] = frozenset()
    """Designations whose last days a room above has given: a file that does not name them does not end them."""


@dataclass(slots=True)
class Standing:
    """The whole roster of an agency."""

    agency: Agency
    lists: Lists
    employments: dict[str, EmploymentState]
    posts: dict[Key, PostState]
    teams: dict[str, int]
    workplaces: dict[str, int]
    workplace_of: dict[str, str]
    workplace_localities: dict[str, int | None]
    locality_codes: dict[int, str]
    role_holders: Mapping[str, tuple[str, date | None]] = field(default_factory=dict)
    """Who has a role for the agency, by reference: the name, and the role's last day."""


def standing_of(agency: Agency) -> Standing:
    """Read it, in a fixed number of queries."""
    lists = lists_of(agency)
    places = list(Workplace.objects.filter(agency=agency).values_list("id", "code", "title", "locality_id"))
    employments = {
        ref: EmploymentState(pk, person_id, tuple(person))
        for pk, ref, person_id, *person in Employment.objects.within(agency)
        .order_by("id")
        .values_list("id", "employee_ref", "person_id", *PERSON_LOOKUPS)
        .iterator(AT_ONCE)
    }
    standing = Standing(
        agency=agency,
        lists=lists,
        employments=employments,
        posts={},
        teams={title: pk for pk, title in Team.objects.filter(agency=agency).values_list("id", "title")},
        workplaces={code: pk for pk, code, _title, _locality in places},
        workplace_of={title: code for _pk, code, title, _locality in places} | {place[1]: place[1] for place in places},
        workplace_localities={code: locality_id for _pk, code, _title, locality_id in places},
        locality_codes={pk: code for code, pk in lists.locality_ids.items()},
        role_holders=_role_holders(agency),
    )
    by_id = _read_posts(standing)
    _read_terms(standing, by_id)
    _read_duties(standing, {pk: post for pk, (_key, post) in by_id.items()})
    return standing


def _role_holders(agency: Agency) -> dict[str, tuple[str, date | None]]:
    grants = RoleGrant.objects.filter(agency=agency).order_by(F("ends_on").asc(nulls_last=True))
    last_days: dict[int | None, date | None] = dict(grants.values_list("user", "ends_on"))
    rows = Employment.objects.within(agency).filter(person__user__in=last_days).select_related("person")
    return {
        row.employee_ref: ("Somebody" if row.person.is_protected else row.person.name, last_days[row.person.user_id])
        for row in rows
    }


PERSON = ("first_name", "last_name", "preferred_name", "work_email")
PLACE = {name: place for place, name in enumerate(PERSON)}
# Names as this entry said them, and not the other entry's into which HR has merged it
PERSON_LOOKUPS: tuple[Any, ...] = (
    *(Coalesce(f"entered_as__{name}", f"person__{name}") for name in PERSON[:3]),
    "work_email",
)


def _read_posts(standing: Standing) -> dict[int, tuple[Key, PostState]]:
    refs = {employment.id: ref for ref, employment in standing.employments.items()}
    rows = Post.objects.within(standing.agency).values_list("id", "employment_id", "assignment_ref")
    for pk, employment_id, assignment_ref in rows.iterator(AT_ONCE):
        ref = refs[employment_id]
        standing.posts[ref, ref if assignment_ref == ref else assignment_ref] = PostState(pk)
    return {post.id: (key, post) for key, post in standing.posts.items()}


def _read_terms(standing: Standing, by_id: dict[int, tuple[Key, PostState]]) -> None:
    groups = {pk: code for code, pk in standing.lists.role_group_ids.items()}
    teams = {pk: title for title, pk in standing.teams.items()}
    places = {pk: code for code, pk in standing.workplaces.items()}
    keys = {pk: key for pk, (key, _post) in by_id.items()}
    rows = Term.objects.within(standing.agency).known_now().order_by("starts_on")
    wanted = ("id", "post_id", "starts_on", "ends_on", "role_group_id", "post_title", "team_id", "workplace_id")
    more = ("locality_id", "manager_id", "employment_type", "status", "fte")
    contents: dict[Content, Content] = {}
    for (
        pk,
        post_id,
        starts_on,
        ends_on,
        group,
        title,
        team,
        place,
        locality,
        manager,
        kind,
        status,
        fte,
    ) in rows.values_list(*wanted, *more).iterator(AT_ONCE):
        content = Content(
            groups.get(group, ""),
            title,
            teams.get(team, ""),
            places.get(place, ""),
            locality,
            keys.get(manager),
            kind,
            status,
            fte_text(fte),
        )
        post = by_id[post_id][1]
        post.terms = (*post.terms, Span(starts_on, ends_on, contents.setdefault(content, content)))
        post.term_ids = (*post.term_ids, pk)


def _read_duties(standing: Standing, by_id: dict[int, PostState]) -> None:
    codes = {pk: code for code, pk in standing.lists.designation_ids.items()}
    spans: dict[tuple[int, str], list[tuple[Span, int]]] = defaultdict(list)
    rows = Duty.objects.within(standing.agency).order_by("starts_on")
    rows = rows.filter(Q(replaced_at__isnull=True) | Q(source__startswith=GIVEN))
    given: set[tuple[int, str, date]] = set()
    for pk, post_id, designation_id, starts_on, ends_on, source, replaced_at in rows.values_list(
        "id", "post_id", "designation_id", "starts_on", "ends_on", "source", "replaced_at"
    ):
        if source.startswith(GIVEN):
            given.add((post_id, codes[designation_id], starts_on))
        if replaced_at is None:
            spans[post_id, codes[designation_id]].append((Span(starts_on, ends_on), pk))
    for (post_id, code), found in spans.items():
        post = by_id[post_id]
        post.duties = {**post.duties, code: [span for span, _pk in found]}
        post.duty_ids = {**post.duty_ids, code: [pk for _span, pk in found]}
        if (post_id, code, found[-1][0].starts_on) in given:
            post.given |= {code}
