"""Each obligation says why, whoever asks it and however often; and what stands in for what is said."""

from datetime import UTC, date, datetime

from tests.factories import DutyFactory, ModuleFactory, RequirementVersionFactory, completion
from tests.rules.test_pages import text
from training.ledger.rebuild import refresh_standings
from training.pathways.models import Satisfies
from training.rules.because import Lent, lent_to

AT = datetime(2020, 1, 1, tzinfo=UTC)


def learning_page(as_, amira, amira_post):
    refresh_standings([amira_post.pk], at=amira_post.recorded_at)
    return text(as_(amira.user).get("/learning/"))


def test_several_rules_are_all_named(rule, amira, amira_post, as_):
    duty = DutyFactory(post=amira_post)
    RequirementVersionFactory(
        requirement__module=rule.module, requirement__role_group=None, requirement__designation=duty.designation
    )
    seen = learning_page(as_, amira, amira_post)
    assert "because your role is Midwife" in seen
    assert "because of your duty: MARAC representative" in seen


def test_an_agencys_own_rule_says_so(world, rule, b1, amira, amira_post, as_):
    RequirementVersionFactory(
        requirement__module=b1, requirement__role_group=rule.role_group, requirement__agency=world.agency
    )
    assert "because your role is Midwife, as your agency asks" in learning_page(as_, amira, amira_post)


def test_what_is_in_date_says_why_it_was_asked(rule, amira, amira_post, as_):
    completion(amira, rule.module, on=date(2026, 3, 2))
    assert "Asked because your role is Midwife" in learning_page(as_, amira, amira_post)


def link(lender, borrower, **more):
    return Satisfies.objects.create(
        lender=lender, borrower=borrower, starts_on=date(2020, 1, 1), recorded_at=AT, recorded_by="system:test", **more
    )


def test_what_stands_in_for_a_module_is_named(rule, amira, amira_post, as_):
    lender = ModuleFactory(code="DA-D0", title="Specialist record")
    link(lender, rule.module)
    completion(amira, lender, on=date(2026, 3, 2))
    assert "Your training 'Specialist record' counts for 'Module title DA-A1'." in learning_page(
        as_, amira, amira_post
    ).replace("&#x27;", "'")


def test_what_was_completed_itself_needs_no_lender(rule, b1, day, django_assert_num_queries):
    link(b1, rule.module)
    with django_assert_num_queries(0):
        assert lent_to([rule.module], {rule.module_id, b1.pk}, on=day) == ()


def test_a_link_that_has_ended_lends_nothing(rule, b1, day):
    row = link(b1, rule.module, ends_on=date(2026, 1, 1))
    assert lent_to([rule.module], {b1.pk}, on=day) == ()
    Satisfies.objects.filter(pk=row.pk).update(ends_on=None)
    assert lent_to([rule.module], {b1.pk}, on=day) == (Lent(b1.title, rule.module.title),)
