"""The gallery shows every component there is, and what each takes."""

from pathlib import Path

import pytest
from django.urls import reverse

from training.ui.gallery import samples
from training.ui.views import variables_of

TEMPLATES = Path(__file__).resolve().parents[2] / "training" / "ui" / "templates"
FRAMES = {"base", "base_exit", "base_form", "gallery"}
COMPONENTS = sorted(file.stem for file in (TEMPLATES / "ui").glob("*.html") if file.stem not in FRAMES)


def test_the_gallery_shows_every_component_file():
    assert sorted(samples()) == COMPONENTS


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_opens_with_a_comment_on_itself(name):
    head = (TEMPLATES / "ui" / f"{name}.html").read_text().replace("{% load ui %}", "")
    assert head.startswith("{% comment %}\n")
    assert len(variables_of(f"ui/{name}.html")) > 20


def test_the_page_draws_each_component_with_its_variables(client, db):
    answer = client.get(reverse("ui-gallery"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert [name for name in COMPONENTS if f'id="show-{name}"' not in page] == []
    assert "percent None draws no bar" in page
