"""A public site for each planted partnership, published, for the walk round every door."""

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection

from courses.editors import site_group
from home.models import Download, StrategyPage
from home.public.opening import open_site
from training.people.models import Partnership


def plant_site(partnership: Partnership) -> dict[str, str]:
    """The pages, live, and a document: the same for every agency of a partnership."""
    site = open_site(partnership)
    page = StrategyPage.objects.child_of(site).first()
    for each in site.get_descendants(inclusive=True).filter(live=False):
        each.specific.save_revision().publish()
    if page is None:
        return {"page": f"{partnership.code}/", "document": str(Download.objects.get().pk)}  # a neighbour's
    if not page.downloads.exists():
        document = get_document_model()(title="Plan", collection=Collection.objects.get(name=site_group(partnership)))
        document.file.save("plan.docx", ContentFile(b"A plan"))
        Download.objects.create(page=page, document=document, title="The plan", sort_order=0)
    return {"page": f"{partnership.code}/{page.slug}/", "document": str(page.downloads.get().pk)}
