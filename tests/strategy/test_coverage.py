"""Coverage counts people, by what is valid; held against a plain count of the same rows."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.ledger.coverage_facts import Exclusion
from training.strategy.coverage import GROUPS, SCOPES, Cell, Place, cells

MODULES = {
    "DA-A1": ("A", ("domestic_abuse",), ()),
    "DA-B1": ("B", ("domestic_abuse", "stalking"), ("INFO_SHARE",)),
    "DA-B2": ("B", ("stalking",), ("INFO_SHARE", "MARAC")),
}
KINDS = {"SVH": "public", "SVP": "public", "HOM": "charity"}
FAMILIES = {"GP": "health", "MIDWIFE": "health", "POLICE": "police", "": ""}


def row(person=1, agency="SVH", role_group="GP", locality="OAK", module="DA-A1", is_valid=True, exclusion=0):
    return locals()


def frame(rows: list[dict]) -> pd.DataFrame:
    facts = pd.DataFrame(rows, columns=list(row()))
    facts["agency_kind"] = facts["agency"].map(KINDS)
    facts["role_family"] = facts["role_group"].map(FAMILIES)
    facts["tier"] = facts["module"].map(lambda code: MODULES[code][0])
    facts["topics"] = facts["module"].map(lambda code: MODULES[code][1])
    facts["families"] = facts["module"].map(lambda code: MODULES[code][2])
    for name in (*GROUPS, "tier", "module", "topics", "families"):
        facts[name] = facts[name].astype("category")
    return facts


def test_a_person_with_two_posts_counts_once_in_the_partnership_and_once_in_each_agency():
    found = cells(frame([row(agency="SVH"), row(agency="SVP"), row(agency="SVP", role_group="MIDWIFE")]))
    assert found[Place()] == Cell(1, 1)
    assert found[Place("agency", "SVH")] == found[Place("agency", "SVP")] == Cell(1, 1)


def test_a_person_at_agencies_of_two_kinds_counts_once_in_each():
    found = cells(frame([row(agency="SVH"), row(agency="SVP"), row(agency="HOM", is_valid=False)]))
    assert found[Place("agency_kind", "public")] == Cell(1, 1)
    assert found[Place("agency_kind", "charity")] == found[Place()] == Cell(0, 1)


def test_one_lapsed_module_keeps_a_person_out_of_the_whole_but_not_out_of_another_tier():
    found = cells(frame([row(), row(module="DA-B1", is_valid=False)]))
    assert found[Place()] == Cell(0, 1)
    assert found[Place("", "", "tier", "A")] == Cell(1, 1)
    assert found[Place("", "", "tier", "B")] == Cell(0, 1)


@pytest.mark.parametrize(
    ("reason", "cell"),
    [
        (Exclusion.PAUSED, Cell(0, 0, on_leave=1)),
        (Exclusion.EXEMPT, Cell(0, 0, exempt=1)),
        (Exclusion.INDUCTION, Cell(0, 0, in_induction=1)),
    ],
)
def test_who_is_left_out_is_listed_by_reason(reason, cell):
    assert cells(frame([row(is_valid=False, exclusion=reason)]))[Place()] == cell


def test_who_is_on_leave_from_one_post_counts_by_the_other():
    rows = [row(agency="SVH", is_valid=False, exclusion=Exclusion.PAUSED), row(agency="SVP")]
    found = cells(frame(rows))
    assert found[Place()] == Cell(1, 1)
    assert found[Place("agency", "SVH")] == Cell(0, 0, on_leave=1)


def test_a_module_counts_under_each_of_its_topics():
    found = cells(frame([row(module="DA-B1"), row(module="DA-B2", is_valid=False)]))
    assert found[Place("", "", "topic", "domestic_abuse")] == Cell(1, 1)
    assert found[Place("", "", "topic", "stalking")] == Cell(0, 1)
    assert found[Place("", "", "family", "MARAC")] == Cell(0, 1)


def test_a_post_without_a_locality_stands_under_none():
    assert cells(frame([row(locality="")]))[Place("locality", "")] == Cell(1, 1)


def test_nobody_makes_no_cells():
    assert cells(frame([])) == {}


def plainly(rows: list[dict], group: str, scope: str) -> dict[Place, Cell]:
    """The rule once more, person by person."""
    places: dict[Place, dict[int, list[dict]]] = {}
    for each in rows:
        tier, topics, families = MODULES[each["module"]]
        wide = each | {"role_family": FAMILIES[each["role_group"]], "agency_kind": KINDS[each["agency"]], "tier": tier}
        scopes = {"topic": topics, "family": families, "": ("",)}.get(scope) or (wide.get(scope),)
        if scope in ("topic", "family"):
            scopes = {"topic": topics, "family": families}[scope]
        for code in scopes:
            place = Place(group, wide[group] if group else "", scope, code)
            places.setdefault(place, {}).setdefault(each["person"], []).append(each)
    return {place: _plain_cell(people) for place, people in places.items()}


def _plain_cell(people: dict[int, list[dict]]) -> Cell:
    asked = [[it for it in rows if it["exclusion"] == 0] for rows in people.values()]
    whole = [rows for rows in asked if rows]
    left = [
        min(it["exclusion"] for it in rows) for rows, counted in zip(people.values(), asked, strict=True) if not counted
    ]
    in_date = sum(all(it["is_valid"] for it in rows) for rows in whole)
    return Cell(in_date, len(whole), left.count(1), left.count(2), left.count(3))


ROWS = st.lists(
    st.builds(
        row,
        person=st.integers(1, 5),
        agency=st.sampled_from(list(KINDS)),
        role_group=st.sampled_from(list(FAMILIES)),
        locality=st.sampled_from(["OAK", ""]),
        module=st.sampled_from(list(MODULES)),
        is_valid=st.booleans(),
        exclusion=st.sampled_from([0, 0, 1, 2, 3]),
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_every_cell_is_what_a_plain_count_finds(rows):
    plain: dict[Place, Cell] = {}
    for group in ("", *GROUPS):
        for scope in ("", *SCOPES):
            plain |= plainly(rows, group, scope)
    assert cells(frame(rows)) == plain
