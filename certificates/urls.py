"""Addresses of certificates, and of the page on which anyone can check one."""

from django.urls import path

from certificates import batch_views, name_views, verify_views, views
from certificates.badges import views as badges
from certificates.passport import views as passport

urlpatterns = [
    path("certificates/", views.certificates, name="certificates"),
    path("certificates/of/<uuid:uid>/", views.certificate_of, name="certificate-of"),
    path("certificates/name/", name_views.printed_name, name="printed-name"),
    path("certificates/name/take-back/", name_views.printed_name_take_back, name="printed-name-take-back"),
    path("agency/<str:code>/certificates/", batch_views.batches, name="certificate-batches"),
    path("agency/<str:code>/certificates/<uuid:uid>/", batch_views.batch_file, name="certificate-batch"),
    path("agency/<str:code>/names/", name_views.printed_names, name="printed-names"),
    path("agency/<str:code>/names/<uuid:uid>/", name_views.printed_name_answer, name="printed-name-answer"),
    path("certificates/<uuid:uid>/", views.certificate, name="certificate"),
    path("certificates/<uuid:uid>/download/", views.certificate_download, name="certificate-download"),
    path("certificates/<uuid:uid>/print/", views.certificate_print, name="certificate-print"),
    path("certificates/<uuid:uid>/showing/", views.certificate_showing, name="certificate-showing"),
    path("certificates/<uuid:uid>/badge.json", badges.badge, {"shape": "json"}, name="badge-json"),
    path("certificates/<uuid:uid>/badge.png", badges.badge, {"shape": "png"}, name="badge-png"),
    path("certificates/<uuid:uid>/badge.svg", badges.badge, {"shape": "svg"}, name="badge-svg"),
    path("badges/status/<int:which>", badges.badge_status, name="badge-status"),
    path(".well-known/did.json", badges.did, name="did"),
    path("learning/passport/", passport.passport, name="passport"),
    path("learning/passport.pdf", passport.passport_pdf, name="passport-pdf"),
    path("learning/passport.json", passport.passport_file, name="passport-file"),
    path("learning/passport/new/", passport.passport_share_new, name="passport-share-new"),
    path("learning/passport/<uuid:uid>/", passport.passport_share, name="passport-share"),
    path("passport/<str:code>/", passport.passport_opened, name="passport-opened"),
    path("passport/<str:code>.json", passport.passport_opened_file, name="passport-opened-file"),
    path("verify/", verify_views.verify, name="verify"),
    path("verify/file/", verify_views.verify_file, name="verify-file"),
    path("verify/<str:code>", verify_views.verify_code, name="verify-code"),
    path("verify/<str:code>/", verify_views.verify_code),
]
