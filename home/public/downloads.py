"""Documents that anybody may take."""

from pathlib import Path

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponseBase, HttpResponseRedirect

from courses.editors import site_group
from courses.stretches import send_file
from courses.uploads import ending_of
from home.models import Download, PartnershipPage

PLAIN = "application/octet-stream"
MOST = 2**62  # a larger number is no row's, and more than a database takes
TYPES = {"pdf": "application/pdf"}


def _is_for_everybody(download: Download) -> bool:
    """Whether its page is kept from nobody, and the document was put among those of the page's own partnership."""
    site = PartnershipPage.objects.ancestor_of(download.page).select_related("partnership").first()
    is_ours = site is not None and download.document.collection.name == site_group(site.partnership)
    return is_ours and not download.page.get_view_restrictions().exists()


def document_answer(number: int, *, wanted: str) -> HttpResponseBase:
    """The file itself, or the way to the bucket it lies in; 404 once its page is no longer for everybody."""
    found = Download.objects.select_related("document__collection", "page").filter(page__live=True)
    download = found.filter(pk=min(number, MOST)).first()
    if download is None or not _is_for_everybody(download):
        raise Http404
    name = download.saved_as
    kind, disposition = TYPES.get(ending_of(name), PLAIN), f'attachment; filename="{name}"'
    stored = download.document.file.name
    if hasattr(default_storage, "signed_url"):
        return HttpResponseRedirect(default_storage.signed_url(stored, kind=kind, disposition=disposition))
    if not default_storage.exists(stored):
        raise Http404
    answer = send_file(Path(default_storage.path(stored)), kind, wanted=wanted)
    answer["Content-Disposition"] = disposition
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
