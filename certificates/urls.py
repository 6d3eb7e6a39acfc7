"""Addresses of certificates, and of the page on which anyone can check one."""

from django.urls import path

from certificates import views

urlpatterns = [
    path("certificates/", views.certificates, name="certificates"),
    path("certificates/of/<uuid:uid>/", views.certificate_of, name="certificate-of"),
    path("certificates/<uuid:uid>/", views.certificate, name="certificate"),
    path("certificates/<uuid:uid>/download/", views.certificate_download, name="certificate-download"),
    path("certificates/<uuid:uid>/print/", views.certificate_print, name="certificate-print"),
    path("verify/", views.verify, name="verify"),
    path("verify/<str:code>", views.verify_code, name="verify-code"),
    path("verify/<str:code>/", views.verify_code),
]
