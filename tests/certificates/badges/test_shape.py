"""A badge has the shape that Open Badges 3.0 publishes as a JSON schema: its rules for what we use, written down afresh
(ob_v3p0_achievementcredential_schema.json; no package carries it). A word of a badge that is not here has to be looked
up there first."""

import re

import pytest

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TEXT, FLAG, TYPES = "text", "flag", "types"
# Each class: its words and what they hold, [...] a list of it; a word with ! has to be there
CLASSES = {
    "OpenBadgeCredential": {
        "@context!": [TEXT],
        "id!": TEXT,
        "type!": TYPES,
        "name": TEXT,
        "issuer!": "Profile",
        "awardedDate": MOMENT,
        "validFrom!": MOMENT,
        "validUntil": MOMENT,
        "credentialSubject!": "AchievementSubject",
        "credentialStatus": "BitstringStatusListEntry",  # one, never a list: the reason for decision 0016
        "proof": ["DataIntegrityProof"],
    },
    "Profile": {"id!": TEXT, "type!": TYPES, "name": TEXT, "url": TEXT, "description": TEXT},
    "AchievementSubject": {
        "type!": TYPES,
        "identifier": ["IdentityObject"],
        "activityEndDate": MOMENT,
        "licenseNumber": TEXT,
        "achievement!": "Achievement",
    },
    "IdentityObject": {"type!": TEXT, "hashed!": FLAG, "identityHash!": TEXT, "identityType!": ("name",)},
    "Achievement": {
        "id!": TEXT,
        "type!": TYPES,
        "achievementType": ("Course",),
        "name!": TEXT,
        "humanCode": TEXT,
        "description!": TEXT,
        "criteria!": "criteria",
        "inLanguage": re.compile("[a-z]{2}-[A-Z]{2}"),
        "version": TEXT,
        "creator": "Profile",
        "alignment": ["Alignment"],
    },
    "criteria": {"narrative": TEXT},
    "Alignment": {"type!": TYPES, "targetName!": TEXT, "targetCode": TEXT, "targetFramework": TEXT, "targetUrl!": TEXT},
    "BitstringStatusListEntry": {  # the last four are the status list's own
        "id!": TEXT,
        "type!": TEXT,
        "statusPurpose!": ("suspension",),
        "statusListIndex!": TEXT,
        "statusListCredential!": TEXT,
        "statusReference": TEXT,
    },
    "DataIntegrityProof": {
        "type!": TEXT,
        "created": MOMENT,
        "cryptosuite": ("eddsa-rdfc-2022",),
        "proofPurpose": ("assertionMethod",),
        "proofValue": TEXT,
        "verificationMethod": TEXT,
    },
}


def wrong(value, kind, path="badge"):
    """Where a value is not what its kind asks for."""
    if isinstance(kind, list):
        if not isinstance(value, list):
            return [path]
        return [each for place, item in enumerate(value) for each in wrong(item, kind[0], f"{path}.{place}")]
    if kind in CLASSES:
        return wrong_in_class(value, kind, path)
    if kind is FLAG:
        return [] if isinstance(value, bool) else [path]
    if not isinstance(value, str):
        return [path]
    if isinstance(kind, tuple):
        return [] if value in kind else [path]
    return [] if kind is TEXT or kind.fullmatch(value) else [path]


def wrong_in_class(value, name, path):
    if not isinstance(value, dict):
        return [path]
    words = {word.rstrip("!"): kind for word, kind in CLASSES[name].items()}
    found = [f"{path}.{word}" for word in value if word not in words]
    found += [f"{path}.{word[:-1]}" for word in CLASSES[name] if word.endswith("!") and word[:-1] not in value]
    for word in words.keys() & value.keys():
        if words[word] is TYPES:
            found += [] if isinstance(value[word], list) and name in value[word] else [f"{path}.{word}"]
        else:
            found += wrong(value[word], words[word], f"{path}.{word}")
    return found


@pytest.fixture
def document(module, completed, badge_of, moment):
    """A badge with everything that one can have."""
    from certificates.services import issue

    module.standards = "PH50 rec 5, 6, 15 (level 2); QS116 st.1-3; local charter"
    module.save()
    completed.module.refresh_from_db()
    return badge_of(issue(completed, at=moment)).json()


def test_a_badge_has_the_published_shape(document):
    assert wrong(document, "OpenBadgeCredential") == []
    assert document["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert re.fullmatch(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context-3\.\d\.\d\.json", document["@context"][1])
    assert "VerifiableCredential" in document["type"]


@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        (lambda it: it.update(credentialStatus=[it["credentialStatus"]]), "badge.credentialStatus"),
        (lambda it: it.update(validFrom="2026-03-02"), "badge.validFrom"),
        (
            lambda it: it["credentialSubject"]["identifier"][0].update(hashed="no"),
            "badge.credentialSubject.identifier.0.hashed",
        ),
        (lambda it: it["issuer"].update(type="Profile"), "badge.issuer.type"),
        (lambda it: it["credentialSubject"].pop("achievement"), "badge.credentialSubject.achievement"),
        (lambda it: it.update(unheard="of"), "badge.unheard"),
    ],
)
def test_another_shape_is_noticed(document, spoil, where):
    spoil(document)
    assert wrong(document, "OpenBadgeCredential") == [where]


def test_guidance_with_an_address_is_named_and_nothing_else(document):
    aligned = document["credentialSubject"]["achievement"]["alignment"]
    assert [each["targetUrl"] for each in aligned] == [
        "https://www.nice.org.uk/guidance/ph50",
        "https://www.nice.org.uk/guidance/qs116",
    ]
    assert aligned[0]["targetName"] == "PH50 rec 5, 6, 15 (level 2)"
