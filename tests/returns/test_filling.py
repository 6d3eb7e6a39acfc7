"""A return from its beginning to its signature, its correction, and its way back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import RoleGrantFactory, completion
from tests.returns.conftest import BY, SPRING, SUMMER, actor
from training.audit.models import AuditEvent
from training.notices.models import Notice
from training.returns import services as returns
from training.returns.errors import AlreadyThere, NeedsAnother, NotAsked, NotNow, TooMany, Unfinished
from training.returns.models import AgencyReturn, ReturnLine, ReturnVersion
from training.returns.quarters import Quarter
from training.returns.selectors.agency import Stage, lines_shown, own_return, restatements
from training.returns.selectors.asked import to_fill_in
from training.returns.selectors.partnership import returns_on_time, trained

pytestmark = pytest.mark.django_db


def mails():
    return [(each.address, each.subject) for each in Notice.objects.everywhere(reason="test").order_by("pk")]


def stage(row):
    return own_return(row.agency, row.partnership, row.quarter).stage


def test_a_return_goes_from_the_one_who_fills_in_to_the_one_who_signs(began, line, bea, lee, access_for, day, moment):
    returns.set_line(of=began, line=line(12), by=actor(bea), at=moment)
    assert (stage(began), to_fill_in(began.agency, on=day)) == (Stage.FILLING, 1)
    returns.hand_over(of=began, held_none=False, by=actor(bea), at=moment)
    assert (stage(began), to_fill_in(began.agency, on=day)) == (Stage.TO_SIGN, 0)
    assert mails() == [("lee@svh.example", "Learning")]
    returns.sign(of=began, shown=began.versions.get().pk, access=access_for(lee), at=moment)
    assert stage(began) == Stage.SIGNED
    assert trained(began.partnership, [SUMMER]) == {SUMMER: {"SVH": 12}}
    verbs = AuditEvent.objects.filter(object_kind="return").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["return begun", "return changed", "return handed over", "return signed"]


def test_nothing_counts_before_it_is_signed(began, line, moment):
    returns.set_line(of=began, line=line(12), by=BY, at=moment)
    returns.hand_over(of=began, held_none=False, by=BY, at=moment)
    assert trained(began.partnership, [SUMMER]) == {SUMMER: {}}


@pytest.mark.parametrize(
    ("quarter", "says"),
    [
        (Quarter(date(2026, 10, 1)), "October to December 2026 is not over yet. You can fill its return in from 1 Jan"),
        (Quarter(date(2026, 1, 1)), "No return is asked of you for January to March 2026."),
    ],
)
def test_a_return_is_for_a_quarter_that_is_over_and_was_asked_for(asking, moment, quarter, says):
    with pytest.raises(NotAsked, match=says):
        returns.begin(agency=asking.agency, partnership=asking.partnership, quarter=quarter, by=BY, at=moment)


def test_a_return_begun_twice_is_there_already(began, moment):
    with pytest.raises(AlreadyThere, match="There is a return for July to September 2026 already"):
        returns.begin(agency=began.agency, partnership=began.partnership, quarter=SUMMER, by=BY, at=moment)
    assert AgencyReturn.objects.count() == 1


def test_a_return_begins_with_the_lines_of_the_last_one_and_no_numbers(staffed, line, lee, access_for, moment):
    spring = returns.begin(agency=staffed.agency, partnership=staffed.partnership, quarter=SPRING, by=BY, at=moment)
    returns.set_line(of=spring, line=line(12), by=BY, at=moment)
    returns.hand_over(of=spring, held_none=False, by=BY, at=moment)
    returns.sign(of=spring, shown=spring.versions.get().pk, access=access_for(lee), at=moment)
    summer = returns.begin(agency=staffed.agency, partnership=staffed.partnership, quarter=SUMMER, by=BY, at=moment)
    (shown,) = lines_shown(summer, summer.versions.get())
    assert (shown.line.role_group.code, shown.line.module.code, shown.line.trained) == ("MIDWIFE", "DA-A1", None)
    assert (shown.before, shown.head_count) == (12, 40)
    with pytest.raises(Unfinished, match="Still empty: 1"):
        returns.hand_over(of=summer, held_none=False, by=BY, at=moment)


def test_who_is_recorded_by_name_stands_beside_the_number_and_is_never_in_it(began, line, amira, moment):
    added = returns.set_line(of=began, line=line(40), by=BY, at=moment)
    completion(amira, added.module, on=date(2026, 8, 3), agency=began.agency)
    completion(amira, added.module, on=date(2026, 6, 30), agency=began.agency)
    (shown,) = lines_shown(began, began.versions.get())
    assert (shown.by_name, shown.line.trained, shown.is_doubtful) == (1, 40, True)


@pytest.mark.parametrize("trained", [41, 1_000_000])
def test_nobody_trains_more_people_than_there_are(began, line, moment, trained):
    with pytest.raises(TooMany, match=r"more than the 40 Midwife staff that you declared for 30 September 2026.*first"):
        returns.set_line(of=began, line=line(trained), by=BY, at=moment)
    assert ReturnLine.objects.count() == 0


def test_a_group_without_a_head_count_of_its_own_is_held_against_the_roster(began, amira, line, moment):
    returns.declare(agency=began.agency, counts=[], by=BY, at=moment)
    began.agency.head_counts.filter(group="MIDWIFE").delete()
    with pytest.raises(TooMany, match="more than the 1 Midwife staff on your roster on 30 September 2026"):
        returns.set_line(of=began, line=line(2), by=BY, at=moment)


def test_a_number_that_became_too_large_is_refused_when_it_is_handed_over(began, line, moment):
    returns.set_line(of=began, line=line(12), by=BY, at=moment)
    began.agency.head_counts.filter(group="MIDWIFE").update(people=11)
    with pytest.raises(TooMany):
        returns.hand_over(of=began, held_none=False, by=BY, at=moment)


def test_a_line_is_changed_and_taken_out_but_never_there_twice(began, line, moment):
    first = returns.set_line(of=began, line=line(12), by=BY, at=moment)
    with pytest.raises(AlreadyThere):
        returns.set_line(of=began, line=line(13), by=BY, at=moment)
    again = returns.set_line(of=began, line=line(13), by=BY, at=moment, instead_of=first)
    other = returns.set_line(of=began, line=line(5, "DA-B1"), by=BY, at=moment)
    with pytest.raises(AlreadyThere):
        returns.set_line(of=began, line=line(5), by=BY, at=moment, instead_of=other)
    returns.remove_line(of=began, line=other, by=BY, at=moment)
    assert [(row.pk, row.trained) for row in ReturnLine.objects.all()] == [(again.pk, 13)]


def test_a_return_without_lines_is_meant_when_somebody_says_so(began, line, moment):
    with pytest.raises(Unfinished, match="say that you held no training"):
        returns.hand_over(of=began, held_none=False, by=BY, at=moment)
    added = returns.set_line(of=began, line=line(1), by=BY, at=moment)
    with pytest.raises(Unfinished, match="Take them out"):
        returns.hand_over(of=began, held_none=True, by=BY, at=moment)
    returns.remove_line(of=began, line=added, by=BY, at=moment)
    returns.hand_over(of=began, held_none=True, by=BY, at=moment)
    assert stage(began) == Stage.TO_SIGN


def test_what_was_handed_over_stays_until_it_is_taken_back(began, line, moment):
    returns.set_line(of=began, line=line(12), by=BY, at=moment)
    returns.hand_over(of=began, held_none=False, by=BY, at=moment)
    for refused in (
        lambda: returns.set_line(of=began, line=line(13), by=BY, at=moment),
        lambda: returns.set_lines(of=began, lines=[], by=BY, at=moment),
        lambda: returns.hand_over(of=began, held_none=False, by=BY, at=moment),
    ):
        with pytest.raises(NotNow):
            refused()
    returns.take_back(of=began, by=BY, at=moment)
    assert stage(began) == Stage.FILLING
    with pytest.raises(NotNow):
        returns.take_back(of=began, by=BY, at=moment)


def test_nobody_signs_what_they_handed_over_where_there_are_two(began, lee, bea, access_for, moment):
    returns.hand_over(of=began, held_none=True, by=actor(lee), at=moment)
    shown = began.versions.get().pk
    other = RoleGrantFactory(user__email="mo@svh.example", role_code="agency_lead", agency=began.agency)
    for user in (lee, bea):  # the one handed it over, the other is no lead
        with pytest.raises(NeedsAnother):
            returns.sign(of=began, shown=shown, access=access_for(user), at=moment)
    other.delete()
    returns.sign(of=began, shown=shown, access=access_for(lee), at=moment)
    assert stage(began) == Stage.SIGNED


def test_where_nobody_leads_those_who_fill_in_sign_for_each_other(began, bea, dot, access_for, moment):
    returns.hand_over(of=began, held_none=True, by=actor(bea), at=moment)
    shown = began.versions.get().pk
    bob = RoleGrantFactory(user__email="bob@svh.example", role_code="agency_hr", agency=began.agency).user
    for user in (bea, dot):
        with pytest.raises(NeedsAnother):
            returns.sign(of=began, shown=shown, access=access_for(user), at=moment)
    returns.sign(of=began, shown=shown, access=access_for(bob), at=moment)


def test_what_changed_since_the_page_was_opened_is_not_signed(began, lee, access_for, moment):
    with pytest.raises(NotNow):
        returns.sign(of=began, shown=began.versions.get().pk, access=access_for(lee), at=moment)
    returns.hand_over(of=began, held_none=True, by=BY, at=moment)
    with pytest.raises(NotNow):
        returns.sign(of=began, shown=0, access=access_for(lee), at=moment)


def correct(row, trained, line, lee, access_for, at, reason="miscounted"):
    returns.correct(of=row, reason=reason, by=BY, at=at)
    first = row.versions.being_made().get().lines.get()
    returns.set_line(of=row, line=line(trained), by=BY, at=at, instead_of=first)
    returns.hand_over(of=row, held_none=False, by=BY, at=at)
    return lambda later: returns.sign(
        of=row, shown=row.versions.being_made().get().pk, access=access_for(lee), at=later
    )


def test_a_correction_holds_once_it_is_signed_and_what_was_known_stays_known(signed, line, lee, access_for, moment):
    row, later = signed.of, moment + timedelta(days=3)
    sign = correct(row, 15, line, lee, access_for, later)
    numbers = lambda at: trained(row.partnership, [SUMMER], at=at)[SUMMER]["SVH"]  # noqa: E731
    assert numbers(later) == 12
    sign(later + timedelta(hours=1))
    assert numbers(later) == 12
    assert numbers(later + timedelta(hours=1)) == 15
    (found,) = restatements(row, moment + timedelta(days=1))
    assert (found.why, found.is_after_closing) == ("A number was wrong", True)
    assert [(each.before, each.after) for each in found.changes] == [(12, 15)]
    assert restatements(row, None)[0].is_after_closing is False


def test_a_return_is_corrected_once_at_a_time_and_not_before_it_is_signed(began, line, moment):
    with pytest.raises(NotNow):
        returns.correct(of=began, reason="miscounted", by=BY, at=moment)


def test_a_return_sent_back_holds_no_longer_and_its_agency_is_told(signed, line, lee, access_for, moment):
    row, later = signed.of, moment + timedelta(days=1)
    Notice.objects.everywhere(reason="test").delete()
    returns.send_back(of=row, reason="unlikely", by=BY, at=later)
    standing = own_return(row.agency, row.partnership, SUMMER)
    assert standing.stage == Stage.SENT_BACK
    assert standing.sent_back.get_sent_back_reason_display() == "A number is unlikely: please check it"
    assert trained(row.partnership, [SUMMER]) == {SUMMER: {}}
    assert sorted(mails()) == [("bea@svh.example", "Learning"), ("lee@svh.example", "Learning")]
    with pytest.raises(NotNow):
        returns.send_back(of=row, reason="unlikely", by=BY, at=later)
    returns.hand_over(of=row, held_none=False, by=BY, at=later)
    returns.sign(of=row, shown=standing.making.pk, access=access_for(lee), at=later)
    assert trained(row.partnership, [SUMMER]) == {SUMMER: {"SVH": 12}}
    assert restatements(row, None)[0].why == "A number is unlikely: please check it"


def test_sending_back_leaves_a_correction_that_was_begun(signed, line, moment):
    returns.correct(of=signed.of, reason="miscounted", by=BY, at=moment)
    returns.send_back(of=signed.of, reason="unlikely", by=BY, at=moment)
    assert signed.of.versions.being_made().get().correction_reason == "miscounted"


@pytest.mark.parametrize(("signed_on", "on_time"), [(28, 1), (29, 0)])
def test_on_time_is_by_the_day_it_was_due(began, lee, access_for, day, signed_on, on_time):
    from datetime import UTC, datetime

    at = datetime(2026, 10, signed_on, 20, tzinfo=UTC)
    ReturnVersion.objects.update(recorded_at=at)
    returns.hand_over(of=began, held_none=True, by=BY, at=at)
    returns.sign(of=began, shown=began.versions.get().pk, access=access_for(lee), at=at)
    found = returns_on_time(began.partnership, on=day, at=datetime(2026, 11, 3, tzinfo=UTC))
    assert (found.quarter, found.on_time, found.asked) == (SUMMER, on_time, 2)


def test_on_time_is_told_of_the_last_quarter_that_was_due(asking, moment):
    at = date(2026, 10, 28)  # the last day itself: the quarter before is told
    assert returns_on_time(asking.partnership, on=at, at=moment).quarter == SPRING
    assert returns_on_time(asking.partnership, on=date(2026, 7, 28), at=moment) is None


@pytest.mark.parametrize(
    "again",
    [
        {"of": True},
        {"of": True, "signed": True},
        {"of": True, "signed": True, "handed_over_at": None},
    ],
)
def test_the_database_keeps_one_version_being_made_and_one_that_holds(signed, moment, again):
    said = {"of": signed.of, "recorded_at": moment, "recorded_by": "x", "handed_over_at": moment}
    if again.get("signed"):
        said["signed_at"] = moment
    else:
        ReturnVersion.objects.create(of=signed.of, recorded_at=moment, recorded_by="x")
    if "handed_over_at" in again:
        said |= {"handed_over_at": None, "replaced_at": moment}
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnVersion.objects.create(**said)
