"""The form of a design in the content editor: colours that can be read, a logo drawn anew, who signs."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser

from certificates.designs import newest_of
from certificates.looks import COLOUR, ENOUGH, contrast
from certificates.snapshot import printable
from training.people.models import Partnership
from training.press import fonts, press

SIGNATORIES = (1, 2, 3)
LARGEST = 5_000_000  # bytes of a picture
UNREADABLE = (
    "This colour stands out only {found:.1f} : 1 from white paper. Text needs at least 4.5 : 1: choose a darker one."
)


def _line(label: str) -> forms.CharField:
    """What stands under somebody's signature."""
    return forms.CharField(label=label, max_length=80, required=False)


class DesignForm(WagtailAdminModelForm):
    """Everything but the logo and the signatories is a field of the design itself."""

    picture = forms.ModelChoiceField(
        get_image_model().objects.all(),
        required=False,
        widget=AdminImageChooser,
        label="Logo",
        help_text="PNG, JPEG or WebP, no SVG. It is kept with the design as it is now.",
    )
    keeps_logo = forms.BooleanField(
        label="Keep the logo of the version before, unless another is chosen", required=False
    )
    name_1, role_1 = _line("Name"), _line("Role")
    name_2, role_2 = _line("Second name"), _line("Second role")
    name_3, role_3 = _line("Third name"), _line("Third role")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        partnerships = Partnership.objects.all()[:2]
        if len(partnerships) == 1:
            self._start_from(partnerships[0])

    def clean_ink(self) -> str:
        """Of names and titles."""
        return _readable(self.cleaned_data["ink"])

    def clean_accent(self) -> str:
        """Of a heading, and of lines."""
        return _readable(self.cleaned_data["accent"])

    def clean_picture(self) -> bytes:
        """The logo as the confined child has drawn it; nothing for none."""
        picture = self.cleaned_data["picture"]
        if picture is None:
            return b""
        if (picture.file_size or 0) > LARGEST:
            raise forms.ValidationError("The picture is too large. Save it smaller and try again.")
        with picture.open_file() as file:
            data = file.read(LARGEST + 1)
        try:
            return press.picture(data)
        except press.BadPicture as reason:
            raise forms.ValidationError(str(reason)) from None

    def clean(self) -> dict[str, Any]:
        """A logo has words, a signatory a name and a role, and all of it can be printed."""
        said = super().clean()
        if not said.get("picture") and said.get("keeps_logo") and said.get("partnership"):
            before = newest_of(said["partnership"])
            said["picture"] = bytes(before.logo.content) if before and before.logo else b""
        if said.get("picture") and not said.get("logo_says"):
            self.add_error("logo_says", "Say what the logo reads or shows: it is read out in its place.")
        said["signatories"] = []
        for number in SIGNATORIES:
            name, role = (printable(said.get(f"{part}_{number}") or "") for part in ("name", "role"))
            if bool(name) != bool(role):
                self.add_error(f"{'role' if name else 'name'}_{number}", "Give both: the name and the role.")
            elif name:
                said["signatories"].append({"name": name, "role": role})
                self._insist_on_letters(f"name_{number}", name + role)
        return said

    def save(self, commit: bool = True) -> Any:
        """Onto the design. Its view saves it, as a new version."""
        design = super().save(commit=False)
        design.signatories, design.drawn_logo = self.cleaned_data["signatories"], self.cleaned_data["picture"]
        return design

    def _start_from(self, partnership: Partnership) -> None:
        """Where there is no other: from its newest version, so that a further one needs only what changes."""
        self.initial["partnership"] = partnership.pk
        newest = newest_of(partnership)
        if newest is None:
            return
        self.initial |= {field: getattr(newest, field) for field in ("shape", "ink", "accent", "logo_says")}
        self.initial["keeps_logo"] = newest.logo is not None
        for number, signatory in zip(SIGNATORIES, newest.signatories, strict=False):
            self.initial |= {f"{part}_{number}": words for part, words in signatory.items()}

    def _insist_on_letters(self, field: str, text: str) -> None:
        try:
            press.insist_on_letters(text, fonts.FOR_TEXT, what="line")
        except press.CannotPrint as reason:
            self.add_error(field, str(reason))


def _readable(colour: str) -> str:
    """A colour that text can have on white paper."""
    plain = colour.strip().lower()
    if not COLOUR.fullmatch(plain):
        raise forms.ValidationError("Write the colour as # and six figures or letters a to f, such as #08363b.")
    if (found := contrast(plain)) < ENOUGH:
        raise forms.ValidationError(UNREADABLE.format(found=found))
    return plain
