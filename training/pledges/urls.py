"""Addresses of the commitments."""

from django.urls import path

from .views import agency, partnership, wall

urlpatterns = [
    path("agency/<str:code>/commitments/", agency.agency_commitments, name="agency-commitments"),
    path("agency/<str:code>/commitments/<uuid:uid>/", agency.agency_commitment, name="agency-commitment"),
    path(
        "agency/<str:code>/commitments/<slug:partnership>/<slug:kind>/",
        agency.agency_commitment_new,
        name="agency-commitment-new",
    ),
    path("commitments/<slug:code>/", wall.commitment_wall, name="commitment-wall"),
    path("commitments/<slug:code>/keep/", partnership.commitments, name="commitments"),
    path("commitments/<slug:code>/charter/", partnership.charter, name="charter"),
    path("commitments/<slug:code>/keep/<uuid:uid>/", partnership.commitment, name="commitment"),
    path("commitments/<slug:code>/keep/<str:agency>/", partnership.commitments_agency, name="commitments-agency"),
    path("commitments/<slug:code>/keep/<str:agency>/<slug:kind>/", partnership.commitment_new, name="commitment-new"),
]
