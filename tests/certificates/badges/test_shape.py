"""A badge has the shape that Open Badges 3.0 publishes as a JSON schema: its rules for what we use, written down afresh
(ob_v3p0_achievementcredential_schema.json; no package carries it)."""

import re

import pytest

REQUIRED = {
    (): "@context id type credentialSubject issuer validFrom",
    ("issuer",): "id type",
    ("credentialStatus",): "id type",
    ("credentialSubject",): "type achievement identifier",
    ("credentialSubject", "identifier", 0): "type hashed identityHash identityType",
    ("credentialSubject", "achievement"): "id type criteria description name",
    ("credentialSubject", "achievement", "creator"): "id type",
    ("credentialSubject", "achievement", "alignment", 0): "type targetName targetUrl",
    ("proof", 0): "type created cryptosuite proofPurpose proofValue verificationMethod",
}
LISTS_OF_TYPES = ["issuer", "credentialSubject"]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def document(module, completed, badge_of, moment):
    """A badge with everything that one can have."""
    from certificates.services import issue

    module.standards = "PH50 rec 5, 6, 15 (level 2); QS116 st.1-3; local charter"
    module.save()
    completed.module.refresh_from_db()
    return badge_of(issue(completed, at=moment)).json()


def test_everything_required_is_there(document):
    for path, names in REQUIRED.items():
        node = document
        for step in path:
            node = node[step]
        assert set(names.split()) <= set(node), path


def test_types_are_lists_where_the_schema_says_so(document):
    achievement = document["credentialSubject"]["achievement"]
    nodes = [document, *(document[name] for name in LISTS_OF_TYPES), achievement, *achievement["alignment"]]
    assert all(isinstance(node["type"], list) for node in nodes)
    assert achievement["achievementType"] == "Course"
    assert document["credentialSubject"]["identifier"][0]["type"] == "IdentityObject"


def test_moments_name_their_zone(document):
    moments = [document[name] for name in ("validFrom", "validUntil", "awardedDate")]
    assert all(MOMENT.fullmatch(each) for each in moments)


def test_guidance_with_an_address_is_named_and_nothing_else(document):
    aligned = document["credentialSubject"]["achievement"]["alignment"]
    assert [each["targetUrl"] for each in aligned] == [
        "https://www.nice.org.uk/guidance/ph50",
        "https://www.nice.org.uk/guidance/qs116",
    ]
    assert aligned[0]["targetName"] == "PH50 rec 5, 6, 15 (level 2)"
