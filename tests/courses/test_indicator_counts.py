"""What courses tell the board: how sure people feel, and which local services are checked."""

from datetime import date, timedelta

import pytest

from courses.indicator_counts import indicator_counts
from courses.models import LocalService, SurveyCount
from training.strategy.told import Asked, Told

PAIRS = [(2, 3, 14), (4, 3, 6), (1, 5, 5)]


@pytest.fixture
def told(course, day, moment):
    def telling():
        asked = Asked(course.module.pathway.partnership, day, moment, frozenset())
        return {each.code: each for each in indicator_counts(asked)}

    return telling


def answered(course, statement, pairs, month=date(2026, 9, 1)):
    for before, after, people in pairs:
        SurveyCount.objects.create(
            course=course, survey="sure", statement=statement, month=month, before=before, after=after, people=people
        )


def test_a_change_is_what_a_plain_count_of_pairs_finds(course, told):
    answered(course, "respond", PAIRS)
    answered(course, "of-no-indicator", PAIRS)
    each = [after - before for before, after, people in PAIRS for _ in range(people)]
    assert told() == {
        "CONF_RESPOND": Told("CONF_RESPOND", sum(it >= 1 for it in each), len(each), value=sum(each) / len(each))
    }


def test_nine_pairs_and_the_month_that_runs_tell_nothing(course, told, day):
    answered(course, "respond", [(2, 3, 9)])
    answered(course, "respond", [(2, 3, 90)], month=day.replace(day=1))
    assert told() == {}


def test_a_service_counts_once_it_was_checked_of_late_by_two_and_can_be_reached(course, told, day):
    whole = {"kind": "specialist", "about": "For anybody", "opening": "Any time", "phone": "0808", "checked_on": day}
    without = [{}, {"checked_on": day - timedelta(days=184)}, {"said_by": "one"}, {"opening": ""}, {"phone": ""}]
    for number, lacking in enumerate(without):
        partnership = course.module.pathway.partnership
        LocalService.objects.create(partnership=partnership, name=f"Service {number}", **(whole | lacking))
    assert told() == {"DIRECTORY_COMPLETE": Told("DIRECTORY_COMPLETE", 1, 5)}
