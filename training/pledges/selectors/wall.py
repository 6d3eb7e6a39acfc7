"""The public wall: what agencies have confirmed, and no more."""

from dataclasses import dataclass
from datetime import date

from training.pathways.models import SignUp
from training.people.kinds import AgencyKind as K
from training.people.models import Agency, Partnership
from training.pledges.models import Charter, Kind, Pledge

from .counts import counts_as_held
from .places import Line, is_to_live_version, lines

SECTORS: dict[str, frozenset[K]] = {
    "Councils and elected bodies": frozenset({K.COUNCIL_UPPER, K.COUNCIL_UNITARY, K.COUNCIL_DISTRICT, K.ELECTED_BODY}),
    "Police, fire and justice": frozenset(
        {K.POLICE, K.PCC, K.FIRE, K.PROBATION, K.YOUTH_JUSTICE, K.PRISON, K.COURT_CPS}
    ),
    "Health": frozenset(
        {K.NHS_ACUTE, K.NHS_COMMUNITY_MH, K.NHS_ICB, K.GP_PRACTICE, K.GP_FEDERATION, K.AMBULANCE, K.SUBSTANCE_MISUSE}
    ),
    "Schools, colleges and early years": frozenset({K.EDUCATION_SCHOOL, K.EDUCATION_FE_HE, K.EARLY_YEARS}),
    "Housing": frozenset({K.HOUSING_PROVIDER}),
    "Specialist services": frozenset({K.DA_SPECIALIST, K.SV_SPECIALIST, K.PERPETRATOR_SERVICE, K.BY_AND_FOR}),
    "Charities, communities and employers": frozenset(
        {K.VCS_OTHER, K.FAITH_COMMUNITY, K.DWP, K.EMPLOYER_PRIVATE, K.EMPLOYER_PUBLIC, K.COMMUNITY}
    ),
}
"""Kinds of agency as the public thinks of them: each kind in one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One agency, with what it has confirmed and what is in date."""

    agency: Agency
    sign_up: SignUp | None
    signature: Pledge | None
    policy: Pledge | None
    lead: Pledge | None

    @property
    def has_any(self) -> bool:
        """Whether there is anything to show."""
        return any((self.sign_up, self.signature, self.policy, self.lead))


@dataclass(frozen=True, slots=True)
class Sector:
    """Agencies of one sort."""

    title: str
    agencies: list[Shown]


@dataclass(frozen=True, slots=True)
class Wall:
    """A partnership's agencies by sector, and how many of those shown have what."""

    partnership: Partnership
    charter: Charter | None
    sectors: list[Sector]

    @property
    def agencies(self) -> list[Shown]:
        """All that are shown."""
        return [each for sector in self.sectors for each in sector.agencies]

    def how_many(self, what: str) -> int:
        """How many of those shown have a 'sign_up', a 'signature', a 'policy' or a 'lead'."""
        return sum(getattr(each, what) is not None for each in self.agencies)


def wall(partnership: Partnership, *, on: date) -> Wall:
    """What anyone may see on a day: confirmed, in date, of agencies that are there and may be named.

    A policy is in place here where it is counted as in place: for both, staff who are harmed and staff who harm.
    """
    charter = Charter.objects.filter(partnership=partnership).first()
    named = [_shown(line, charter) for line in lines(partnership, on=on) if line.agency.is_named_in_public]
    sectors = [
        Sector(title, [each for each in named if each.has_any and K(each.agency.kind) in kinds])
        for title, kinds in SECTORS.items()
    ]
    return Wall(partnership, charter, [sector for sector in sectors if sector.agencies])


def _shown(line: Line, charter: Charter | None) -> Shown:
    signed_up = line.sign_up if is_to_live_version(line.sign_up) else None
    signature = line.of_kind[Kind.CHARTER].in_force if charter else None
    policy = line.of_kind[Kind.POLICY]
    held_policy = policy.in_force if counts_as_held(policy) else None
    return Shown(line.agency, signed_up, signature, held_policy, line.of_kind[Kind.LEAD].in_force)
