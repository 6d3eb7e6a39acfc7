"""Keys: made for the demo, changed without a note lost, and missed by the check."""

import stat

import pytest
from django.core.management import CommandError, call_command

from courses.checks import notes_have_a_key
from courses.keeping import keys
from courses.models import Note, SurveyMark

from .conftest import PART, SECRET, write


@pytest.fixture
def file(settings, tmp_path):
    settings.NOTES_KEYS, settings.NOTES_KEY_FILE = [], tmp_path / "var" / "notes.keys"
    return settings.NOTES_KEY_FILE


def test_the_first_key_is_made_once_and_for_ones_own_user_alone(file):
    assert (keys.make_key_file(), keys.make_key_file()) == (True, False)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(keys.keys()) == 1


def test_the_check_says_what_is_wrong_with_the_keys(file, settings):
    assert [found.id for found in notes_have_a_key()] == ["courses.W001"]
    keys.make_key_file()
    assert notes_have_a_key() == []
    file.chmod(0o644)
    assert [found.id for found in notes_have_a_key()] == ["courses.W002"]
    settings.NOTES_KEYS = ["short"]
    assert [found.id for found in notes_have_a_key()] == ["courses.E001"]


def test_a_new_key_seals_everything_anew_and_the_old_one_can_go(begun, file, capsys):
    keys.make_key_file()
    write(begun)
    begun.post(f"{PART}survey/", {"key": "sure", "moment": "before", "tap-ask": "2"})
    with pytest.raises(CommandError, match="a minute later"):
        call_command("seal_notes", "--new-key", "--forget-old")
    call_command("seal_notes", "--new-key")
    assert "1 notes and 1 survey marks sealed anew; 0 notes cannot be opened." in capsys.readouterr().out
    call_command("seal_notes", "--forget-old")
    assert len(keys.keys()) == 1
    assert SECRET in begun.get("/learning/notes/").content.decode()
    call_command("seal_notes")
    assert "0 notes and 0 survey marks" in capsys.readouterr().out
    assert (Note.objects.everywhere(reason="test").count(), SurveyMark.objects.count()) == (1, 1)


def test_the_old_key_stays_while_a_note_cannot_be_opened(begun, file):
    keys.make_key_file()
    write(begun)
    file.write_text("a key that has sealed nothing, long enough\n")
    with pytest.raises(CommandError, match="The older keys stay"):
        call_command("seal_notes", "--new-key")
        call_command("seal_notes", "--forget-old")
    assert len(keys.keys()) == 2


def test_keys_of_the_environment_are_changed_there(settings):
    with pytest.raises(CommandError, match="NOTES_KEYS"):
        call_command("seal_notes", "--new-key")
