"""A certificate's PDF signed as it is fetched (PAdES), where a key is set. What is kept stays unsigned, and the same.

Whoever opens it in a reader sees that nothing has changed since, and which certificate of ours says so. The field lies
outside the page: PDF/UA wants one that cannot be seen hidden or there, and PDF/A refuses hidden ones.
"""

import io
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from training.press.press import CannotPrint

log = structlog.get_logger("certificates")

FIELD = "Issuer"
DEMO_NAME = "Training Pathway demonstration: not for real use"
DEMO_YEARS = 10


class NoSigner(CannotPrint):
    """The key or its certificate cannot be used."""


def is_on() -> bool:
    """Whether there is a key to sign with."""
    return bool(settings.SIGNING_KEY_FILE) and Path(settings.SIGNING_KEY_FILE).is_file()


def signed(pdf: bytes) -> bytes:
    """The PDF with our signature behind it, after which nothing may be changed. Raises NoSigner."""
    from pyhanko.sign import fields, signers

    from certificates.unchanged import Writer

    field = fields.SigFieldSpec(
        FIELD,
        readable_field_name="Signature of the issuer",
        invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True),
    )
    how = signers.PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    path = Path(settings.SIGNING_KEY_FILE)
    signer = signers.PdfSigner(how, signer=_signer(path, path.stat().st_mtime), new_field_spec=field)
    return signer.sign_pdf(Writer(io.BytesIO(pdf))).getvalue()


@cache
def _signer(path: Path, changed: float) -> Any:
    """The key and the certificates of the file, read anew when it has changed."""
    from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    data = path.read_bytes()
    try:
        first, *others = load_certs_from_pemder_data(_of_kind(data, b"CERTIFICATE"))
        key = load_private_key_from_pemder_data(_of_kind(data, b"PRIVATE KEY"), passphrase=None)
    except (ValueError, OSError) as reason:
        log.error("the signing key cannot be used", file=path.name, reason=str(reason))
        raise NoSigner("This PDF cannot be signed at the moment. Tell this site's administrator.") from reason
    store = SimpleCertificateStore()
    store.register_multiple(others)
    return signers.SimpleSigner(signing_cert=first, signing_key=key, cert_registry=store)


def _of_kind(data: bytes, kind: bytes) -> bytes:
    """The PEM blocks of one kind."""
    blocks = data.split(b"-----BEGIN ")[1:]
    found = [b"-----BEGIN " + block for block in blocks if block.partition(b"-----")[0].endswith(kind)]
    if not found:
        raise ValueError(kind)
    return b"".join(found)


def make_demo_key(*, at: datetime) -> bool:
    """A key of the demo's own, whose certificate says that it is for no real use; False where there is one."""
    path = Path(settings.SIGNING_KEY_FILE)
    if path.exists():
        return False
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DEMO_NAME)])
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).add_extension(usage, critical=True)
    made = made.not_valid_before(at).not_valid_after(at + timedelta(days=365 * DEMO_YEARS))
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(plain + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return True
