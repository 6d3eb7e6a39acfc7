"""Data Integrity proofs with the suite eddsa-rdfc-2022 (https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022).

What is signed is the document as canonical RDF. A term that no context defines would fall out of that unseen, and could
be changed afterwards: such a document is refused.

Imported by the confined child too, so it knows nothing of Django. PyLD is slow to import, and met at first use.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from certificates.badges import contexts
from certificates.badges.multibase import NotMultibase, decoded, encoded

SUITE = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod"}
Document = dict[str, Any]


class UndefinedTerm(ValueError):
    """A member of the document means nothing in its contexts, so no proof would cover it."""


class BadProof(ValueError):
    """The proof is not one of this key over this document."""


def signed(document: Document, *, key: Ed25519PrivateKey, method: str, at: datetime) -> Document:
    """The document with its proof. `method` is the address of the key's public half."""
    options = SUITE | {"created": as_moment(at), "verificationMethod": method}
    signature = key.sign(_hash_of_options(options, document) + _hash(document))
    return document | {"proof": [options | {"proofValue": encoded(signature)}]}


def insist(document: Document, *, keys: Mapping[str, Ed25519PublicKey]) -> None:
    """Raises BadProof unless the one proof of the document is of one of these keys, named by their methods."""
    from pyld.jsonld import JsonLdError

    match document.get("proof"):
        case {**proof} | [{**proof}]:
            options: Document = {str(name): value for name, value in proof.items() if name != "proofValue"}
        case _:
            raise BadProof("There is not one proof.")
    key = keys.get(str(options.get("verificationMethod")))
    if key is None or SUITE.items() - options.items():
        raise BadProof("It is not a proof of ours.")
    if not _has_our_contexts(document):
        raise BadProof("Its words do not mean what they mean here.")
    bare = {name: value for name, value in document.items() if name != "proof"}
    try:
        key.verify(decoded(str(proof.get("proofValue"))), _hash_of_options(options, bare) + _hash(bare))
    except (InvalidSignature, NotMultibase, JsonLdError, UndefinedTerm, TypeError) as reason:
        raise BadProof("The proof does not fit the document.") from reason


def as_moment(at: datetime) -> str:
    """As credentials write a moment: in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def canonical(document: Document) -> str:
    """The document as canonical N-Quads (RDFC-1.0)."""
    from pyld import jsonld

    processor = jsonld.JsonLdProcessor(on_property_dropped=_refuse)
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": contexts.load}
    return processor.normalize(document, options)


def _has_our_contexts(part: object) -> bool:
    """Whether every context in it is one of ours. With another beside them, other words would have the same proof."""
    if isinstance(part, list):
        return all(map(_has_our_contexts, part))
    if not isinstance(part, dict):
        return True
    named = part.get("@context", [])
    named = named if isinstance(named, list) else [named]
    if not all(isinstance(each, str) and each in contexts.FILES for each in named):
        return False
    return all(_has_our_contexts(value) for name, value in part.items() if name != "@context")


def _hash(document: Document) -> bytes:
    return sha256(canonical(document).encode()).digest()


def _hash_of_options(options: Document, document: Document) -> bytes:
    """Of the proof's own words, in the contexts of its document."""
    return _hash_of_text(json.dumps(options | {"@context": document.get("@context")}))


@lru_cache(maxsize=64)
def _hash_of_text(options: str) -> bytes:
    """Many badges that are signed in one second share their options."""
    return _hash(json.loads(options))


def _refuse(term: object) -> None:
    raise UndefinedTerm(str(term))
