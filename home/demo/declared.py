"""What Severnshire's agencies declare: head-counts, and three quarters of returns with a lead for each agency."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from training.access.actor import Actor
from training.access.clock import LONDON
from training.pathways.models import Requirement
from training.people import grants
from training.people.models import Agency, Partnership, RoleGroup, User
from training.people.selectors import access_of
from training.returns import services as returns
from training.returns.limits import EVERYBODY, Declared, Group
from training.returns.models import AgencyReturn, How
from training.returns.quarters import Quarter, quarter_of
from training.returns.selectors.agency import own_return
from training.returns.selectors.asked import agencies_asked
from training.returns.selectors.bounds import roster_counts
from training.returns.services.filling import Line

from .history import SEED

QUARTERS = 3
GROUPS, MODULES = 3, 2
SENT_BACK, MISSING, LATE, CORRECTED = "SMH", "TUR", "OAK", "POL"
"""Of the last quarter: sent back, and not begun. Of the one before: signed late, and corrected once it was closed."""


def build_declared(partnership: Partnership, by: Actor, at: datetime, on: date) -> int:
    """Terms, leads, head-counts and returns; how many returns."""
    first = quarter_of(on).back(QUARTERS)
    returns.set_terms(partnership=partnership, quarter=first, due_days=28, by=by, at=at)
    leads = {agency: _lead(agency, first.starts_on, by, at) for agency in _with_a_roster(partnership, first)}
    count = 0
    for quarter in (first.back(-back) for back in range(QUARTERS)):
        is_last = quarter == quarter_of(on).back()
        for agency, lead in leads.items():
            if not (is_last and agency.code == MISSING):
                late = 10 if agency.code == LATE and quarter.back(-1) == quarter_of(on).back() else -9
                day = min(quarter.due_on(28) + timedelta(days=late), on)
                _give(partnership, agency, lead, quarter, by=by, at=_noon(day, at))
                count += 1
        if not is_last:
            returns.close_quarter(partnership=partnership, quarter=quarter, by=by, at=_noon(quarter.due_on(40), at))
    last = quarter_of(on).back()
    agencies = {agency.code: agency for agency in leads}
    sent_back = own_return(agencies[SENT_BACK], partnership, last).of
    if sent_back:
        returns.send_back(of=sent_back, reason="unlikely", by=by, at=at)
    _correct(partnership, agencies[CORRECTED], leads[agencies[CORRECTED]], last.back(), by=by, at=at)
    return count


def _noon(day: date, at: datetime) -> datetime:
    return min(datetime.combine(day, time(12), LONDON), at)


def _with_a_roster(partnership: Partnership, quarter: Quarter) -> Iterator[Agency]:
    for agency in agencies_asked(partnership, quarter):
        if roster_counts(agency, on=quarter.ends_on):
            yield agency


def _lead(agency: Agency, starts_on: date, by: Actor, at: datetime) -> User:
    """The agency's lead: the one of the cast, or a login of its own."""
    held = agency.grants.filter(role_code="agency_lead").select_related("user").first()
    if held:
        return held.user
    user = User.objects.create_user(f"lead@{agency.code.lower()}.severnshire.example")
    grants.grant_role(user, "agency_lead", agency=agency, starts_on=starts_on, by=by, at=at)
    return user


def _give(partnership: Partnership, agency: Agency, lead: User, quarter: Quarter, *, by: Actor, at: datetime) -> None:
    """Count the staff, fill the return in, hand it over and sign it."""
    chance = random.Random(f"{SEED} {agency.code} {quarter.code}")  # noqa: S311 - invented data, not a secret
    roster = roster_counts(agency, on=quarter.ends_on)
    staff = Declared(quarter.ends_on, EVERYBODY, roster[EVERYBODY] + chance.randint(0, 1 + roster[EVERYBODY] // 8))
    returns.declare(agency=agency, counts=[staff], by=by, at=at)
    of = returns.begin(agency=agency, partnership=partnership, quarter=quarter, by=by, at=at)
    lines = list(_lines(partnership, roster, chance))
    returns.set_lines(of=of, lines=lines, by=by, at=at)
    returns.hand_over(of=of, held_none=not lines, by=by, at=at)
    _sign(of, lead, at)


def _sign(of: AgencyReturn, lead: User, at: datetime) -> None:
    making = own_return(of.agency, of.partnership, of.quarter).making
    if making:
        returns.sign(of=of, shown=making.pk, access=access_of(lead, on=at.astimezone(LONDON).date()), at=at)


def _lines(partnership: Partnership, roster: Counter[Group], chance: random.Random) -> Iterator[Line]:
    """Some of the largest role groups, each in some of what is asked of it."""
    groups = [code for (kind, code), _ in roster.most_common() if kind == "role_group"][:GROUPS]
    rules = Requirement.objects.filter(module__pathway__partnership=partnership, agency=None)
    for code in groups:
        asked = rules.filter(role_group__code=code).select_related("module").order_by("module__position")
        for rule in asked[:MODULES]:
            trained = chance.randint(0, roster["role_group", code] // 3)
            group = RoleGroup.objects.get(code=code)
            yield Line(group, rule.module, trained, How.SESSION, f"Register {chance.randint(100, 999)}")


def _correct(
    partnership: Partnership, agency: Agency, lead: User, quarter: Quarter, *, by: Actor, at: datetime
) -> None:
    """Three more people were trained than was said, as late records showed."""
    of = own_return(agency, partnership, quarter).of
    if of is None:
        return
    version = returns.correct(of=of, reason="late_records", by=by, at=at)
    line = version.lines.select_related("role_group", "module").first()
    if line and line.trained is not None:
        more = Line(line.role_group, line.module, line.trained + 3, line.how, line.evidence)
        returns.set_line(of=of, line=more, instead_of=line, by=by, at=at)
    returns.hand_over(of=of, held_none=line is None, by=by, at=at)
    _sign(of, lead, at)
