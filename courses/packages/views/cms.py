"""Packages in the content editor: what there is, one of them, and a new one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.models import Package
from courses.packages.forms import UploadForm
from courses.packages.services.removal import InUse, delete_package, uses_of
from courses.packages.services.upload import keep_package
from courses.packages.words import told_of
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.roster.limits import Refused


@require_GET
@requires(Permission.AUTHOR_CONTENT)
def packages(request: Request) -> HttpResponse:
    """All packages, the newest first."""
    rows = Package.objects.prefetch_related("courses")
    return render(request, "courses/packages/cms_list.html", {"packages": rows})


@require_GET
@requires(Permission.AUTHOR_CONTENT)
def package(request: Request, uid: str) -> HttpResponse:
    """What one package holds, when it counts as done, and what uses it."""
    row = get_object_or_404(Package, uid=uid)
    context = {"package": row, "told": told_of(row), "uses": uses_of(row)}
    return render(request, "courses/packages/cms_package.html", context)


@require_POST
@requires(Permission.AUTHOR_CONTENT)
def package_delete(request: Request, uid: str) -> HttpResponse:
    """Take away one that nothing uses."""
    row = get_object_or_404(Package, uid=uid)
    try:
        delete_package(row, by=request.access.actor, at=timezone.now())
    except InUse:
        messages.error(request, "The package is in use, so it stays.")
        return redirect("package", uid=uid)
    messages.success(request, f"'{row.title}' is deleted.")
    return redirect("packages")


@require_http_methods(["GET", "POST"])
@requires(Permission.AUTHOR_CONTENT)
def package_new(request: Request) -> HttpResponse:
    """Upload one; what is wrong with it is said beside the file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            kept = keep_package(
                said["file"],
                title=said["title"],
                counts_when=said["counts_when"],
                by=request.access.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("package", uid=kept.uid)
    return render(request, "courses/packages/cms_new.html", {"form": form})
