"""What a package says is saved once, in order, and counted once; whatever else comes is refused and written down."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Attempt, Commit, ItemState, Launch
from courses.packages.limits import LAUNCH_LASTS, MOST_COMMIT_BYTES
from tests.courses.packages.conftest import Wrapper, opened
from tests.courses.packages.zips import item, package, resource
from training.ledger.models import Completion, Method
from training.ledger.verify import verify

WHY = "test"
STARTED = {"core": {"lesson_status": "incomplete", "session_time": "00:05:00"}, "suspend_data": "page 3"}
DONE = {"core": {"lesson_status": "completed", "session_time": "00:10:00"}}
TWO = {"items": item() + item("two"), "resources": resource() + resource("two")}


def state(key: str = "one") -> ItemState:
    return ItemState.objects.everywhere(reason=WHY).get(item=key)


def completions() -> list[Completion]:
    return list(Completion.objects.everywhere(reason=WHY))


def refusals() -> list[str]:
    rows = Commit.objects.everywhere(reason=WHY).exclude(refusal="")
    return list(rows.order_by("pk").values_list("refusal", flat=True))


def test_a_commit_is_acknowledged_by_its_number_and_found_again(launch, learner):
    wrapper = launch()
    assert wrapper.commit(STARTED).json() == {"number": 1, "is_finished": False, "items": {}}
    assert wrapper.commit(STARTED | {"suspend_data": "page 4"}).json()["number"] == 2
    again = opened(learner).start().json()
    assert again["seeds"]["one"]["suspend_data"] == "page 4"
    assert again["seeds"]["one"]["core"] == {
        "lesson_status": "incomplete",
        "student_id": Attempt.objects.everywhere(reason=WHY).get().uid.hex,
        "student_name": "Learner",
        "credit": "credit",
        "lesson_mode": "normal",
        "entry": "resume",
        "total_time": "0000:05:00",
    }


@pytest.mark.parametrize(("status", "place"), [("incomplete", "page 4"), ("completed", None)])
def test_a_part_closed_without_a_word_goes_on_where_it_was_unless_it_is_done(launch, learner, status, place):
    wrapper = launch(package("2004", items=TWO["items"], resources=resource(version="2004") + resource("two")))
    wrapper.commit({"completion_status": status, "location": "page 4"}, is_over=True)
    assert opened(learner).start().json()["seeds"]["one"].get("location") == place


def test_the_time_of_sessions_is_added_up(launch, learner):
    wrapper = launch()
    wrapper.commit({"core": {"session_time": "00:02:00"}})
    wrapper.commit(STARTED, is_over=True)
    wrapper.session = 7
    wrapper.commit(STARTED)
    second = opened(learner)
    second.start()
    second.commit(STARTED)
    assert state().seconds == 15 * 60


def test_finishing_reaches_the_ledger_once_and_names_the_package(launch, amira):
    wrapper = launch()
    wrapper.commit(STARTED)
    last = wrapper.body(DONE, is_over=True)
    assert wrapper.send(last).json()["is_finished"] is True
    assert wrapper.send(last).json()["is_finished"] is True
    (completion,) = completions()
    kept = Launch.objects.everywhere(reason=WHY).get().package
    assert (completion.person, completion.method) == (amira, Method.LAUNCH)
    assert (completion.source, completion.edition) == (f"package:{kept.uid}", "1.0 (1)")
    assert completion.recorded_by == f"user:{amira.user.uid}"
    assert verify(completion.partnership).is_intact


def test_nothing_that_comes_after_the_end_lowers_anything(launch):
    wrapper = launch()
    wrapper.commit(DONE)
    answer = wrapper.commit(STARTED)
    assert (answer.status_code, answer.json()) == (409, {"refused": "finished"})
    assert wrapper.start().json() == {"refused": "finished"}
    assert (state().status, state().is_done, len(completions())) == ("completed", True, 1)
    assert refusals() == ["finished"]


def test_a_part_once_done_stays_done(launch):
    wrapper = launch(package(**TWO))
    answer = wrapper.commit(DONE | {"core": DONE["core"] | {"score": {"raw": "70"}}})
    assert answer.json()["items"]["one"] == {"status": "completed", "is_done": True, "is_open": True}
    wrapper.commit({"core": {"lesson_status": "incomplete", "score": {"raw": "20"}}})
    assert (state().status, state().is_done, state().best_score) == ("incomplete", True, 0.7)
    assert completions() == []
    assert wrapper.commit(DONE, item="two").json()["is_finished"] is True
    assert len(completions()) == 1


def test_the_same_commit_again_is_acknowledged_and_another_of_its_number_is_not(launch):
    wrapper = launch()
    first = wrapper.body(STARTED)
    assert [wrapper.send(first).status_code for _ in range(3)] == [200, 200, 200]
    wrapper.number = 0
    assert wrapper.commit(DONE).json() == {"refused": "out of order"}
    assert (state().status, refusals()) == ("incomplete", ["out of order"])
    assert Commit.objects.everywhere(reason=WHY).filter(refusal="").count() == 1


def test_a_commit_that_overtook_another_stands(launch):
    wrapper = launch()
    late, soon = wrapper.body({}), wrapper.body(STARTED)
    assert wrapper.send(soon).status_code == 200
    assert wrapper.send(late).status_code == 409
    assert state().status == "incomplete"


def test_an_older_window_is_told_that_the_course_is_open_elsewhere(launch, learner):
    old = launch()
    old.commit(STARTED)
    new = opened(learner)
    assert old.commit(STARTED).status_code == 200
    new.start()
    assert old.commit(DONE).json() == {"refused": "elsewhere"}
    assert new.commit(STARTED).status_code == 200
    assert completions() == []


def test_a_launch_outlives_the_login_but_not_for_ever(launch, learner):
    wrapper = launch()
    learner.post("/account/logout/")
    assert wrapper.commit(STARTED).status_code == 200
    Launch.objects.everywhere(reason=WHY).update(opened_at=timezone.now() - LAUNCH_LASTS - timedelta(days=1))
    assert wrapper.commit(DONE).json() == {"refused": "expired"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b'{"number": NaN}',
        b"[" * 9999,
        b'{"number": 1, "item": "gone", "session": 1, "cmi": {}}',
        b'{"number": true, "item": "one", "session": 1, "cmi": {}}',
        b'{"number": -1, "item": "one", "session": 1, "cmi": {}}',
        b'{"number": 99999999999, "item": "one", "session": 1, "cmi": {}}',
        b'{"number": 1, "item": "one", "session": 1, "cmi": []}',
        b'{"number": 1, "item": "one", "session": 1, "cmi": ' + b'{"a":' * 40 + b"1" + b"}" * 41,
    ],
)
def test_what_is_no_commit_is_refused_and_written_down(launch, body):
    answer = launch().send(body)
    assert answer.json() == {"refused": "malformed"}
    assert (refusals(), ItemState.objects.everywhere(reason=WHY).count()) == (["malformed"], 0)


def test_a_commit_that_is_too_large_is_refused_unread(launch):
    wrapper = launch()
    answer = wrapper.send(wrapper.body({"suspend_data": "x" * MOST_COMMIT_BYTES}))
    assert (answer.status_code, refusals()) == (413, ["oversized"])


def test_odd_characters_are_kept_as_they_came(launch, learner):
    wrapper = launch()
    odd = 'a\u0000b\ud800 "\\u0000" </script>'
    assert wrapper.commit({"suspend_data": odd}).status_code == 200
    assert opened(learner).start().json()["seeds"]["one"]["suspend_data"] == odd


@pytest.mark.parametrize("odd", ["\0", "\ud800", "x" * 300])
def test_a_status_that_is_none_is_kept_as_one_that_is(launch, odd):
    """PostgreSQL keeps no NUL: the commit was refused by an error, and sent again for ever."""
    assert launch().commit({"core": {"lesson_status": odd}}).status_code == 200
    assert state().status == "incomplete"


def test_nobody_saves_without_a_token_or_before_the_start(launch, learner):
    launch()
    assert Wrapper("x" * 43).commit(DONE).status_code == 404
    assert Wrapper("").start().status_code == 404
    assert opened(learner).commit(DONE).json() == {"refused": "malformed"}
    assert completions() == []


def test_the_token_is_kept_as_a_hash_alone(launch):
    wrapper = launch()
    rows = json.dumps(list(Launch.objects.everywhere(reason=WHY).values()), default=str)
    assert wrapper.token not in rows


def test_refusals_fill_no_table(launch, monkeypatch):
    monkeypatch.setattr("courses.packages.services.commit.MOST_REFUSALS", 2)
    wrapper = launch()
    assert [wrapper.send(b"").status_code for _ in range(4)] == [400] * 4
    assert refusals() == ["malformed"] * 2


def test_prerequisites_open_a_part_once_they_are_met(launch):
    first = "<adlcp:prerequisites>one</adlcp:prerequisites>"
    wrapper = launch(package(**TWO | {"items": item() + item("two", first)}))
    shown = {row["key"]: row["is_open"] for row in wrapper.start().json()["items"]}
    assert shown == {"one": True, "two": False}
    assert wrapper.commit(DONE).json()["items"]["two"]["is_open"] is True


def test_a_part_that_the_contents_hide_is_still_there_to_be_opened(launch):
    hidden = TWO | {"items": item(isvisible="false") + item("two")}
    started = launch(package(**hidden)).start().json()
    assert [(row["key"], row["is_shown"]) for row in started["items"]] == [("one", False), ("two", True)]
    assert started["current"] == "one"


def test_an_open_run_finishes_the_package_it_began(launch, learner, course_of):
    wrapper = launch()
    wrapper.commit(STARTED)
    course_of(package(more={"newer.txt": ""}))
    again = opened(learner)
    assert again.start().json()["seeds"]["one"]["suspend_data"] == "page 3"
    again.commit(DONE)
    (completion,) = completions()
    assert completion.edition == "1.0 (1)"
    learner.post("/learning/small/start/")
    opened(learner).start()
    launches = Launch.objects.everywhere(reason=WHY).order_by("pk")
    assert [each.package.file_count for each in launches] == [2, 2, 3]
