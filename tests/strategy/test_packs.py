"""Packaged strategies and indicators are whole, and a broken pack names its line."""

import re
from collections import Counter
from pathlib import Path

import pytest

from training.access.roles import ROLES
from training.pathways.catalogue import read_catalogue
from training.strategy.pack import Commitment, Source, Status
from training.strategy.pack_reader import (
    INDICATORS,
    PACKS,
    PackError,
    packaged,
    read_indicators,
    read_pack,
)

COLLECTED = {
    "AGENCIES_REACHED",
    "AGENCY_SPREAD",
    "CHARTER_SIGNED",
    "CHAMP_ACTIVE",
    "CHAMP_COMMUNITY",
    "CHAMP_LOCALITY",
    "CHAMP_SITE_COVER",
    "CONF_ASK_PERP",
    "CONF_ASK_VICTIM",
    "CONF_CYP",
    "CONF_RESPOND",
    "CONF_SHARE",
    "COV_BYSTANDER",
    "COV_COURT",
    "COV_CYP",
    "COV_EDUCATION",
    "COV_EQUALITY",
    "COV_HOUSING",
    "COV_INFO_SHARE",
    "COV_MANAGER",
    "COV_MARAC",
    "COV_MENTAL_HEALTH",
    "COV_ORDERS",
    "COV_PERP",
    "COV_POLICE",
    "COV_PROBATION",
    "COV_REQUIRED",
    "COV_SUBSTANCE_MH",
    "COV_T1",
    "COV_T2",
    "COV_TOPIC",
    "COV_TRAUMA",
    "COV_VULNERABILITY",
    "DESIGNATED_CONTACTS",
    "DIRECTORY_COMPLETE",
    "EXEC_LEAD_NAMED",
    "EXTERNAL_COMPLETIONS",
    "INDUCTION_ON_TIME",
    "PATHWAY_COMMIT",
    "PLACES_FORECAST",
    "POLICY_IN_PLACE",
    "NARRATIVE_PRESENT",
    "RETURN_ON_TIME",
    "ROSTER_QUALITY",
}
DEMO = (PACKS / "severnshire-2026.yaml").read_text(encoding="utf-8")


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """The demo pack with the first `old` made `new`."""
    assert old in DEMO
    path = tmp_path / "own.yaml"
    path.write_text(DEMO.replace(old, new, 1), encoding="utf-8")
    return path


def line_with(text: str) -> int:
    """The first line of the demo pack that holds `text`."""
    return next(n for n, line in enumerate(DEMO.splitlines(), 1) if text in line)


def refusal(path: Path) -> str:
    with pytest.raises(PackError) as caught:
        read_pack(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "direct", "indirect", "none"),
    [
        ("glos-da-2014", 2, 6, 4),
        ("glos-da-2021", 15, 19, 25),
        ("banes-da-2018", 20, 10, 8),
        ("herefordshire-da-2019", 10, 12, 13),
        ("staffordshire-da-2021", 9, 16, 20),
        ("severnshire-2026", 19, 4, 2),
    ],
)
def test_a_pack_has_its_outcomes_by_class_of_evidence(name, direct, indirect, none):
    counts = Counter(outcome.evidence.value for outcome in read_pack(name).outcomes)
    assert counts == {"D": direct, "I": indirect, "N": none}


def test_the_shape_of_each_pack_is_as_its_strategy_has_it():
    shapes = {}
    for name in packaged():
        pack = read_pack(name)
        shapes[name] = (len(pack.priorities), len(pack.objectives), len(pack.outcomes))
    assert shapes == {
        "glos-da-2014": (3, 3, 12),
        "glos-da-2021": (5, 13, 59),
        "banes-da-2018": (7, 7, 38),
        "herefordshire-da-2019": (5, 15, 35),
        "staffordshire-da-2021": (5, 5, 45),
        "severnshire-2026": (4, 9, 25),
    }


