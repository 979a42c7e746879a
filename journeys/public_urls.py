"""Addresses that need no account."""

from django.urls import path, re_path

from journeys.views import shared

urlpatterns = [
    path("s/gone/", shared.share_gone, name="share_gone"),
    path("s/maps/<int:share_id>/", shared.share_page, name="share_page"),
    re_path(r"^s/(?P<token>[\w-]{43})/$", shared.share_open, name="share_open"),
]
