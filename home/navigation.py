"""What the header offers: the places this one may go, and no others."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from training.access.access import Access
from training.access.permissions import Permission

from .places import Place
from .public.beside import beside


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`access` and `navigation` for the frame of every page."""
    access: Access = getattr(request, "access", None) or Access.nobody()
    if not access.is_signed_in:
        return {"access": access, "navigation": []} | beside(request)
    here = request.path
    sections = list(_sections(access, here))
    offered = list(_places(access))
    current = max((url for _, url in offered if here.startswith(url)), key=len, default="")
    places = [Place(title, url, is_current=url == current) for title, url in offered]
    return {"access": access, "navigation": places} | ({"sections": sections} if sections else beside(request))


def work_place(access: Access) -> str:
    """Where somebody with a role and no staff record has their work; nothing for those without a role."""
    return next((url for _, url in _places(access)), "") if access.grants else ""


def _places(access: Access) -> Iterator[tuple[str, str]]:
    if access.may(Permission.LEARN):
        yield from _built("Learning", "learning")
    if access.may(Permission.SEE_TEAM):
        yield from _built("My team", "team")
    yield from _scoped(access, Permission.SEE_STAFF, "My agency", "agency")
    if not access.may(Permission.SEE_STAFF):
        yield from _scoped(access, Permission.PLEDGE, "Our commitments", "agency-commitments")
        yield from _scoped(access, Permission.SIGN_OFF, "Returns", "agency-returns")
    yield from _scoped(access, Permission.MANAGE_PATHWAY, "Rules", "rules")
    yield from _scoped(access, Permission.MANAGE_PATHWAY, "Agencies' returns", "partnership-returns")
    yield from _scoped(access, Permission.MANAGE_PATHWAY, "Equivalences", "register")
    yield from _scoped(access, Permission.MANAGE_PATHWAY, "Commitments", "commitments")
    yield from _scoped(access, Permission.INSPECT, "Audit", "audit")
    yield from _scoped(access, Permission.SEE_COVERAGE, "Coverage", "board")
    yield from _scoped(access, Permission.MANAGE_PATHWAY, "Course figures", "partnership-courses")
    if access.may(Permission.APPROVE_ROSTERS):
        yield from _built("Roster approvals", "roster-approvals")
    if access.may(Permission.SEE_CHAMPIONS):
        yield from _built("Champions", "champions")
    yield from _scoped(access, Permission.COORDINATE_CHAMPIONS, "Champions Network", "champions-network")
    if access.may(Permission.AUTHOR_CONTENT):
        yield from _built("Content", "wagtailadmin_home")
    elif access.may(Permission.EDIT_SITE):
        yield from _built("Public pages", "wagtailadmin_home")
    if access.person_id is None:
        yield from _built("Connect your staff record", "connect")
    yield from _built("Support", "support")


AGENCY_SECTIONS = (
    ("Overview", "agency"),
    ("People", "agency-people"),
    ("Matrix", "agency-matrix"),
    ("Roster", "rosters"),
    ("Rules", "agency-rules"),
    ("Training elsewhere", "completions"),
    ("Returns", "agency-returns"),
    ("Briefings", "agency-briefings"),
    ("Commitments", "agency-commitments"),
)
BOARD_SECTIONS = (
    ("Coverage", "board"),
    ("Explore", "explorer"),
    ("Forecast", "forecast"),
    ("Declared", "board-declared"),
    ("Indicators", "indicators"),
    ("Board packs", "board-packs"),
    ("FOI pack", "foi-pack"),
    ("Strategies", "board-strategies"),
)
KEPT_BY_COORDINATORS = {"board-strategies"}
PARTS = {"agency": (Permission.SEE_STAFF, AGENCY_SECTIONS), "board": (Permission.SEE_COVERAGE, BOARD_SECTIONS)}
"""By where their addresses begin: who sees the pages of a part, and what there is."""
FURTHER = {
    "agreements": "agency-rules",
    "agency-forecast": "agency-matrix",
    "evidence": "completions",
    "agency-register": "completions",
    "head-counts": "agency-returns",
    "values-file": "indicators",
}
"""Pages that belong to a section and do not lie under its address."""


def _sections(access: Access, here: str) -> Iterator[Place]:
    """Where to go inside an agency whose staff one looks after, or a partnership's board, on each of its pages."""
    parts = here.split("/")
    permission, sections = PARTS.get(parts[1], (None, ()))
    here_are = [grant for grant in access.grants if _same(grant.scope_code, parts[2:3])]
    code = next((it.scope_code for it in here_are if permission in it.role.permissions), "")
    if not code:
        return
    keeps = any(Permission.MANAGE_PATHWAY in it.role.permissions for it in here_are)
    first = reverse(parts[1], args=[code])
    path = first + "/".join(parts[3:])
    under = next(
        (home for page, home in FURTHER.items() for _, url in _built("", page, code) if path.startswith(url)), ""
    )
    for title, name in sections:
        if name in KEPT_BY_COORDINATORS and not keeps:
            continue
        for _, url in _built(title, name, code):
            is_here = path == url or (url != first and path.startswith(url))
            yield Place(title, url, is_current=name == under if under else is_here)


def _same(code: str, part: list[str]) -> bool:
    return bool(part) and bool(code) and code.lower() == part[0].lower()


def _built(title: str, name: str, *args: str) -> Iterator[tuple[str, str]]:
    """Rooms land one after another: until they are all in, a missing one is left out."""
    with suppress(NoReverseMatch):
        yield title, reverse(name, args=args)


def _scoped(access: Access, permission: Permission, title: str, url_name: str) -> Iterator[tuple[str, str]]:
    """One link per agency or partnership; the scope is named where there are several."""
    scopes = {grant.scope_code: grant for grant in access.grants if permission in grant.role.permissions}
    for code, grant in scopes.items():
        if code:
            yield from _built(f"{title}: {grant.scope_title}" if len(scopes) > 1 else title, url_name, code)
