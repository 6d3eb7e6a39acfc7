"""A partnership's design: seen before it is saved, readable, frozen, and nothing that was issued before changes."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from certificates import printing
from certificates.designs import save_design
from certificates.looks import PLAIN, Shape, contrast
from certificates.models import Certificate, Design, Logo
from certificates.services import issue
from tests.factories import RoleGrantFactory, completion
from training.access.actor import Actor
from training.audit.models import AuditEvent

BY = Actor.system("test")
ADD = "/cms/snippets/certificates/design/add/"
SAID = {"shape": "portrait", "ink": "#12355b", "accent": "#8a1c5a", "logo_says": "", "picture": ""}
SAID |= {f"{part}_{number}": "" for part in ("name", "role") for number in (1, 2, 3)}


def logo(colour: str = "navy") -> bytes:
    """A PNG, as the confined child would hand it over."""
    out = io.BytesIO()
    Image.new("RGB", (60, 20), colour).save(out, "PNG")
    return out.getvalue()


def design(world, moment, **more) -> Design:
    """A further version."""
    made = Design(partnership=world.partnership, **({"shape": "portrait", "ink": "#12355b"} | more))
    made.drawn_logo = logo()
    return save_design(made, by=BY, at=moment)


@pytest.fixture
def reviewer(client, world):
    """The browser of one who publishes content."""
    client.force_login(RoleGrantFactory(role_code="content_reviewer").user)
    return client


@pytest.mark.parametrize(
    ("colour", "stands_out"), [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#777777", 4.48)]
)
def test_contrast_is_worked_out_as_wcag_does(colour, stands_out):
    assert contrast(colour) == pytest.approx(stands_out, abs=0.005)


def test_the_plain_colours_can_be_read():
    assert min(contrast(PLAIN.ink), contrast(PLAIN.accent)) >= 4.5


def test_new_certificates_take_the_newest_design_and_older_ones_keep_theirs(world, certificate, amira, module, moment):
    before = printing.printed(certificate).read_bytes()
    first = design(world, moment)
    done = completion(amira, module, on=date(2026, 4, 1))
    mine = issue(done, at=moment)
    assert (certificate.words.design, mine.words.design) == ("", first.uid.hex)
    made = printing.printed(mine).read_bytes()
    second = design(world, moment, ink="#222222")
    assert (first.number, second.number) == (1, 2)
    module.title, module.outcomes = "Another title", ["another"]
    module.save()
    for row, was in ((certificate, before), (mine, made)):
        path = printing.path_of(row)
        path.unlink()
        assert printing.printed(Certificate.objects.of_completion(row.completion).get()).read_bytes() == was
    with pikepdf.open(io.BytesIO(made)) as pdf:
        width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
        assert height > width


def test_what_a_design_says_is_printed_with_its_logo_in_words(world, certificate, moment):
    signed = [{"name": "Jo Example", "role": "Chair"}]
    made = design(world, moment, logo_says="Severnshire", signatories=signed)
    words = replace(certificate.words, design=made.uid.hex)
    html, sheet = printing.as_page([(words, "0000-0000", "https://training.example/verify/0")], shape=Shape.PORTRAIT)
    assert 'alt="Severnshire"' in html and "data:image/png;base64," in html
    assert "Jo Example" in html and "Chair" in html
    assert sheet.startswith("certificates/print/2-portrait#12355b#")


def test_one_logo_is_kept_once(world, moment):
    assert design(world, moment).logo == design(world, moment).logo
    assert Logo.objects.count() == 1


@pytest.mark.parametrize("table", ["certificates_design", "certificates_logo"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_a_design(world, moment, table, verb):
    design(world, moment)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table))


def test_a_reviewer_saves_a_version_in_the_editor(reviewer, world):
    picture = get_image_model().objects.create(title="Logo", file=get_test_image_file(colour="navy"))
    said = SAID | {"partnership": world.partnership.pk, "picture": picture.pk, "logo_says": "Severnshire"}
    said |= {"name_1": "Jo Example", "role_1": "Chair"}
    assert reviewer.post(ADD, said).status_code == 302
    made = Design.objects.get()
    assert (made.number, made.ink, made.signatories) == (1, "#12355b", [{"name": "Jo Example", "role": "Chair"}])
    picture.file.delete(save=False)
    assert made.look.logo.startswith("data:image/png;base64,")
    assert AuditEvent.objects.get(verb="design saved").partnership_code == "severnshire"


def test_a_further_version_starts_from_the_one_before_and_keeps_its_logo(reviewer, world, moment):
    before = design(world, moment, logo_says="Severnshire", signatories=[{"name": "Jo Example", "role": "Chair"}])
    page = reviewer.get(ADD).content.decode()
    assert 'value="#12355b"' in page and 'value="Jo Example"' in page and 'value="Severnshire"' in page
    said = SAID | {"partnership": world.partnership.pk, "ink": "#222222", "logo_says": "Severnshire"}
    saved = reviewer.post(ADD, said | {"keeps_logo": "on"}, follow=True).content.decode()
    assert "created" in saved and ">Edit<" not in saved
    assert reviewer.post(ADD, said).status_code == 302
    kept, dropped = Design.objects.filter(number__gt=1).order_by("number")
    assert (kept.logo, kept.ink, dropped.logo) == (before.logo, "#222222", None)
    looked = reviewer.get(f"/cms/snippets/certificates/design/inspect/{before.pk}/").content.decode()
    assert "Jo Example, Chair" in looked


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"ink": "#999999"}, "stands out only 2.8 : 1"),
        ({"accent": "red;} body{display:none"}, "Ensure this value has at most 7 characters"),
        ({"accent": "darkred"}, "Write the colour as #"),
        ({"name_1": "Jo Example"}, "Give both"),
        ({"name_1": "Jo 🤱", "role_1": "Chair"}, "needs another font"),
    ],
)
def test_what_cannot_be_read_or_printed_is_refused_in_words(reviewer, world, more, why):
    answer = reviewer.post(ADD, SAID | {"partnership": world.partnership.pk} | more)
    assert why in answer.content.decode()
    assert not Design.objects.exists()


def test_a_logo_needs_words_and_an_svg_is_none(reviewer, world):
    picture = get_image_model().objects.create(title="Logo", file=get_test_image_file())
    said = SAID | {"partnership": world.partnership.pk, "picture": picture.pk}
    assert "read out in its place" in reviewer.post(ADD, said).content.decode()
    with picture.file.storage.open(picture.file.name, "wb") as file:
        file.write(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    answer = reviewer.post(ADD, said | {"logo_says": "Severnshire"}).content.decode()
    assert "The logo is not a PNG, JPEG or WebP picture" in answer


@pytest.mark.parametrize("shape", Shape)
def test_it_is_seen_before_it_is_saved_with_how_well_it_can_be_read(reviewer, world, shape):
    said = SAID | {"partnership": world.partnership.pk}
    preview = "/cms/snippets/certificates/design/preview/"
    assert reviewer.post(preview, said).json() == {"is_valid": True, "is_available": True}
    page = reviewer.get(f"{preview}?in_preview_panel=true&mode={shape}").content.decode()
    assert "Name Of The Holder" in page and "--ink: #12355b" in page and "12." in page
    assert not Design.objects.exists()
    assert not Certificate.objects.everywhere(reason="test").exists()


def test_authors_and_everybody_else_make_no_design(client, world, bea):
    client.force_login(RoleGrantFactory(role_code="content_author").user)
    assert client.post(ADD, SAID | {"partnership": world.partnership.pk}).status_code == 302
    client.force_login(bea)
    assert client.get(ADD).status_code == 404
    assert not Design.objects.exists()
    assert Group.objects.get(name="Content reviewers").permissions.filter(codename="change_design").count() == 0
