from django.urls import path

from assessments.views import exports, rounds

urlpatterns = [
    path("rounds/", rounds.round_list, name="round_list"),
    path("rounds/<int:round_id>/", rounds.round_page, name="round_page"),
    path("rounds/<int:round_id>/results/export/", exports.results_export, name="results_export"),
]
