"""Addresses of packs and of audits."""

from django.urls import path

from .views import audit, foi, looked

SAMPLE = "board/<str:code>/audit/samples/<uuid:uid>"

urlpatterns = [
    path("board/<str:code>/foi/", foi.foi_pack, name="foi-pack"),
    path("board/<str:code>/foi/ask/", foi.foi_pack_ask, name="foi-pack-ask"),
    path("board/<str:code>/foi/pack.zip", foi.foi_pack_file, name="foi-pack-file"),
    path("board/<str:code>/audit/", audit.audit, name="audit"),
    path("board/<str:code>/audit/rules/", audit.audit_rules, name="audit-rules"),
    path("board/<str:code>/audit/files/", audit.audit_files, name="audit-files"),
    path("board/<str:code>/audit/changes/", audit.audit_changes, name="audit-changes"),
    path("board/<str:code>/audit/samples/", audit.audit_samples, name="audit-samples"),
    path(f"{SAMPLE}/", audit.audit_sample, name="audit-sample"),
    path(f"{SAMPLE}/<int:number>/", audit.audit_trace, name="audit-trace"),
    path(f"{SAMPLE}/sample.<slug:kind>", audit.audit_sample_file, name="audit-sample-file"),
    path("board/<str:code>/audits/", looked.audits, name="audits"),
    path("agency/<str:code>/audits/", looked.agency_audits, name="agency-audits"),
]