def test_real_strategies_are_historic_and_not_endorsed_and_only_the_invented_one_is_current():
    stands = {name: read_pack(name) for name in packaged()}
    invented = stands.pop("severnshire-2026")
    assert (invented.status, invented.fictional, invented.endorsed) == (Status.CURRENT, True, False)
    assert len(stands) == 5
    for pack in stands.values():
        assert (pack.status, pack.fictional, pack.endorsed) == (Status.HISTORIC, False, False)
        assert "Not endorsed" in " ".join(pack.note.split())


def test_no_real_agency_is_said_to_be_committed():
    real = [read_pack(name) for name in packaged() if name != "severnshire-2026"]
    assert {agency.commitment for pack in real for agency in pack.agencies} == {Commitment.PENDING}


def test_the_framework_of_the_earliest_strategy_is_whole():
    told = [own for outcome in read_pack("glos-da-2014").outcomes for own in outcome.own_indicators]
    kinds = Counter((own.kind.value, own.evidence.value) for own in told)
    assert kinds == {
        ("process", "D"): 5,
        ("process", "I"): 10,
        ("process", "N"): 21,
        ("impact", "I"): 2,
        ("impact", "N"): 21,
    }


def test_invented_places_carry_no_real_code_and_real_ones_do():
    assert {place.code for place in read_pack("severnshire-2026").localities} == {None}
    assert [place.code for place in read_pack("banes-da-2018").localities] == ["E06000022"]
    assert len({place.code for place in read_pack("glos-da-2021").localities}) == 7


def test_no_pack_carries_a_telephone_number():
    for path in PACKS.glob("*.yaml"):
        text = re.sub(r"\b[A-Z]\d{8}\b", "", path.read_text(encoding="utf-8"))
        assert re.findall(r"\d[\d ]{6,}\d", text) == []


def test_the_invented_strategy_uses_every_indicator_collected_now_and_aims_at_no_other():
    pack = read_pack("severnshire-2026")
    used = {code for outcome in pack.outcomes for code in outcome.indicators}
    assert used >= COLLECTED
    assert {target.indicator for target in pack.targets} < COLLECTED
    aims = {code: pack.target(code).value for code in ("COV_T1", "COV_T2", "COV_POLICE")}
    assert aims == {"COV_T1": 85, "COV_T2": 85, "COV_POLICE": 75}


def test_indicators_collected_now_are_exactly_those_computed_now():
    indicators = read_indicators()
    assert {each.code for each in indicators if each.collected} == COLLECTED
    assert {each.source for each in indicators if each.collected} == {Source.COMPUTED}


OTHERS = """
    INDUCTION_ON_TIME ROLE_LEGITIMACY KNOW_GAIN KNOW_PATHWAY KNOW_PERP_SERVICES AGENCY_SPREAD PATHWAY_COMMIT
    CHARTER_SIGNED EXEC_LEAD_NAMED POLICY_IN_PLACE CHAMP_ACTIVE CHAMP_LOCALITY CHAMP_SITE_COVER CHAMP_COMMUNITY
    LESSON_ACK LESSON_ACTION_DONE LESSON_PRACTICE_EVID REFLECTIVE_SESSIONS STANDARD_TESTED
    SITES_DISCLOSURE_READY SUPERVISION_CURRENT DESIGNATED_CONTACTS CORE_EMBEDDED TNA_RESPONSE AWARENESS_ATTEND
    EMPLOYERS_ENGAGED CAMPAIGN_REACH REFERRALS_BY_AGENCY REFERRALS_MARAC_NONPOLICE PRACTICE_CHANGE
    PLACES_FORECAST PLACES_DELIVERED AGENCIES_REACHED ROSTER_QUALITY RETURN_ON_TIME CONTRACT_RETURN
    DEBRIEF_OFFERED DIRECTORY_COMPLETE EXTERNAL_COMPLETIONS GLOSSARY_LIVE GROUP_ATTENDANCE GUIDANCE_VERSION
    INVESTMENT LESSON_THEMES LOCALITY_PROFILE MENTORS_TRAINED NARRATIVE_PRESENT PROVIDER_ACCREDITED
    STANDARD_AUDIT TRN_ANNEX
"""


