"""This site as an issuer: its name on the web, its keys as it publishes them, and its signature under a document."""

from datetime import datetime
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.urls import reverse

from certificates.badges import proof
from certificates.badges.credential import Issuer, credential
from certificates.badges.keys import DEMO, public_keys, signing_key
from certificates.badges.proof import Document
from certificates.badges.status import entry_at, place_of
from certificates.models import Certificate
from certificates.printing import address_of


def issuer() -> Issuer:
    """By the host of BASE_URL: 'did:web:training.example', a port written as did:web asks."""
    did = "did:web:" + quote(urlsplit(settings.BASE_URL).netloc, safe="")
    return Issuer(did, settings.BASE_URL, settings.WAGTAIL_SITE_NAME, DEMO if settings.IS_DEMO else "")


def badge(certificate: Certificate, *, name: str, at: datetime) -> Document:
    """A certificate as a signed badge, with the name that its holder lets be shown. Raises NoKey."""
    document = credential(
        certificate.words,
        code=certificate.grouped_code,
        address=address_of(certificate),
        name=name,
        issuer=issuer(),
        status=entry_at(place_of(certificate), address=list_address("")),
    )
    return signed(document, at=at)


def signed(document: Document, *, at: datetime) -> Document:
    """With the proof of the newest key. Raises NoKey."""
    key = signing_key()
    return proof.signed(document, key=key.key, method=method_of(key.name), at=at)


def method_of(name: str) -> str:
    """The address of a key, as proofs name it."""
    return f"{issuer().did}#{name}"


def list_address(which: int | str) -> str:
    """Where a list of suspended badges lies; with '' that of all of them."""
    return settings.BASE_URL + reverse("badge-status", args=[0]).removesuffix("0") + str(which)


def did_document() -> Document:
    """Who this is, and every key that signed or signs (https://w3c-ccg.github.io/did-method-web/)."""
    did = issuer().did
    methods = [
        {"id": method_of(each.name), "type": "Multikey", "controller": did, "publicKeyMultibase": each.name}
        for each in public_keys()
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "alsoKnownAs": [settings.BASE_URL],
        "verificationMethod": methods,
        "assertionMethod": [each["id"] for each in methods],
    }
