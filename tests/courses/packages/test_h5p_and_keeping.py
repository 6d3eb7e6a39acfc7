"""H5P on the same footing as SCORM; and what a package said goes once it has served."""

from datetime import timedelta

from django.utils import timezone

from courses.models import Commit, ItemState, Launch
from courses.packages.keep import KEPT, LOST_AFTER, forget_states, sweep_folders
from tests.courses.packages.conftest import HOST, opened
from tests.courses.packages.zips import h5p, item, package, resource
from training.ledger.models import Completion

WHY = "test"


def rows() -> list[int]:
    return [model.objects.everywhere(reason=WHY).count() for model in (Launch, ItemState, Commit)]


def test_an_h5p_file_is_resumed_and_counted_like_a_part_of_scorm(launch, learner):
    wrapper = launch(h5p())
    wrong = {"completion_status": "completed", "success_status": "failed", "suspend_data": '{"answer":1}'}
    assert wrapper.commit(wrong, item="h5p").json()["is_finished"] is False
    again = opened(learner)
    assert again.start().json()["seeds"] == {"h5p": {"suspend_data": '{"answer":1}'}}
    right = wrong | {"success_status": "passed", "score": {"scaled": "1", "raw": "1"}}
    assert again.commit(right, item="h5p").json()["is_finished"] is True
    assert Completion.objects.everywhere(reason=WHY).count() == 1


def test_the_page_that_plays_h5p_is_held_to_what_a_package_is(client):
    answer = client.get("/run/h5p/", HTTP_HOST=HOST)
    assert "form-action 'none'" in answer["Content-Security-Policy"]
    assert "worker-src 'none'" in answer["Content-Security-Policy"]


def test_what_was_said_goes_thirty_days_after_the_end_and_the_completion_stays(launch):
    wrapper = launch()
    wrapper.commit({"core": {"lesson_status": "completed"}})
    (completion,) = Completion.objects.everywhere(reason=WHY)
    assert forget_states(at=completion.recorded_at + KEPT) == 0
    assert forget_states(at=completion.recorded_at + KEPT + timedelta(seconds=1)) == 1
    assert rows() == [0, 0, 0]
    assert Completion.objects.everywhere(reason=WHY).count() == 1


def test_an_open_run_keeps_what_it_has_however_old(launch, moment):
    wrapper = launch(package(items=item() + item("two"), resources=resource() + resource("two")))
    wrapper.commit({"core": {"lesson_status": "completed"}})
    assert forget_states(at=moment + timedelta(days=3650)) == 0
    assert rows() == [1, 1, 1]


def test_a_folder_that_no_package_names_is_swept_after_a_day(course_of, root):
    assert sweep_folders(at=timezone.now()) == 0
    kept = course_of().package.folder
    (root / "lost").mkdir()
    assert sweep_folders(at=timezone.now()) == 0
    assert sweep_folders(at=timezone.now() + LOST_AFTER) == 1
    assert [path.name for path in root.iterdir()] == [kept]
