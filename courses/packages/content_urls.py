"""Addresses of the content host (training.settings.base: CONTENT_HOST), which are not addresses of the site."""

from django.urls import path

from courses.packages.views import content

urlpatterns = [
    path("run/", content.run, name="run"),
    path("run/start/", content.run_start, name="run-start"),
    path("run/commit/", content.run_commit, name="run-commit"),
    path("run/h5p/", content.run_h5p, name="run-h5p"),
    path("files/<str:folder>/<path:name>", content.package_file, name="package-file"),
]
