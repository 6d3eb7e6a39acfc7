"""The gallery page"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template, render_to_string

from training.access.gates import public
from training.ui.gallery import Specimen, rooms_samples, samples


@public
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component, with its variables and a sample or more."""
    ours = {f"ui/{name}.html": shown for name, shown in samples().items()}
    specimens = [specimen(request, template, shown) for template, shown in (ours | rooms_samples()).items()]
    return render(request, "ui/gallery.html", {"specimens": specimens})


def specimen(request: HttpRequest, template: str, showings: list[dict]) -> Specimen:
    """One component drawn with each of its samples; its name is its anchor on the page."""
    name = template.removeprefix("ui/").removesuffix(".html").replace("/", "-")
    shown = tuple(render_to_string(template, values, request) for values in showings)
    return Specimen(name=name, template=template, variables=variables_of(template), shown=shown)


def variables_of(path: str) -> str:
    """What the comment at the head of a component says of its variables."""
    component: Any = get_template(path)
    source = component.template.source
    _, _, rest = source.partition("{% comment %}")
    return rest.partition("{% endcomment %}")[0].strip()
