"""Every route as every one of the cast, at their own agency and at the neighbours': no canary crosses."""

import pytest

from tests.access.doors import Behind, Door
from tests.access.knocking import Viewer, address_of, expected, faults, knock, refusal, viewer
from tests.access.manifest import DOORS
from tests.access.planting import AGENCIES, STAFF, Place, Planted, posted
from tests.access.sight import OFFICE, Canary, canaries_in

pytestmark = pytest.mark.django_db
CAST = (
    "visitor",
    "loose",
    *(f"{role} of hosp" for role in (*STAFF, "hr", "lead", "former hr", "token")),
    *(f"{role} of force" for role in ("learner", "champion", "hr", "token")),
    *(f"{role} of school" for role in ("learner", "manager", "hr", "token")),
    *(
        f"{role} of {partnership}"
        for partnership in ("east", "west")
        for role in ("auditor", "board", "coordinator", "network")
    ),
    "content_author",
    "content_reviewer",
    "system_administrator",
)


def places(door: Door, who: Viewer, planted: Planted) -> list[Place]:
    """Where this door stands: once, once an agency, or once a person. Whom the gate keeps out tries one of them."""
    if refusal(door, who) or (not door.fills and door.behind == Behind.NOTHING):
        return planted.places[:1]
    if (door.behind == Behind.PERSON and not door.person) or door.shows:
        return planted.places
    return [planted.place(word) for word in AGENCIES]


def walk(planted: Planted, who: Viewer) -> list[str]:
    """Every door, every place, looked at and posted to; what is wrong."""
    wrong = []
    for door in DOORS.values():
        for place in places(door, who, planted):
            for method in door.methods:
                given = posted(door.body, place) if method == "POST" else {}
                answer = knock(who, method, address_of(door, place), **given)
                said = f"{method} {door.name} at {place.person} of {place.word}"
                if answer.status not in expected(door, who, place, method):
                    wrong.append(f"{said}: {answer.status}, not {expected(door, who, place, method)}")
                wrong += [f"{said}: {fault}" for fault in faults(planted, who, answer, place, door)]
    return wrong


# One of each role walks on another database too: whose agency it is makes no difference there
ALIKE = {name for name in CAST if name.endswith((" of force", " of school", " of west"))} | {
    "loose",
    "colleague of hosp",
    "former hr of hosp",
}

# What some of them must have met, or the walk has been round an empty house
MEETS = {
    "learner of hosp": {
        ("hosp", "learner", "last"),
        ("hosp", "learner", "note"),
        ("hosp", "champion", "reply"),
        ("force", "colleague", "alias"),
    },
    "champion of hosp": {("force", "learner", "request"), ("force", OFFICE, "agency"), ("hosp", "champion", "last")},
    "manager of hosp": {("hosp", "learner", "preferred"), ("hosp", "learner", "last")},
    "hr of hosp": {("hosp", "learner", field) for field in ("last", "reference", "title", "team")},
    "token of hosp": {("hosp", "learner", "reference")},
    "hr of force": {("force", OFFICE, "signatory")},
    "coordinator of east": {(agency, OFFICE, "signatory") for agency in ("hosp", "force")},
    "auditor of east": {(agency, OFFICE, "agency") for agency in ("hosp", "force")},
    "board of east": {(agency, OFFICE, "agency") for agency in ("hosp", "force")},
    "network of east": {(agency, "colleague", "last") for agency in ("hosp", "force")},
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.alike if name in ALIKE else ()) for name in CAST]
)
def test_everybody_meets_their_own_and_nobody_elses(planted, name):
    who = viewer(planted, name)
    assert "\n".join(walk(planted, who)) == ""
    assert {Canary(*each) for each in MEETS.get(name, ())} - who.seen == set()


@pytest.mark.parametrize(
    ("name", "door", "field"),
    [
        ("learner of hosp", "certificate-download", ("learner", "last")),
        ("board of east", "board_xlsx", (OFFICE, "agency")),
    ],
)
def test_what_lies_inside_a_file_is_read(planted, name, door, field):
    answer = knock(viewer(planted, name), "GET", address_of(DOORS[door], planted.place("hosp")))
    assert Canary("hosp", *field) in canaries_in(answer.text)
