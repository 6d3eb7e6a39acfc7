"""The rules' pages: typed, looked at, saved; what asks less goes to the partnership."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.access.planting_rules import typed
from tests.factories import ModuleFactory, RequirementFactory, RequirementVersionFactory, RoleGroupFactory
from training.access.actor import Actor
from training.access.clock import today
from training.audit.models import AuditEvent
from training.pathways import services as pathways
from training.pathways.models import Requirement, RuleProposal, Trigger


def form(on=None, **said):
    """What the form of an expiring rule sends; as the rule of these tests runs, unless it is said."""
    plain = {"validity_months": 36, "window_days": 60, "grace_days": 0, "induction_days": 56}
    return typed("from_on", on or today()) | {name: str(value) for name, value in (plain | said).items()}


def text(response):
    """What a reader sees of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def confirmed(client, address, data):
    """Type, look at the preview, then press the button there."""
    preview = client.post(address, data)
    assert preview.status_code == 200, "the first answer is the preview"
    seen = re.search(r'name="seen" value="(\w+)"', preview.content.decode())
    assert seen, text(preview)
    return client.post(address, data | {"seen": seen[1], "confirm": "yes"})


def versions(rule):
    rows = rule.versions.known_now().order_by("starts_on")
    return list(rows.values_list("starts_on", "ends_on", "validity_months", "induction_days"))


def own_of(world):
    return Requirement.objects.filter(agency=world.agency).first()


def test_the_matrix_shows_who_is_asked_for_what(world, rule, kim, as_):
    answer = as_(kim).get(reverse("rules", args=["severnshire"]))
    assert f'href="{reverse("rule", args=["severnshire", rule.uid])}">36 months</a>' in answer.content.decode()
    assert "Midwife" in text(answer)


def test_the_matrix_is_of_one_tier_or_of_all(world, rule, b1, kim, as_):
    address = reverse("rules", args=["severnshire"])
    assert "DA-A1" not in text(as_(kim).get(address, {"tier": b1.tier_id}))
    assert "DA-A1" in text(as_(kim).get(address, {"tier": ""}))


def test_a_change_is_looked_at_before_it_is_saved(world, rule, kim, as_, midwives):
    midwives(world.agency, 6, starts_on=today())
    client, address = as_(kim), reverse("rule-change", args=["severnshire", rule.uid])
    before = versions(rule)
    preview = client.post(address, form(induction_days=14))
    assert "Due sooner 5 people" in text(preview), "to the nearest five"
    assert AuditEvent.objects.get(verb="rule previewed").partnership_code == "severnshire"
    assert versions(rule) == before
    answer = confirmed(client, address, form(induction_days=14))
    assert answer.status_code == 302
    assert versions(rule) == [
        (date(2020, 1, 1), today() - timedelta(days=1), 36, 56),
        (today(), None, 36, 14),
    ]


def test_a_change_meanwhile_shows_the_preview_anew(world, rule, kim, as_, moment):
    client, address = as_(kim), reverse("rule-change", args=["severnshire", rule.uid])
    seen = re.search(r'name="seen" value="(\w+)"', client.post(address, form()).content.decode())[1]
    pathways.change_requirement(requirement=rule, on=today(), by=Actor.system("test"), at=moment, validity_months=12)
    answer = client.post(address, form() | {"seen": seen, "confirm": "yes"})
    assert "have been changed since you looked" in text(answer)
    assert versions(rule)[-1][2] == 12


def test_going_back_keeps_what_was_typed(world, rule, kim, as_):
    address = reverse("rule-change", args=["severnshire", rule.uid])
    answer = as_(kim).post(address, form(validity_months=18) | {"edit": "yes"})
    assert 'name="validity_months" value="18"' in answer.content.decode()


def test_a_rule_that_does_not_hang_together_says_why(world, rule, kim, as_):
    address = reverse("rule-change", args=["severnshire", rule.uid])
    answer = as_(kim).post(address, form(validity_months=1, window_days=60))
    assert "The window must be shorter than the validity." in text(answer)


