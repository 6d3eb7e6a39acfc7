"""Addresses of training done elsewhere."""

from django.urls import path

from .views import files, learner, outside, queue, register

AGENCY = "agency/<str:code>/"
CSV, XLSX = {"kind": "csv"}, {"kind": "xlsx"}

urlpatterns = [
    path(f"{AGENCY}completions/", files.completions, name="completions"),
    path(f"{AGENCY}completions/template.csv", files.completions_template, name="completions-template"),
    path(f"{AGENCY}completions/export.csv", files.completions_export, CSV, name="completions-csv"),
    path(f"{AGENCY}completions/export.xlsx", files.completions_export, XLSX, name="completions-xlsx"),
    path(f"{AGENCY}completions/<uuid:uid>/", files.completions_import, name="completions-import"),
    path(f"{AGENCY}completions/<uuid:uid>/apply/", files.completions_apply, name="completions-apply"),
    path(f"{AGENCY}completions/<uuid:uid>/undo/", files.completions_undo, name="completions-undo"),
    path(f"{AGENCY}evidence/", queue.queue, name="evidence"),
    path(f"{AGENCY}evidence/again/", queue.again, name="evidence-again"),
    path(f"{AGENCY}evidence/titles/<slug:group>/", queue.title, name="evidence-title"),
    path(f"{AGENCY}evidence/set-aside/<int:pk>/", queue.back, name="evidence-back"),
    path(f"{AGENCY}evidence/<uuid:uid>/", queue.decide, name="evidence-decide"),
    path(f"{AGENCY}evidence/<uuid:uid>/<uuid:file>/", queue.file, name="evidence-file"),
    path(f"{AGENCY}equivalences/", register.agency_register, name="agency-register"),
    path("learning/elsewhere/", learner.elsewhere, name="elsewhere"),
    path("learning/elsewhere/<uuid:uid>/", learner.elsewhere_one, name="elsewhere-one"),
    path("learning/elsewhere/<uuid:uid>/<uuid:file>/", learner.elsewhere_file, name="elsewhere-file"),
    path("equivalences/<str:code>/", register.register, name="register"),
    path("equivalences/<str:code>/evidence/<uuid:uid>/", outside.evidence_outside, name="evidence-outside"),
    path(
        "equivalences/<str:code>/evidence/<uuid:uid>/<uuid:file>/",
        outside.evidence_outside_file,
        name="evidence-outside-file",
    ),
    path("equivalences/<str:code>/new/", register.entry_new, name="register-new"),
    path("equivalences/<str:code>/<int:pk>/", register.entry, name="register-entry"),
    path("equivalences/<str:code>/proposals/<uuid:uid>/", register.proposal_decline, name="register-decline"),
]
