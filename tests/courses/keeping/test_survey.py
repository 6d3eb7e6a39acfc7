"""The survey: counted once, tied to nobody, and told of ten people or more."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.content.keeping import Survey, refuse_unpaired
from courses.content.whole import warnings
from courses.keeping.confidence import confidence, released
from courses.keeping.survey import token_of
from courses.models import SurveyCount, SurveyMark
from courses.services.publishing import snapshot
from tests.courses.conftest import signed_in
from tests.factories import RoleGrantFactory

from .conftest import PART, survey

AFTER = "/learning/small/part-2/"


def tap(client, moment, **taps):
    address = PART if moment == "before" else AFTER
    data = {"key": "sure", "moment": moment, **{f"tap-{name}": value for name, value in taps.items()}}
    return client.post(f"{address}survey/", data)


def counts():
    return sorted(SurveyCount.objects.values_list("statement", "before", "after", "people"))


def test_before_and_after_make_a_count_and_nothing_else(begun, attempt):
    assert tap(begun, "before", ask=2, listen=3).url == f"{PART}#survey-1"
    assert counts() == []
    tap(begun, "after", ask=4)
    assert counts() == [("ask", 2, 4, 1)]


def test_no_row_says_whose_it_is_or_what_was_tapped(begun, attempt, amira):
    tap(begun, "before", ask=2)
    mark = SurveyMark.objects.get()
    fields = {field.name for table in (SurveyMark, SurveyCount) for field in table._meta.fields if field.is_relation}
    assert fields == {"course"}
    assert str(attempt.uid).encode() not in mark.token.encode() + bytes(mark.sealed)
    assert b"ask" not in bytes(mark.sealed)


def test_the_name_of_a_mark_needs_the_sites_secret(attempt, settings):
    before = token_of(attempt)
    settings.SECRET_KEY = "another"
    assert token_of(attempt) != before


def test_each_answer_counts_once_however_often_it_is_sent(begun):
    for _ in range(2):
        tap(begun, "before", ask=2)
        tap(begun, "after", ask=4)
    tap(begun, "before", ask=1)
    assert counts() == [("ask", 2, 4, 1)]


def test_who_skipped_it_before_is_not_asked_after(begun):
    begun.get(PART)
    assert "nothing to compare" in begun.get(AFTER).content.decode()
    tap(begun, "after", ask=4)
    assert counts() == []


@pytest.mark.parametrize("taps", [{}, {"ask": 0}, {"ask": 6}, {"ask": "x"}, {"other": 3}])
def test_a_tap_that_is_none_counts_for_nothing(begun, taps):
    tap(begun, "before", **taps)
    assert SurveyMark.objects.count() == 0


def test_what_was_tapped_is_not_shown_again(begun):
    tap(begun, "before", ask=2)
    drawn = begun.get(PART).content.decode()
    assert "Thank you." in drawn
    assert "tap-ask" not in drawn


def test_once_the_course_is_finished_nothing_of_the_run_is_left(begun, attempt):
    from courses.services.final import complete
    from tests.courses.conftest import BEGUN
    from training.access.actor import Actor
    from training.ledger.models import Method

    tap(begun, "before", ask=2)
    complete(attempt, method=Method.ONLINE, source="test", by=Actor.system("test"), at=BEGUN)
    assert SurveyMark.objects.count() == 0
    assert "How sure do you feel?" not in begun.get(PART).content.decode()


def test_without_a_key_it_is_not_asked(begun, settings, tmp_path):
    settings.NOTES_KEYS, settings.NOTES_KEY_FILE = [], tmp_path / "none"
    assert "How sure do you feel?" not in begun.get(PART).content.decode()
    tap(begun, "before", ask=2)
    assert SurveyMark.objects.count() == 0


def count(course, month, people, *, before=2, after=3):
    SurveyCount.objects.create(
        course=course, survey="sure", statement="ask", month=month, before=before, after=after, people=people
    )


def test_nine_are_too_few_and_the_month_that_runs_waits(course):
    count(course, date(2026, 9, 1), 9)
    count(course, date(2026, 11, 1), 50)
    assert confidence(course, on=date(2026, 11, 30)) == {}
    told = confidence(course, on=date(2026, 12, 1))["ask"]
    assert (told.people, told.mean_before, told.mean_after, told.moved_up) == (59, 2, 3, 59)


def test_the_means_are_of_pairs(course):
    count(course, date(2026, 9, 1), 5, before=1, after=5)
    count(course, date(2026, 9, 1), 5, before=3, after=3)
    told = confidence(course, on=date(2026, 10, 1))["ask"]
    assert (told.people, told.mean_before, told.mean_after, told.moved_up) == (10, 2, 4, 5)


def test_its_authors_read_it_beside_the_other_figures_and_nobody_else_does(course, begun):
    for before, people in ((1, 14), (3, 10)):
        count(course, date(2026, 9, 1), people, before=before, after=3)
    author = RoleGrantFactory(role_code="content_author")
    told = signed_in(author).get(f"/cms/course-figures/{course.pk}/").content.decode()
    row = "".join(told.split("I can ask.")[1].split("</tr>")[0].split())
    assert row == "</td><td>25</td><td>1.8</td><td>3.0</td><td>60%</td>"
    assert begun.get(f"/cms/course-figures/{course.pk}/").status_code == 404


@given(st.lists(st.integers(0, 15), max_size=12))
def test_two_looks_differ_by_ten_people_or_by_none(sizes):
    months = [Counter({(1, 2): size}) for size in sizes]
    looks = [released(months[:seen]).total() for seen in range(len(months) + 1)]
    steps = [later - earlier for earlier, later in zip(looks, looks[1:], strict=False)]
    assert [step for step in steps if 0 < step < 10 or step < 0] == []


def test_an_author_is_told_of_a_survey_that_is_asked_but_once(course):
    content = snapshot(course)
    assert [said for said in warnings(content) if "survey" in said] == []
    content["lessons"][1]["body"] = [block for block in content["lessons"][1]["body"] if block["type"] != "survey"]
    assert [said for said in warnings(content) if "survey" in said] != []


def test_a_packaged_text_asks_before_and_after_the_same():
    one, other = (Survey(**survey(moment)) for moment in ("before", "after"))
    refuse_unpaired([one, other])
    for wrong in ([one], [other, one], [one, other.model_copy(update={"statements": other.statements[:1]})]):
        with pytest.raises(ValueError, match="survey sure"):
            refuse_unpaired(wrong)


def test_on_a_shared_computer_no_tap_counts_for_the_next_who_signs_in(begun, attempt, colleague):
    shown = begun.get(PART).content.decode().split('id="survey-1-form"')[1].split("</form>")[0]
    assert f'name="attempt" value="{attempt.uid}"' in shown
    sent = {"key": "sure", "moment": "before", "tap-ask": "1", "attempt": attempt.uid}
    assert colleague.post(f"{PART}survey/", sent).url == PART
    assert SurveyMark.objects.count() == 0
