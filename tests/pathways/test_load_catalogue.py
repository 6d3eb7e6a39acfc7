"""A catalogue is loaded once; loaded again it changes nothing but what its file changed."""

from datetime import date

import pytest
from django.core.management import call_command

from tests.factories import PartnershipFactory, TermFactory
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.ledger.models import StandingStep
from training.ledger.rebuild import rebuild_standings
from training.pathways.catalogue import DEFAULT, read_catalogue
from training.pathways.models import (
    Module,
    PathwayVersion,
    Requirement,
    RequirementVersion,
    Satisfies,
    Tier,
)
from training.pathways.services import load_catalogue, record_trigger
from training.people.models import Designation, RoleGroup, StalePost

ON = date(2026, 4, 1)
BY = Actor.system("test")


@pytest.fixture
def load(world, moment):
    """Load a catalogue, the packaged one unless told otherwise, into Severnshire."""

    def load(catalogue=None, on=ON, at=moment, **more):
        return load_catalogue(
            partnership=world.partnership, catalogue=catalogue or read_catalogue(), by=BY, at=at, on=on, **more
        )

    return load


def own(tmp_path, old, new):
    """The packaged catalogue with the first `old` made `new`."""
    text = DEFAULT.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "own.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def rule(module, group):
    return Requirement.objects.get(module__code=module, role_group__code=group)


def said(requirement):
    """First day, last day and validity of the versions as now known."""
    rows = requirement.versions.known_now().order_by("starts_on")
    return [(row.starts_on, row.ends_on, row.validity_months, row.induction_days) for row in rows]


def test_it_brings_tiers_modules_groups_duties_and_one_live_version(load):
    load()
    assert "".join(Tier.objects.values_list("code", flat=True)) == "ABCDHMLSR"
    assert Module.objects.count() == 37
    assert RoleGroup.objects.count() == 38
    assert Designation.objects.get(code="MARAC_REP").reason == "you are a MARAC representative"
    version = PathwayVersion.objects.get()
    assert (version.number, version.status, version.live_from, version.modules.count()) == (1, "live", ON, 37)


def test_a_module_carries_what_the_catalogue_says(load):
    load()
    module = Module.objects.get(code="DA-A1")
    assert (module.title, module.neutral_title) == ("Domestic abuse: what everyone needs to know", "Module A1")
    assert (module.minutes, module.validity_months, module.modes, module.tier.code) == (45, 36, ["online"], "A")
    assert Module.objects.get(code="DA-B2").refreshes.code == "DA-B1"
    assert [each.code for each in Module.objects.get(code="DA-B1").prerequisites.all()] == ["DA-A1"]


def test_a_rule_says_induction_validity_and_window(load):
    load()
    row = rule("DA-A1", "POLICE_RESPONSE").versions.get()
    assert (row.kind, row.basis, row.validity_months, row.window_days) == ("expiring", "from_old_end", 36, 60)
    assert (row.induction_days, row.starts_on) == (28, ON)
    attendance = Requirement.objects.get(module__code="DA-H2", designation__code="CHAMPION").versions.get()
    assert (attendance.kind, attendance.attendance_count, attendance.attendance_months) == ("attendance", 2, 12)


def test_only_common_role_groups_have_rules_until_all_are_asked_for(load):
    load()
    groups = {group.code for group in read_catalogue().role_groups if group.switched_on}
    asked = set(Requirement.objects.exclude(role_group=None).values_list("role_group__code", flat=True))
    assert asked == groups
    load(all_role_groups=True)
    assert Requirement.objects.filter(role_group__code="PROBATION").exists()


def test_a_specialist_is_taken_to_hold_the_two_first_modules(load):
    load()
    links = Satisfies.objects.values_list("lender__code", "borrower__code", "months")
    assert sorted(links) == [("DA-D0", "DA-A1", None), ("DA-D0", "DA-B1", None)]


def test_loading_again_changes_nothing(load, moment):
    first = load()
    rows = list(RequirementVersion.objects.order_by("pk").values())
    events = AuditEvent.objects.count()
    again = load(on=date(2026, 9, 1))
    assert not first.is_unchanged
    assert again.is_unchanged
    assert list(RequirementVersion.objects.order_by("pk").values()) == rows
    assert AuditEvent.objects.count() == events


def test_a_changed_rule_ends_the_day_before_and_begins_anew(load, tmp_path):
    load()
    receipt = load(read_catalogue(own(tmp_path, "refresh_months: 36", "refresh_months: 24")), on=date(2026, 10, 1))
    office = rule("DA-A1", "OFFICE")
    days = office.versions.first().induction_days
    assert said(office) == [
        (ON, date(2026, 9, 30), 36, days),
        (date(2026, 10, 1), None, 24, days),
    ]
    assert str(office) in receipt.rules_changed
    assert said(rule("DA-B1", "GP"))[0][1] is None


