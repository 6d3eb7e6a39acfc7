"""Where the files of lessons lie: on this machine, or in a private bucket that speaks S3."""

from typing import Any
from urllib.parse import urlsplit

from . import environment as env

Storage = dict[str, Any]


def media_storage() -> Storage:
    """The storage that the environment names."""
    name = env.text("MEDIA_BUCKET", "")
    if not name:
        return {"BACKEND": "courses.storage.LocalFiles"}
    return {
        "BACKEND": "courses.bucket.BucketFiles",
        "OPTIONS": {
            "bucket_name": name,
            "endpoint_url": env.text("MEDIA_BUCKET_ENDPOINT"),
            "region_name": env.text("MEDIA_BUCKET_REGION", "") or None,
            "access_key": env.text("MEDIA_BUCKET_KEY"),
            "secret_key": env.text("MEDIA_BUCKET_SECRET"),
            "addressing_style": "path",
            "signature_version": "s3v4",
            "default_acl": None,  # the bucket's own rule, which is private
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }


def media_origin(storage: Storage) -> list[str]:
    """The bucket's host, from which pages may show pictures and play films; none while files lie here."""
    endpoint = urlsplit(storage.get("OPTIONS", {}).get("endpoint_url", ""))
    return [f"{endpoint.scheme}://{endpoint.netloc}"] if endpoint.netloc else []
