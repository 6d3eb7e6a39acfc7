"""What a proof covers, and what is never signed."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.badges import proof
from certificates.badges.contexts import CREDENTIALS, OPEN_BADGES, UnknownContext, load
from certificates.badges.keys import BadKey, public_keys, rotate, signing_key
from certificates.badges.multibase import NotMultibase, decoded, encoded

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DOCUMENT = {
    "@context": [CREDENTIALS, OPEN_BADGES],
    "id": "urn:uuid:1",
    "type": ["VerifiableCredential"],
    "issuer": "did:web:here",
    "name": "Module A",
}


def sign(document):
    return proof.signed(document, key=KEY, method="did:web:here#a", at=AT)


def insist(document):
    proof.insist(document, keys={"did:web:here#a": KEY.public_key()})


def test_what_is_signed_is_good_in_whatever_order_it_is_written():
    signed = sign(DOCUMENT)
    insist(dict(reversed(signed.items())))


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Module B"},
        {"proof": []},
        {"proof": "none"},
        {"proof": [{"type": "DataIntegrityProof"}]},
        {"unheard": "of"},
    ],
)
def test_anything_else_is_refused(change):
    with pytest.raises(proof.BadProof):
        insist(sign(DOCUMENT) | change)


def test_a_word_without_a_meaning_is_not_signed():
    with pytest.raises(proof.UndefinedTerm):
        sign(DOCUMENT | {"unheard": "of"})


def test_no_context_comes_from_the_network():
    with pytest.raises(UnknownContext):
        load("https://elsewhere.example/context")


@pytest.mark.parametrize("data", [b"", b"\0", b"\0\0a", b"\xed\x01" + bytes(32), bytes(range(64))])
def test_bytes_come_back_from_their_text(data):
    if data:
        assert decoded(encoded(data)) == data


@pytest.mark.parametrize("text", ["", "z", "abc", "z0OIl", "z" * 250_000])
def test_what_is_no_multibase_is_refused(text):
    with pytest.raises(NotMultibase):
        decoded(text)


def test_a_new_key_signs_and_of_the_old_one_the_public_half_stays(settings, tmp_path):
    settings.BADGE_KEYS, settings.BADGE_KEY_FILE = [], tmp_path / "badge.keys"
    first = rotate()
    second = rotate()
    assert [each.name for each in public_keys()] == [second, first]
    assert signing_key().name == second
    assert first in settings.BADGE_KEY_FILE.read_text()
    assert settings.BADGE_KEY_FILE.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("word", ["short", "z6MkBroken0", "!" * 44])
def test_what_is_no_key_is_said_to_be_none(settings, word):
    settings.BADGE_KEYS = [word]
    with pytest.raises(BadKey):
        public_keys()


def test_the_same_meaning_in_other_words_is_refused():
    """Contexts of a stranger's own could have a proof of ours cover what it never said."""
    signed = sign(DOCUMENT)
    said = {"title": signed["name"]} | {name: value for name, value in signed.items() if name != "name"}
    meaning = {"title": "https://schema.org/name"}
    changed = said | {"@context": [*DOCUMENT["@context"], meaning]}
    assert proof.canonical({k: v for k, v in changed.items() if k != "proof"}) == proof.canonical(DOCUMENT)
    with pytest.raises(proof.BadProof, match="do not mean"):
        insist(changed)