def test_the_list_is_whole():
    """Code by code as the domain's list has it, families spelled out."""
    coverages = "HOUSING POLICE EDUCATION MENTAL_HEALTH PROBATION COURT MANAGER CYP PERP MARAC INFO_SHARE EQUALITY"
    coverages += " TRAUMA ORDERS SUBSTANCE_MH VULNERABILITY BYSTANDER REQUIRED T1 T2 TOPIC"
    listed = {f"COV_{code}" for code in coverages.split()}
    listed |= {f"CONF_{code}" for code in ("ASK_VICTIM", "ASK_PERP", "RESPOND", "SHARE", "CYP")}
    listed |= {f"IMPORT_{code}" for code in ("ARREST_RATE", "CONVICTIONS", "REOFFENDING", "CHILD_REPEAT")}
    listed |= set(OTHERS.split())
    assert {each.code for each in read_indicators()} == listed
    assert len(read_indicators()) == 80
    assert {each.owner.value for each in read_indicators()} <= set(ROLES)


def test_every_percentage_and_ratio_names_its_denominator():
    nameless = [
        each.code for each in read_indicators() if each.unit.value in {"percent", "ratio"} and not each.denominator
    ]
    assert nameless == []


def test_what_a_coverage_measures_is_in_the_catalogue():
    catalogue = read_catalogue()
    known = {
        "tier": {tier.code for tier in catalogue.tiers},
        "module_family": {family.code for family in catalogue.module_families},
        "role_family": {family.code for family in catalogue.role_families},
        "role_group": {group.code for group in catalogue.role_groups},
    }
    coverages = [each for each in read_indicators() if each.code.startswith("COV_")]
    assert len(coverages) == 21
    for each in coverages:
        for name, codes in known.items():
            assert getattr(each.measure, name) in codes | {None}


def test_every_module_family_is_fed_by_a_module_and_read_by_an_indicator():
    catalogue = read_catalogue()
    families = {family.code for family in catalogue.module_families}
    assert {code for module in catalogue.modules for code in module.families} == families
    measured = {each.measure.module_family for each in read_indicators() if each.measure}
    assert measured - {None} == families


def test_an_unknown_indicator_is_refused_by_line(tmp_path):
    path = changed(tmp_path, "[INDUCTION_ON_TIME]", "[INDUCTION_IN_TIME]")
    line = line_with("[INDUCTION_ON_TIME]")
    assert refusal(path) == f"own.yaml, line {line}: there is no indicator INDUCTION_IN_TIME"


def test_an_outcome_said_to_be_evidenced_must_name_an_indicator(tmp_path):
    path = changed(tmp_path, "indicators: [INDUCTION_ON_TIME]", "indicators: []")
    assert refusal(path) == (
        f"own.yaml, line {line_with('[INDUCTION_ON_TIME]')}: 1.1b has evidence D, so it names an indicator"
    )


def test_an_outcome_without_evidence_names_no_indicator(tmp_path):
    path = changed(tmp_path, "indicators: []", "indicators: [COV_T1]")
    assert refusal(path) == (
        f"own.yaml, line {line_with('indicators: []')}: 3.2c has evidence N, so it names no indicator"
    )


def test_a_ref_used_twice_is_refused_by_line(tmp_path):
    path = changed(tmp_path, "ref: 4.2b", "ref: 1.1a")
    assert refusal(path) == (f"own.yaml, line {line_with('ref: 4.2b')}: 1.1a is the ref of two outcome rows")


def test_a_ref_read_as_a_number_is_refused_and_not_rounded(tmp_path):
    path = changed(tmp_path, 'ref: "1.1"', "ref: 1.10")
    line = line_with('ref: "1.1"')
    assert refusal(path).startswith(f"own.yaml, line {line}: ")


