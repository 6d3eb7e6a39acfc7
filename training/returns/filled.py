"""From the rows of an uploaded file to lines of a return, or to head-counts: each row is right, or named."""

from collections.abc import Iterable
from datetime import date

from training.pathways.models import Module, Requirement
from training.people.models import Agency, Partnership, RoleGroup
from training.ui.spreadsheet import Value

from .limits import EVERYBODY, Declared, Group
from .models import AgencyReturn, How, ReturnVersion
from .selectors.bounds import Bounds, bounds_of, roster_counts
from .services.filling import Line
from .sheets import COUNTS_HEAD, LINES_HEAD, Row, people_in, plain_words, read_rows, refuse

HOWS = {text.lower(): value for value, label in How.choices for text in (value, label)}
LONGEST_EVIDENCE = 120
KINDS = {"all staff": "", "role family": "role_family", "role group": "role_group"}


def modules_of(partnership: Partnership) -> list[Module]:
    """The modules that a return may name, in their order."""
    rows = Module.objects.filter(pathway__partnership=partnership).select_related("tier")
    return list(rows.order_by("tier__position", "position", "code"))


def lines_in(data: bytes, of: AgencyReturn) -> list[Line]:
    """The lines that an uploaded file means; rows without a number are left out. BadFile."""
    groups = {row.code.lower(): row for row in RoleGroup.objects.all()}
    modules = {row.code.lower(): row for row in modules_of(of.partnership)}
    bounds = bounds_of(of.agency, of.quarter)
    errors: list[str] = []
    found: dict[tuple[str, str], Line] = {}
    for row in read_rows(data, LINES_HEAD, ("role_group", "module", "people_trained")):
        if not row["people_trained"]:
            continue
        key = (row["role_group"].lower(), row["module"].lower())
        try:
            if key in found:
                raise ValueError("this role group and module stand in the file twice")
            found[key] = _line(row, groups, modules, bounds)
        except ValueError as wrong:
            errors.append(f"Row {row.number}: {wrong}.")
    refuse(errors)
    return list(found.values())


def _line(row: Row, groups: dict[str, RoleGroup], modules: dict[str, Module], bounds: Bounds) -> Line:
    group = groups.get(row["role_group"].lower())
    module = modules.get(row["module"].lower())
    if group is None:
        raise ValueError(f"'{row['role_group'][:40]}' is not the code of a role group")
    if module is None:
        raise ValueError(f"'{row['module'][:40]}' is not the code of a module")
    how = HOWS.get(row["how"].lower() or How.SESSION)
    if how is None:
        raise ValueError(f"'{row['how'][:40]}' is not one of {', '.join(How.labels)}")
    people = people_in(row["people_trained"])
    words = bounds.refusal(group, people)
    if words:
        raise ValueError(words.rstrip("."))
    return Line(group, module, people, how, plain_words(row["evidence"], LONGEST_EVIDENCE))


def template_rows(of: AgencyReturn, version: ReturnVersion) -> list[list[Value]]:
    """The agency's own template: the lines so far, then whatever else its role groups are asked for."""
    rows: dict[tuple[str, str], list[Value]] = {}
    for line in version.lines.select_related("role_group", "module"):
        said = "" if line.trained is None else line.trained
        rows[line.role_group.code, line.module.code] = [
            *_named(line.role_group, line.module),
            said,
            line.how,
            line.evidence,
        ]
    for group, module in _asked(of):
        rows.setdefault((group.code, module.code), [*_named(group, module), "", "", ""])
    return list(rows.values())


def _named(group: RoleGroup, module: Module) -> list[Value]:
    return [group.code, group.title, module.code, module.title]


def _asked(of: AgencyReturn) -> Iterable[tuple[RoleGroup, Module]]:
    """What the partnership asks of the role groups that the agency's roster had at the quarter's end."""
    here = [code for kind, code in roster_counts(of.agency, on=of.quarter.ends_on) if kind == "role_group"]
    rules = Requirement.objects.filter(
        module__pathway__partnership=of.partnership, role_group__code__in=here, agency=None
    ).filter(agency_kind__in=["", of.agency.kind])
    rows = rules.select_related("role_group", "module").order_by("role_group__title", "module__position")
    return [(row.role_group, row.module) for row in rows if row.role_group]


def counts_in(data: bytes, counted_on: date) -> list[Declared]:
    """The head-counts that an uploaded file means, all of one day; rows without a number are left out. BadFile."""
    known = set(groups_known())
    errors: list[str] = []
    found: dict[Group, Declared] = {}
    for row in read_rows(data, COUNTS_HEAD, ("kind", "group", "people")):
        if not row["people"]:
            continue
        try:
            group = (KINDS.get(row["kind"].lower(), "?"), row["group"])
            if group not in known:
                raise ValueError(f"'{row['kind'][:20]} {row['group'][:40]}' is no group of staff known here")
            if group in found:
                raise ValueError("this group stands in the file twice")
            found[group] = Declared(counted_on, group, people_in(row["people"]))
        except ValueError as wrong:
            errors.append(f"Row {row.number}: {wrong}.")
    refuse(errors)
    return list(found.values())


def groups_known() -> dict[Group, str]:
    """Whom a head-count may count, with its title: all staff, then role families, then role groups."""
    groups = list(RoleGroup.objects.order_by("title"))
    families = sorted({row.family for row in groups if row.family})
    return (
        {EVERYBODY: "All staff"}
        | {("role_family", code): code.replace("_", " ").capitalize() for code in families}
        | {("role_group", row.code): row.title for row in groups}
    )


def count_rows(agency: Agency, *, on: date) -> list[list[Value]]:
    """The template of head-counts: every group on the roster, with the roster's number beside."""
    roster = roster_counts(agency, on=on)
    words = {kind: text.capitalize() for text, kind in KINDS.items()}
    return [
        [words[group[0]], group[1], title, roster[group], ""]
        for group, title in groups_known().items()
        if group == EVERYBODY or roster[group]
    ]
