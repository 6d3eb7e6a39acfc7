"""What a part says of itself is read with a mark of its manifest in mind, and never trusted to be of any shape."""

import pytest

from courses.packages.items import AS_BOTH, AS_COMPLETED, AS_PASSED, SCORM_12, SCORM_2004, Item
from courses.packages.outcome import read_outcome

ITEM = Item("one", "One", "index.html")
MARKED_12 = Item("one", "One", "index.html", mastery=80)
MARKED_2004 = Item("one", "One", "index.html", pass_measure=0.8, completion_threshold=0.5)


def of_12(status, *, item=ITEM, **core):
    return read_outcome(SCORM_12, item, {"core": {"lesson_status": status, **core}})


def done_by(outcome) -> list[str]:
    return [rule for rule in (AS_COMPLETED, AS_PASSED, AS_BOTH) if outcome.is_done(rule)]


@pytest.mark.parametrize(
    ("status", "rules"),
    [
        ("passed", [AS_COMPLETED, AS_PASSED, AS_BOTH]),
        ("completed", [AS_COMPLETED]),
        ("failed", []),
        ("incomplete", []),
        ("browsed", []),
        ("not attempted", []),
        ("", []),
    ],
)
def test_a_status_of_version_12_is_enough_or_not(status, rules):
    assert done_by(of_12(status)) == rules


@pytest.mark.parametrize(
    ("said", "raw", "status"),
    [
        ("completed", "80", "passed"),
        ("completed", "79.9", "failed"),
        ("passed", "10", "failed"),
        ("incomplete", "90", "incomplete"),
        ("passed", "", "passed"),
    ],
)
def test_the_mark_of_the_manifest_decides_over_the_word_of_the_part(said, raw, status):
    assert of_12(said, item=MARKED_12, score={"raw": raw}).status == status


@pytest.mark.parametrize(
    ("cmi", "status", "rules"),
    [
        ({"completion_status": "completed", "success_status": "unknown"}, "completed", [AS_COMPLETED]),
        ({"completion_status": "completed", "success_status": "failed"}, "failed", []),
        ({"completion_status": "incomplete", "success_status": "passed"}, "passed", [AS_COMPLETED, AS_PASSED]),
        ({"completion_status": "completed", "score": {"scaled": "0.8"}}, "passed", [AS_COMPLETED, AS_PASSED, AS_BOTH]),
        ({"success_status": "passed", "score": {"scaled": "0.7"}}, "failed", []),
        ({"completion_status": "completed", "progress_measure": "0.4"}, "incomplete", []),
        ({"progress_measure": "0.6"}, "completed", [AS_COMPLETED]),
    ],
)
def test_version_2004_knows_completion_and_success_apart(cmi, status, rules):
    item = ITEM if "score" not in cmi and "progress_measure" not in cmi else MARKED_2004
    outcome = read_outcome(SCORM_2004, item, cmi)
    assert (outcome.status, done_by(outcome)) == (status, rules)


@pytest.mark.parametrize(
    ("kind", "cmi", "is_done"),
    [
        (SCORM_12, {"core": {"lesson_status": "not attempted"}}, True),
        (SCORM_12, {"core": {"lesson_status": "incomplete"}}, False),
        (SCORM_2004, {"completion_status": "unknown"}, True),
        (SCORM_2004, {"completion_status": "unknown", "exit": "suspend"}, False),
        (SCORM_2004, {"completion_status": "incomplete"}, False),
    ],
)
def test_a_part_that_ends_without_a_word_is_completed_where_the_standard_has_it_so(kind, cmi, is_done):
    silent = Item("one", "One", "index.html", ends_completed=True)
    assert read_outcome(kind, silent, cmi, is_over=True).is_done(AS_COMPLETED) is is_done
    assert done_by(read_outcome(kind, silent, cmi)) == []
    assert done_by(read_outcome(kind, ITEM, cmi, is_over=True)) == []


def test_a_plain_page_counts_once_opened():
    page = Item("one", "One", "index.html", is_sco=False)
    assert done_by(read_outcome(SCORM_12, page, {})) == [AS_COMPLETED, AS_PASSED, AS_BOTH]


@pytest.mark.parametrize(
    ("kind", "text", "seconds"),
    [
        (SCORM_12, "0001:02:03.45", 3723),
        (SCORM_12, "1:2", 0),
        (SCORM_12, "9999:00:00", 86400),
        (SCORM_2004, "PT1H2M3.5S", 3723),
        (SCORM_2004, "P1D", 86400),
        (SCORM_2004, "PT999999999999S", 86400),
        (SCORM_2004, "later", 0),
    ],
)
def test_the_time_of_a_session_is_read_and_capped(kind, text, seconds):
    said = {"core": {"session_time": text}} if kind == SCORM_12 else {"session_time": text}
    assert read_outcome(kind, ITEM, said).seconds == seconds


@pytest.mark.parametrize("kind", [SCORM_12, SCORM_2004])
@pytest.mark.parametrize("odd", [None, [], {}, 7, True, float("nan"), "x" * 99, {"raw": {"raw": 1}, "scaled": []}])
def test_nothing_of_a_strange_shape_completes_anything(kind, odd):
    names = (
        "lesson_status",
        "completion_status",
        "success_status",
        "session_time",
        "score",
        "exit",
        "progress_measure",
    )
    said = dict.fromkeys(names, odd)
    assert done_by(read_outcome(kind, MARKED_2004, said | {"core": said})) == []
    assert done_by(read_outcome(kind, MARKED_12, said | {"core": odd})) == []