def test_another_way_of_meeting_it_begins_from_plain(world, rule, kim, as_):
    address = reverse("rule-change", args=["severnshire", rule.uid]) + "?way=once"
    assert confirmed(as_(kim), address, typed("from_on", today()) | {"induction_days": "7"}).status_code == 302
    row = rule.versions.known_now().get(starts_on=today())
    assert (row.kind, row.validity_months, row.window_days, row.induction_days) == ("once", None, 0, 7)


def test_a_rule_is_ended_after_a_look(world, rule, kim, as_):
    address = reverse("rule-end", args=["severnshire", rule.uid])
    assert confirmed(as_(kim), address, typed("last_on", today())).status_code == 302
    assert versions(rule) == [(date(2020, 1, 1), today(), 36, 56)]


def test_a_new_rule_is_chosen_then_said_then_looked_at(world, b1, kim, as_):
    group = RoleGroupFactory(code="OFFICE")
    asked = f"?who=r{group.pk}&module={b1.pk}&way=from_completion&agency_kind=police"
    assert confirmed(as_(kim), reverse("rule-new", args=["severnshire"]) + asked, form()).status_code == 302
    made = Requirement.objects.get(module=b1)
    assert (made.role_group, made.agency_kind, versions(made)) == (group, "police", [(today(), None, 36, 56)])


def test_a_rule_there_is_already_is_led_to(world, rule, kim, as_):
    asked = f"?who=r{rule.role_group_id}&module={rule.module_id}&way=once"
    answer = as_(kim).get(reverse("rule-new", args=["severnshire"]) + asked)
    assert answer["Location"] == reverse("rule", args=["severnshire", rule.uid])


def test_an_event_is_put_on_record_and_taken_back(world, rule, kim, as_):
    client = as_(kim)
    data = typed("happened_on", date(2026, 11, 1)) | {"event": "briefing", "days_to_complete": "30"}
    client.post(reverse("rule-event", args=["severnshire", rule.uid]), data)
    row = Trigger.objects.of_nobody().get()
    assert "1 November 2026: A new lesson briefing was published" in text(
        client.get(reverse("rule", args=["severnshire", rule.uid]))
    )
    client.post(reverse("rule-event-back", args=["severnshire", rule.uid, row.uid]))
    assert Trigger.objects.of_nobody().known_now().count() == 0


def test_hr_sees_what_is_asked_and_why(world, rule, amira, bea, as_):
    RequirementVersionFactory(requirement__role_group=RoleGroupFactory(code="POLICE_RESPONSE"))
    answer = as_(bea).get(reverse("agency-rules", args=["SVH"]))
    assert "Midwife" in text(answer) and "Asked by the partnership" in text(answer)
    assert "Police response" not in text(answer), "nobody at the hospital has that job"
    assert "Police response" in text(as_(bea).get(reverse("agency-rules", args=["SVH"]), {"everybody": "on"}))


def test_hr_asks_more_of_their_own(world, rule, amira, bea, as_):
    client, address = as_(bea), reverse("agency-rule-change", args=["SVH", rule.uid])
    assert confirmed(client, address, form(validity_months=24)).status_code == 302
    assert versions(own_of(world)) == [(today(), None, 24, 56)]
    assert versions(rule) == [(date(2020, 1, 1), None, 36, 56)], "the partnership's stays as it was"
    assert "You ask more than the partnership" in text(client.get(reverse("agency-rules", args=["SVH"])))


def test_asking_less_goes_to_the_partnership_and_is_seen_there(world, rule, amira, bea, kim, as_):
    address = reverse("agency-rule-change", args=["SVH", rule.uid])
    client = as_(bea)
    preview = text(client.post(address, form(validity_months=48)))
    assert "so the partnership has to allow it" in preview
    assert confirmed(client, address, form(validity_months=48)).status_code == 302
    assert own_of(world) is None, "nothing changes until it is allowed"
    proposal = RuleProposal.objects.get()

    client = as_(kim)
    page = reverse("rule-proposal", args=["severnshire", proposal.uid])
    assert "Training would be valid for 48 months, not 36." in text(client.get(page))
    assert AuditEvent.objects.filter(verb="rule previewed", actor=f"user:{kim.uid}").count() == 1
    client.post(page, {"do": "allow"})
    assert versions(own_of(world)) == [(today(), None, 48, 56)]
    assert "Severn Vale Hospitals asks less" in text(client.get(reverse("rule", args=["severnshire", rule.uid])))
    assert "You ask less: the partnership allowed it" in text(as_(bea).get(reverse("agency-rules", args=["SVH"])))


