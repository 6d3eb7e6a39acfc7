"""The packaged catalogue holds what the pathway promises, and a broken one names its line."""

from pathlib import Path

import pytest

from training.pathways.catalogue import DEFAULT, CatalogueError, Kind, read_catalogue

PACKAGED = DEFAULT.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue()


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """The packaged file with the first `old` made `new`."""
    assert old in PACKAGED
    path = tmp_path / "own.yaml"
    path.write_text(PACKAGED.replace(old, new, 1), encoding="utf-8")
    return path


def line_with(text: str, after: str = "") -> int:
    """The line of the packaged file that holds `text`, below the line that holds `after`."""
    lines = PACKAGED.splitlines()
    start = next(n for n, line in enumerate(lines) if after in line)
    return next(n for n, line in enumerate(lines, 1) if n > start and text in line)


def refusal(path: Path) -> CatalogueError:
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(path)
    return caught.value


def test_it_holds_nine_tiers_37_modules_38_role_groups_and_7_designations(catalogue):
    assert "".join(tier.code for tier in catalogue.tiers) == "ABCDHMLSR"
    assert len(catalogue.modules) == 37
    assert len(catalogue.role_groups) == 38
    assert len(catalogue.designations) == 7


def test_twelve_common_role_groups_are_switched_on(catalogue):
    assert [group.code for group in catalogue.role_groups if group.switched_on] == [
        "GP",
        "GP_RECEPTION",
        "MIDWIFE",
        "HEALTH_VISITOR",
        "ED_NURSE",
        "POLICE_RESPONSE",
        "SW_CHILDREN",
        "HOUSING",
        "TEACHER",
        "DSL",
        "LINE_MANAGER",
        "OFFICE",
    ]


@pytest.mark.parametrize(
    ("group", "hours"),
    [
        ("GP_RECEPTION", 0.75),
        ("TEACHER", 3.75),
        ("GP", 4.25),
        ("MIDWIFE", 7.25),
        ("HOUSING", 6.75),
        ("SUBSTANCE", 9.75),
        ("POLICE_RESPONSE", 13.75),
        ("SW_CHILDREN", 17),
        ("DSL", 17.5),
    ],
)
def test_the_first_dose_of_a_role_group_is_as_published(catalogue, group, hours):
    assert catalogue.required_minutes(catalogue.role_group(group)) == hours * 60


def test_a_designation_adds_its_modules(catalogue):
    assert catalogue.designation("CHAMPION").adds == ("DA-B1", "DA-H1", "DA-H2")
    assert catalogue.designation("MARAC_REP").adds == ("DA-C1", "DA-C2", "DA-C3")


def test_relations_between_modules_are_as_published(catalogue):
    refreshers = {m.code: m.refreshes for m in catalogue.modules if m.refreshes}
    lent = {m.code: [s.module for s in m.satisfies] for m in catalogue.modules if m.satisfies}
    assert refreshers == {"DA-B2": "DA-B1"}
    assert lent == {"DA-D0": ["DA-A1", "DA-B1"]}


def test_kinds_other_than_expiring_are_four_modules(catalogue):
    others = {m.code: m.kind for m in catalogue.modules if m.kind is not Kind.EXPIRING}
    assert others == {
        "DA-A2": Kind.ONCE,
        "DA-D0": Kind.ONCE,
        "DA-H2": Kind.ATTENDANCE,
        "DA-R2": Kind.TRIGGERED,
    }
    meetings = catalogue.module("DA-H2").attendance
    assert (meetings.meetings, meetings.months) == (2, 12)


def test_the_first_module_is_due_by_the_role_groups_days_and_others_by_the_tiers(
    catalogue,
):
    police = catalogue.role_group("POLICE_RESPONSE")
    days = {code: catalogue.induction_days(catalogue.module(code), police) for code in police.required}
    assert days == {
        "DA-A1": 28,
        "DA-B1": 182,
        "DA-C1": 364,
        "DA-S1": 364,
        "DA-S11": 364,
    }


def test_a_designation_has_no_days_of_its_own(catalogue):
    assert catalogue.induction_days(catalogue.module("DA-A1")) == 56


def test_a_neutral_title_never_says_the_subject(catalogue):
    assert catalogue.module("DA-B1").neutral_title == "Module B1"
    assert catalogue.module("DA-S17").neutral_title == "Module S17"


def test_an_unknown_module_in_a_requirement_is_refused_by_line(tmp_path):
    path = changed(tmp_path, "required: [DA-A1, DA-B1, DA-S14]", "required: [DA-A1, DA-B7]")
    assert str(refusal(path)) == (f"own.yaml, line {line_with('DA-S14]')}: there is no module DA-B7")


def test_a_code_used_twice_is_refused_by_line(tmp_path):
    path = changed(tmp_path, "- code: DA-A2", "- code: DA-A1")
    assert str(refusal(path)) == (f"own.yaml, line {line_with('- code: DA-A2')}: DA-A1 is used twice in modules")


def test_a_key_written_twice_is_refused_by_line(tmp_path):
    path = changed(tmp_path, "    minutes: 45\n", "    minutes: 45\n    minutes: 50\n")
    error = refusal(path)
    assert (error.line, error.problems[0].reason) == (
        line_with("minutes: 45") + 1,
        "minutes is written twice",
    )


def test_an_unknown_key_is_refused_by_line(tmp_path):
    path = changed(tmp_path, "    minutes: 45\n", "    minutes: 45\n    colour: red\n")
    error = refusal(path)
    assert error.line == line_with("minutes: 45") + 1
    assert error.problems[0].reason == "colour: is no key that can stand here: look at its spelling"


def test_a_missing_key_is_refused_at_the_row_that_lacks_it(tmp_path):
    path = changed(tmp_path, "    minutes: 210\n", "")
    error = refusal(path)
    assert (error.line, error.problems[0].reason) == (
        line_with("- code: DA-B1"),
        "minutes: is missing",
    )


def test_text_where_a_number_belongs_is_not_coerced(tmp_path):
    path = changed(tmp_path, "minutes: 45", 'minutes: "45"')
    assert refusal(path).line == line_with("minutes: 45")


def test_every_problem_is_named_and_in_the_order_of_lines(tmp_path):
    path = changed(tmp_path, "refresh_months: 24", "refresh_months: 0")
    text = path.read_text(encoding="utf-8").replace("family: housing", "family: houses", 1)
    path.write_text(text, encoding="utf-8")
    error = refusal(path)
    assert [problem.line for problem in error.problems] == [
        line_with("refresh_months", after="- code: DA-B1"),
        line_with("family: housing"),
    ]
    assert error.problems[1].reason == "there is no role family houses"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("title: [unclosed\nversion: 1", 2),
        ("title: &a x\nversion: *a\n", 2),
        ("title: !!python/object:os.system x\n", 1),
        ("- only\n- a list\n", 1),
        ("[" * 20000, 1),
        ("[" * 200_000 + "]" * 200_000, 1),
    ],
    ids=["empty", "unclosed", "alias", "python tag", "list", "deep", "deep and closed"],
)
def test_what_is_not_a_catalogue_at_all_is_refused_plainly(tmp_path, text, line):
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    assert refusal(path).line == line


def test_a_file_that_is_missing_or_not_text_is_refused_plainly(tmp_path):
    path = tmp_path / "own.yaml"
    assert "cannot be read" in str(refusal(path))
    path.write_bytes(b"title: x\nsource: \xff\xfe")
    assert str(refusal(path)) == "own.yaml, line 2: this is not text in UTF-8"