def test_what_the_rule_was_is_still_known_as_it_was_then(load, tmp_path, moment):
    load()
    changed = read_catalogue(own(tmp_path, "refresh_months: 36", "refresh_months: 24"))
    load(changed, on=date(2026, 10, 1), at=moment.replace(hour=18))
    before = rule("DA-A1", "OFFICE").versions.known_at(moment).values_list("ends_on", "validity_months")
    assert list(before) == [(None, 36)]


def test_a_changed_title_is_brought_up(load, tmp_path):
    load()
    receipt = load(read_catalogue(own(tmp_path, "title: Community awareness session", "title: An evening for all")))
    assert Module.objects.get(code="DA-A2").title == "An evening for all"
    counts = {count.kind: (count.new, count.changed) for count in receipt.counts}
    assert counts["modules"] == (0, 1)
    assert PathwayVersion.objects.count() == 1


def test_a_module_named_twice_for_a_group_is_asked_once(load, tmp_path):
    load(read_catalogue(own(tmp_path, "required: [DA-A1, DA-B1]", "required: [DA-A1, DA-B1, DA-A1]")))
    assert rule("DA-A1", "GP").versions.count() == 1


BRIEFED = ("required: [DA-A1, DA-B1, DA-S3]", "required: [DA-A1, DA-B1, DA-S3, DA-R2]")


def test_a_lesson_briefing_is_asked_for_by_its_event_within_that_events_days(load, tmp_path, world, amira_post, moment):
    load(read_catalogue(own(tmp_path, *BRIEFED)))
    briefing = rule("DA-R2", "MIDWIFE")
    version = briefing.versions.get()
    assert (version.kind, version.induction_days) == ("triggered", 60)
    steps = StandingStep.objects.within(world.agency).filter(post=amira_post, module=briefing.module)
    rebuild_standings(at=moment)
    assert not steps.exists()
    event = {"event": "briefing", "happened_on": date(2026, 10, 1), "days_to_complete": version.induction_days}
    record_trigger(requirement=briefing, by=BY, at=moment, **event)
    rebuild_standings(at=moment)
    assert [(step.from_on, step.due_on) for step in steps.filter(state="not_started")] == [
        (date(2026, 10, 1), date(2026, 11, 30))
    ]


def test_a_module_can_ask_for_hours(load, tmp_path):
    meetings = "kind: attendance\n    refresh_months: 0\n    attendance: {meetings: 2, months: 12}"
    hours = "kind: rolling_hours\n    refresh_months: 0\n    rolling: {hours: 6, months: 24}"
    load(read_catalogue(own(tmp_path, meetings, hours)))
    version = Requirement.objects.get(module__code="DA-H2").versions.get()
    assert (version.kind, version.rolling_hours, version.rolling_months) == ("rolling_hours", 6, 24)


def test_every_post_of_the_partnership_is_worked_out_anew(load, world):
    post = TermFactory(post__employment__agency=world.agency).post
    TermFactory()
    load()
    assert [mark.post_id for mark in StalePost.objects.everywhere(reason="test")] == [post.pk]


def test_the_command_prints_a_receipt(world, capsys):
    call_command("load_catalogue", partnership="severnshire", as_of=ON)
    out = capsys.readouterr().out
    assert out.startswith("Severnshire training pathway, version 1\n")
    assert "modules: 37 new, 0 changed, 0 unchanged" in out
    call_command("load_catalogue", partnership="severnshire", as_of=ON)
    assert capsys.readouterr().out.endswith("Nothing has changed.\n")


def test_the_command_names_file_line_and_reason_of_what_it_refuses(world, tmp_path, capsys):
    path = own(tmp_path, "induction_days: 56", "induction_days: soon")
    with pytest.raises(SystemExit) as left:
        call_command("load_catalogue", partnership="severnshire", file=str(path))
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if "induction_days: soon" in text)
    assert left.value.code == 1
    assert capsys.readouterr().err.startswith(f"own.yaml, line {line}: induction_days: should be a whole number")
    assert not Module.objects.exists()


def test_the_command_refuses_a_partnership_that_is_not_there(world, capsys):
    PartnershipFactory(code="other")
    with pytest.raises(SystemExit) as left:
        call_command("load_catalogue", partnership="nowhere")
    assert left.value.code == 2
    assert capsys.readouterr().err == "There is no partnership with the code nowhere.\n"
