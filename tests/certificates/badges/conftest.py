"""The site as a stranger's verifier meets it: by its addresses alone."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse


@pytest.fixture
def holder(amira):
    """Amira, signed in."""
    from django.test import Client

    client = Client()
    client.force_login(amira.user)
    return client


@pytest.fixture
def download(client):
    """What a verifier on the web would fetch, from this site and from nowhere else."""

    def fetch(url: str) -> bytes:
        parts = urlsplit(url)
        assert parts.netloc == "testserver"
        response = client.get(parts.path)
        assert response.status_code == 200
        return response.content

    return fetch


@pytest.fixture
def badge_of(holder):
    """A certificate as a badge, as its holder downloads it."""

    def get(certificate, shape="json"):
        return holder.get(reverse(f"badge-{shape}", args=[certificate.uid]))

    return get
