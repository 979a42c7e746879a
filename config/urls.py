"""Every address. Organisation addresses start with the organisation's slug, so they come last."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("", include("accounts.urls")),
    path("", include("jobs.urls")),
    path("", include("journeys.public_urls")),
    path("", include("assessments.public_urls")),
    path("", include("improvements.public_urls")),
    path("<slug:organisation_slug>/", include("accounts.organisation_urls")),
    path("<slug:organisation_slug>/", include("journeys.urls")),
    path("<slug:organisation_slug>/", include("assessments.urls")),
    path("<slug:organisation_slug>/", include("improvements.urls")),
    path("<slug:organisation_slug>/", include("reports.urls")),
]
