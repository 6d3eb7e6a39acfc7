"""A certificate as an Open Badges 3.0 credential (https://www.imsglobal.org/spec/ob/v3p0), still without a proof. Pure.

Every word of it stands on the certificate. It says where the holder works as little as the certificate does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import NAMESPACE_URL, uuid5

from certificates.badges.contexts import CREDENTIALS, OPEN_BADGES
from certificates.badges.proof import Document, as_moment
from certificates.snapshot import Snapshot
from training.access.clock import LONDON

NICE_GUIDANCE = re.compile(r"\s*((?:PH|QS|NG|CG)\d+)\b")  # 'PH50 rec 5, 6 (level 2)'
NICE = "National Institute for Health and Care Excellence"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs: the site, by the name of its host. `remark` is for a demo."""

    did: str
    url: str
    name: str
    remark: str = ""

    @property
    def profile(self) -> Document:
        """As credentials name it."""
        said = {"description": self.remark} if self.remark else {}
        return {"id": self.did, "type": ["Profile"], "name": self.name, "url": self.url, **said}


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """Where in which list it stands whether the badge is suspended."""

    url: str
    index: int

    @property
    def as_json(self) -> Document:
        """One entry, one purpose: Open Badges 3.0 allows no second (decision 0016)."""
        return {
            "id": f"{self.url}#{self.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "suspension",
            "statusListIndex": str(self.index),
            "statusListCredential": self.url,
        }


def credential(words: Snapshot, *, code: str, address: str, name: str, issuer: Issuer, status: StatusEntry) -> Document:
    """The badge of a certificate. `address` is where its code is checked, `name` what the holder lets be shown."""
    ends = {"validUntil": as_moment(_end_of(words.valid_until))} if words.valid_until else {}
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"Module {words.module_code}",
        "issuer": issuer.profile,
        "awardedDate": as_moment(_start_of(words.completed_on)),
        "validFrom": as_moment(_start_of(words.issued_on)),
        **ends,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [identity(name)],
            "activityEndDate": as_moment(_start_of(words.completed_on)),
            "licenseNumber": code,
            "achievement": achievement(words, issuer),
        },
        "credentialStatus": status.as_json | {"statusReference": f"{address}.json"},
    }


def identity(name: str) -> Document:
    """The holder, by the name that the holder lets be shown."""
    return {"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "name"}


def achievement(words: Snapshot, issuer: Issuer) -> Document:
    """What was learnt: one and the same for all who completed this edition of the module."""
    what = (issuer.url, words.partnership, words.module_code, words.module_title, words.edition)
    version = {"version": words.edition} if words.edition else {}
    aligned = list(_alignments(words))
    return {
        "id": _uuid_of(*what),
        "type": ["Achievement"],
        "achievementType": "Course",
        "name": words.module_title,
        "humanCode": words.module_code,
        "description": _description(words),
        "criteria": {"narrative": _criteria(words)},
        "inLanguage": "en-GB",
        "creator": {"id": _uuid_of(issuer.url, words.partnership), "type": ["Profile"], "name": words.partnership},
        **version,
        **({"alignment": aligned} if aligned else {}),
    }


def _description(words: Snapshot) -> str:
    level = f", NICE level {words.nice_level}" if words.nice_level else ""
    time_taken = f" {words.minutes} minutes." if words.minutes else ""
    return f"{words.tier}{level}.{time_taken} {words.method}."


def _criteria(words: Snapshot) -> str:
    """In Markdown, which the format asks for."""
    if not words.outcomes:
        return "Completed the module."
    return "\n".join(("Completed the module. After it a person can:", "", *(f"* {it}" for it in words.outcomes)))


def _alignments(words: Snapshot) -> Iterator[Document]:
    """The published guidance that the module is measured against, where it has an address of its own."""
    for part in words.standards.split(";"):
        if found := NICE_GUIDANCE.match(part):
            yield {
                "type": ["Alignment"],
                "targetName": part.strip(),
                "targetCode": found[1],
                "targetFramework": NICE,
                "targetUrl": f"https://www.nice.org.uk/guidance/{found[1].lower()}",
            }


def _uuid_of(*words: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, '|'.join(words))}"


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), LONDON)
