"""The map of a story and what is wrong with it, in its author's words."""

import pytest

from courses.content.branches import DEBRIEF, Moment, Way, faults, first_words, story_map


def moment(key, *goes_to, text=""):
    return Moment(key, text or f"<p>At {key}</p>", tuple(Way(f"To {there}", there) for there in goes_to))


WHOLE = [moment("door", "hall", DEBRIEF), moment("hall", DEBRIEF, DEBRIEF)]


def test_a_whole_story_has_no_faults_and_its_map_leads_on():
    assert faults(WHOLE) == []
    door, hall = story_map(WHOLE)
    assert (door.number, door.title, [way.leads_to for way in door.ways]) == (
        1,
        "At door",
        ["Step 2: At hall", "Looking back"],
    )
    assert [way.number for way in hall.ways] == [None, None]


@pytest.mark.parametrize(
    ("moments", "said"),
    [
        (
            [moment("door", "attic", DEBRIEF)],
            "In step 1 ('At door'), the choice 'To attic' is a dead end: no step has the key 'attic'.",
        ),
        ([moment("door", "", DEBRIEF)], "In step 1 ('At door'), the choice 'To' is a dead end: say where to."),
        (
            [moment("door", "hall", "hall"), moment("hall", "door", DEBRIEF)],
            "In step 2 ('At hall'), the choice 'To door' leads back to step 1 ('At door'), round in circles.",
        ),
        (
            [moment("door", "door", DEBRIEF)],
            "In step 1 ('At door'), the choice 'To door' leads back to step 1 ('At door'), round in circles.",
        ),
        ([*WHOLE, moment("loft", DEBRIEF)], "Step 3 ('At loft'): no choice leads to it, so nobody would ever see it."),
        ([*WHOLE, moment("hall", DEBRIEF)], "Step 3 ('At hall'): has the same key as step 2, 'hall'."),
        ([moment("door")], "Step 1 ('At door'): a dead end: it has no choices."),
        ([moment(DEBRIEF, DEBRIEF)], "Step 1 ('At debrief'): its key is 'debrief', which stands for the end"),
    ],
)
def test_each_fault_names_its_step_and_choice(moments, said):
    assert len(faults(moments)) == 1
    assert faults(moments)[0].startswith(said)


def test_a_story_without_steps_has_an_empty_map():
    assert story_map([]) == ()


def test_a_long_text_is_called_by_its_first_words():
    assert first_words("<p>She looks at the <b>door</b> and then at the window again</p>") == (
        "She looks at the door and then at the..."
    )