def test_a_declined_proposal_changes_nothing(world, rule, amira, bea, kim, as_):
    confirmed(as_(bea), reverse("agency-rule-change", args=["SVH", rule.uid]), form(induction_days=90))
    proposal = RuleProposal.objects.get()
    as_(kim).post(reverse("rule-proposal", args=["severnshire", proposal.uid]), {"do": "decline"})
    assert own_of(world) is None
    assert "declined" in text(as_(bea).get(reverse("agency-rules", args=["SVH"])))


def test_a_proposal_is_taken_back(world, rule, amira, bea, as_):
    confirmed(as_(bea), reverse("agency-rule-change", args=["SVH", rule.uid]), form(induction_days=90))
    as_(bea).post(reverse("agency-proposal-back", args=["SVH", RuleProposal.objects.get().uid]))
    assert RuleProposal.objects.get().state == "withdrawn"


def test_hr_adds_a_rule_of_their_own(world, b1, rule, bea, as_):
    asked = f"?who=r{rule.role_group_id}&module={b1.pk}&way=from_completion"
    assert confirmed(as_(bea), reverse("agency-rule-new", args=["SVH"]) + asked, form()).status_code == 302
    own = own_of(world)
    assert (own.module, own.role_group, versions(own)) == (b1, rule.role_group, [(today(), None, 36, 56)])


def test_the_partnerships_rule_is_back_when_hr_ends_its_own(world, rule, amira, bea, as_):
    client = as_(bea)
    confirmed(client, reverse("agency-rule-change", args=["SVH", rule.uid]), form(validity_months=24))
    address = reverse("agency-rule-end", args=["SVH", rule.uid])
    assert confirmed(client, address, typed("last_on", today() + timedelta(days=30))).status_code == 302
    assert versions(own_of(world)) == [(today(), today() + timedelta(days=30), 24, 56)]


@pytest.mark.parametrize("page", ["agency-rule", "agency-rule-change", "agency-rule-way", "agency-rule-end"])
def test_a_neighbours_own_rule_is_not_there(world, rule, bea, as_, page):
    theirs = RequirementVersionFactory(
        requirement__module=ModuleFactory(code="DA-C1"),
        requirement__role_group=rule.role_group,
        requirement__agency=world.neighbour,
    ).requirement
    assert as_(bea).get(reverse(page, args=["SVH", theirs.uid])).status_code == 404


def test_a_partnerships_rule_cannot_be_changed_by_hr(world, rule, bea, as_):
    assert as_(bea).get(reverse("rule-change", args=["severnshire", rule.uid])).status_code == 403


def test_a_rule_takes_the_same_questions_for_one_agencys_own_and_for_many(
    world, rule, kim, as_, django_assert_num_queries, django_assert_max_num_queries
):
    def also_asked_by(agency):
        same = {"module": rule.module, "role_group": rule.role_group, "agency": agency}
        RequirementVersionFactory(requirement=RequirementFactory(**same), validity_months=48)

    client, address = as_(kim), reverse("rule", args=["severnshire", rule.uid])
    also_asked_by(world.agency)
    assert "Training would be valid for 48 months" in client.get(address).content.decode()
    with django_assert_max_num_queries(30) as one:
        client.get(address)
    also_asked_by(world.neighbour)
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_the_matrix_takes_the_same_questions_for_one_rule_and_for_many(
    world, rule, kim, as_, django_assert_num_queries, django_assert_max_num_queries
):
    client, address = as_(kim), reverse("rules", args=["severnshire"])
    client.get(address)
    with django_assert_max_num_queries(30) as one:
        client.get(address)
    for code in ("OFFICE", "POLICE_RESPONSE"):
        RequirementVersionFactory(requirement__role_group=RoleGroupFactory(code=code))
    with django_assert_num_queries(len(one)):
        client.get(address)
