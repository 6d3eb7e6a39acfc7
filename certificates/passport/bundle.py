"""A passport as one signed file: a Comprehensive Learner Record (https://www.imsglobal.org/spec/clr/v2p0) that holds
each certificate as the badge it is, with a proof of its own.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime

from certificates.badges import site
from certificates.badges.contexts import CREDENTIALS, LEARNER_RECORD, OPEN_BADGES
from certificates.badges.credential import identity
from certificates.badges.proof import Document, as_moment
from certificates.passport.selectors import Line


def bundle(lines: Sequence[Line], *, name: str, is_partial: bool, at: datetime) -> Document:
    """The signed record. Raises NoKey."""
    badges = [site.badge(line.certificate, name=line.name, at=at) for line in lines if line.is_signed]
    record = {
        "@context": [CREDENTIALS, OPEN_BADGES, LEARNER_RECORD],
        "id": f"urn:uuid:{uuid.uuid4()}",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Learning record",
        "issuer": site.issuer().profile,
        "validFrom": as_moment(at),
        "partial": is_partial,
        "credentialSubject": {
            "type": ["ClrSubject"],
            "identifier": [identity(name)],
            "verifiableCredential": badges,
        },
    }
    return site.signed(record, at=at)
