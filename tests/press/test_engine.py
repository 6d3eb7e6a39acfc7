"""What is drawn reaches nothing outside itself."""

import io

import pikepdf
import pytest

from training.press import engine


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "https://127.0.0.1:9/x.png",
        "ftp://127.0.0.1/x",
        "//127.0.0.1/x",
        "asset:../settings.py",
        "asset:1.css",
        "asset:/etc/passwd",
    ],
)
def test_the_fetcher_reaches_nothing_but_our_own_files(address):
    with pytest.raises(ValueError):
        engine.ClosedFetcher().fetch(address)


def test_pictures_styles_and_attachments_from_elsewhere_are_left_out(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canary-4711")
    asked = []

    class Watching(engine.ClosedFetcher):
        """Notes what was asked for and what came back."""

        def fetch(self, url, headers=None):
            asked.append(url)
            return super().fetch(url, headers)

    html = (
        f'<link rel=attachment href="{secret.as_uri()}"><link rel=stylesheet href="{secret.as_uri()}">'
        f'<img src="{secret.as_uri()}"><img src="http://127.0.0.1:9/x.png"><p>text'
    )
    made = engine.HTML(string=html, url_fetcher=Watching()).write_pdf(uncompressed_pdf=True)
    assert asked.count(secret.as_uri()) >= 3
    assert b"canary-4711" not in made
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.attachments) == 0