def test_an_indicator_named_twice_by_an_outcome_is_refused_by_line(tmp_path):
    path = changed(tmp_path, "[INDUCTION_ON_TIME]", "[INDUCTION_ON_TIME, INDUCTION_ON_TIME]")
    line = line_with("[INDUCTION_ON_TIME]")
    assert refusal(path) == f"own.yaml, line {line}: 1.1b names INDUCTION_ON_TIME twice"


def following(tmp_path: Path, succeeds: str) -> Path:
    """The demo pack, said on its last line to follow another."""
    path = tmp_path / "own.yaml"
    path.write_text(f"{DEMO}succeeds: {succeeds}\n", encoding="utf-8")
    return path


def test_an_outcome_may_carry_on_those_of_the_strategy_before(tmp_path):
    path = following(tmp_path, '{pack: glos-da-2021, outcomes: {"1.1a": ["3A.3", "3A.4"]}}')
    assert read_pack(path).succeeds.outcomes == {"1.1a": ("3A.3", "3A.4")}


@pytest.mark.parametrize(
    ("succeeds", "reason"),
    [
        ("{pack: nowhere-2030, outcomes: {}}", "there is no pack nowhere-2030, packaged or beside this file"),
        ('{pack: glos-da-2021, outcomes: {"9.9": ["3A.3"]}}', "there is no outcome 9.9 in severnshire-2026"),
        ('{pack: glos-da-2021, outcomes: {"1.1a": ["9Z.9"]}}', "there is no outcome 9Z.9 in glos-da-2021"),
        ('{pack: glos-da-2021, outcomes: {"1.1a": ["3A.3", "3A.3"]}}', "1.1a names 3A.3 twice"),
        ('{pack: glos-da-2021, outcomes: {"1.1a": []}}', "1.1a carries on no outcome: leave it out"),
        (
            '{pack: glos-da-2021, outcomes: {"1.1a": ["3A.3"], "1.1a": ["3A.4"]}}',
            "1.1a is written twice",
        ),
        (
            "{pack: severnshire-2026, outcomes: {}}",
            "these strategies follow each other in a circle: severnshire-2026, severnshire-2026",
        ),
    ],
)
def test_a_strategy_that_cannot_follow_another_as_told_is_refused_by_line(tmp_path, succeeds, reason):
    line = len(DEMO.splitlines()) + 1
    assert refusal(following(tmp_path, succeeds)) == f"own.yaml, line {line}: {reason}"


def test_two_strategies_that_follow_each_other_are_refused(tmp_path):
    other = (
        DEMO.replace("id: severnshire-2026", "id: other-2020") + "succeeds: {pack: severnshire-2026, outcomes: {}}\n"
    )
    (tmp_path / "other-2020.yaml").write_text(other, encoding="utf-8")
    path = following(tmp_path, "{pack: other-2020, outcomes: {}}")
    assert refusal(path).endswith("in a circle: severnshire-2026, other-2020, severnshire-2026")


def test_an_unknown_kind_of_agency_is_refused_by_line(tmp_path):
    path = changed(tmp_path, "kind: probation}", "kind: parole}")
    assert refusal(path).startswith(f"own.yaml, line {line_with('kind: probation}')}: kind: should be ")


def test_a_period_that_ends_before_it_begins_is_refused_by_line(tmp_path):
    path = changed(tmp_path, "to: 2029", "to: 2025")
    assert refusal(path).startswith(f"own.yaml, line {line_with('to: 2029}')}: period")


def test_a_pack_that_is_not_there_is_named():
    assert refusal(Path("nowhere-2030")).startswith("nowhere-2030, line 1: the file cannot be read")


def test_an_indicator_listed_twice_is_refused_by_line(tmp_path):
    text = INDICATORS.read_text(encoding="utf-8").replace("code: COV_T2", "code: COV_T1", 1)
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "Ask & Respond in date" in row) - 1
    with pytest.raises(PackError) as caught:
        read_indicators(path)
    assert str(caught.value) == f"own.yaml, line {line}: COV_T1 is used twice"
