"""Files of lessons in a bucket that speaks S3, for sites on several machines. Needs the extra `bucket`."""

from storages.backends.s3 import S3Storage

from .storage import Gated

SIGNED_SECONDS = 600


class BucketFiles(Gated, S3Storage):
    """A private bucket: whoever passes our gate is sent on to an address that is good for ten minutes."""

    def signed_url(self, name: str, *, kind: str, disposition: str) -> str:
        """The bucket's own address of the file, which answers with this type and disposition and is kept nowhere."""
        wanted = {
            "ResponseContentType": kind,
            "ResponseContentDisposition": disposition,
            "ResponseCacheControl": "no-store",
        }
        return str(S3Storage.url(self, name, parameters=wanted, expire=SIGNED_SECONDS))
