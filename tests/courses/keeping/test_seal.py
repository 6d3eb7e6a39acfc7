"""Sealed words open for their owner alone, and with the site's keys alone."""

import pytest

from courses.keeping.keys import BadKey, keys
from courses.keeping.seal import CannotOpen, NoKey, is_sealed_anew, seal, unseal

OLD, NEW = "o" * 40, "n" * 40


@pytest.fixture(autouse=True)
def ring(settings, tmp_path):
    settings.NOTES_KEYS = [OLD]
    settings.NOTES_KEY_FILE = tmp_path / "none"
    return settings


@pytest.mark.parametrize("words", ["", "short", "zero at the end\0", "ünïcödé \N{SNOWMAN} " * 90])
def test_the_owner_reads_what_was_sealed(words):
    assert unseal(seal(words, owner="amira"), owner="amira") == words


def test_nobody_else_does():
    with pytest.raises(CannotOpen):
        unseal(seal("words", owner="amira"), owner="dot")


def test_the_same_words_never_look_the_same_and_their_length_tells_little():
    one, other = seal("a", owner="amira"), seal("a" * 200, owner="amira")
    assert one != seal("a", owner="amira")
    assert len(one) == len(other)


@pytest.mark.parametrize("place", [0, 1, 5, 17, -1])
def test_whatever_is_changed_is_noticed(place):
    sealed = bytearray(seal("words", owner="amira"))
    sealed[place] ^= 1
    with pytest.raises(CannotOpen):
        unseal(bytes(sealed), owner="amira")


@pytest.mark.parametrize("sealed", [b"", b"canary", bytes(300)])
def test_what_was_never_sealed_does_not_open(sealed):
    with pytest.raises(CannotOpen):
        unseal(sealed, owner="amira")


def test_an_older_key_still_opens_and_the_newest_seals(ring):
    before = seal("words", owner="amira")
    ring.NOTES_KEYS = [NEW, OLD]
    assert unseal(before, owner="amira") == "words"
    assert (is_sealed_anew(before), is_sealed_anew(seal("words", owner="amira"))) == (False, True)
    ring.NOTES_KEYS = [NEW]
    with pytest.raises(CannotOpen):
        unseal(before, owner="amira")


def test_without_a_key_nothing_is_sealed(ring):
    ring.NOTES_KEYS = []
    with pytest.raises(NoKey):
        seal("words", owner="amira")


def test_a_key_too_short_is_refused(ring):
    ring.NOTES_KEYS = ["password"]
    with pytest.raises(BadKey):
        keys()
