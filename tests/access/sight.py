"""Who may see whose canaries: the rules of core-rules 4 and domain 5.4 as one small table.

A canary is `canary-<agency>-<person>-<field>`; what belongs to an agency and not to a person has `office` for person.
"""

import re
from dataclasses import dataclass

FIELDS = (
    *("first", "last", "preferred", "reference", "address", "title", "team", "workplace"),
    *(
        "evidence",
        "answer",
        "note",
        "notice",
        "label",
        "agency",
        "file",
        "alias",
        "request",
        "reply",
        "enquiry",
        "said",
    ),
    *("correction", "printed", "signatory"),
)
CANARY = re.compile(rf"canary-([a-z]+)-([a-z]+)-({'|'.join(FIELDS)})")
OFFICE = "office"

NAME = frozenset({"first", "last", "preferred"})
JOB = frozenset({"title", "team"})
ROSTER = NAME | JOB | {"reference", "address", "workplace"}
AGENCY_NAME = frozenset({"agency"})
FINDS_CHAMPIONS = frozenset({"learner", "manager", "network"})
LOOKS_ABOUT = FINDS_CHAMPIONS | {"auditor", "board", "coordinator"}


@dataclass(frozen=True)
class Canary:
    """One planted string, wherever it was found."""

    agency: str
    person: str
    field: str


@dataclass(frozen=True)
class Eyes:
    """Who looks: a word of the cast, their agency, their partnership, and which planted person they are."""

    role: str
    agency: str = ""
    partnership: str = ""
    person: str = ""

    @property
    def home(self) -> str:
        """Where they come from, as their own canaries say it."""
        return self.agency or self.partnership or "site"

    @property
    def name(self) -> str:
        """Who they are, as their own canaries say it."""
        return self.person or self.role.replace("_", "")


def canary(agency: str, person: str, field: str) -> str:
    """The string planted for a field of somebody."""
    assert field in FIELDS
    return f"canary-{agency}-{person}-{field}"


def canaries_in(text: str) -> set[Canary]:
    """Every canary in a text, whatever became of its letters' case."""
    return {Canary(*found) for found in CANARY.findall(text.lower())}


# The learner of one agency has asked the champion of another (or of their own)
ASKED = {"hosp": "hosp", "force": "hosp", "school": "school"}
# Who is listed in the directory: one under another name and with the agency, one under their own without it
LISTED = {"colleague": frozenset({"alias"}), "champion": NAME}


MANAGED = ("learner", "hidden")
WORKS_HERE_TOO = {("school", "hosp", "shared")}


def _withheld(seen: Canary) -> frozenset[str]:
    """What a protected record does not show to anybody else."""
    return NAME if seen.person == "hidden" else frozenset()


def may_see(eyes: Eyes, seen: Canary, partnership_of: dict[str, str]) -> bool:
    """Whether these eyes may meet this canary. Nothing that is not named here may be seen."""
    home = eyes.home == seen.agency
    neighbourhood = eyes.partnership == partnership_of.get(seen.agency)
    return any(
        (
            # Oneself: everything
            home and seen.person == eyes.name,
            # The name of one's own agency; for those who look after a partnership, or may open its directory of
            # champions, of every agency in it
            home and seen.person == OFFICE and seen.field in AGENCY_NAME,
            eyes.role in LOOKS_ABOUT and neighbourhood and seen.field in AGENCY_NAME,
            # HR: its own agency's people as the roster has them, what it recorded and is asked to put right; no protected name
            eyes.role == "hr"
            and home
            and seen.field in (ROSTER | {"evidence", "correction", "printed"}) - _withheld(seen),
            # Who signed for the agency, or leads there: its own HR and lead, and the partnership's coordinator
            eyes.role in {"hr", "lead"} and home and seen.field == "signatory",
            eyes.role == "coordinator" and neighbourhood and seen.field == "signatory",
            # And who of its board can be asked for words: what logins of that board are called
            eyes.role == "coordinator" and home and seen.person == "board" and seen.field == "address",
            # And who audits it
            eyes.role == "coordinator" and home and seen.person == "auditor" and seen.field == "address",
            # And the name, no more, of somebody who also works elsewhere
            eyes.role == "hr" and (eyes.agency, seen.agency, seen.person) in WORKS_HERE_TOO and seen.field in NAME,
            # A line manager: name and job of those who answer to them
            eyes.role == "manager" and home and seen.person in MANAGED and seen.field in (NAME | JOB) - _withheld(seen),
            # Whoever may open the directory: the champions of their partnership, by what each lets be seen
            eyes.role in FINDS_CHAMPIONS and neighbourhood and seen.field in LISTED.get(seen.person, ()),
            # The champions' coordinator: the names of the partnership's champions, and of no other staff
            eyes.role == "network" and neighbourhood and seen.person in LISTED and seen.field in NAME,
            # And the places of work that have none of them: places, not who works there
            eyes.role == "network" and neighbourhood and seen.field == "workplace",
            # A program of an agency: its own staff by their references
            eyes.role == "token" and home and seen.field == "reference",
            # Who is asked whether one may be a champion: one's own manager, as the roster names them
            eyes.name == "learner" and home and seen.person == "manager" and seen.field in NAME,
            # The two sides of a request
            eyes.name == "champion" and _has_asked(seen, eyes.agency) and seen.field in NAME | {"request"},
            # What is asked of the network and said on its noticeboard: the partnership's champions and their coordinator
            neighbourhood and seen.field in {"enquiry", "said"} and (eyes.person in LISTED or eyes.role == "network"),
            eyes.name == "learner" and ASKED.get(eyes.agency) == seen.agency and seen.field == "reply",
        )
    )


def _has_asked(seen: Canary, agency: str) -> bool:
    return seen.person == "learner" and ASKED.get(seen.agency) == agency
