from django.urls import path

from assessments.views import answers_import, paper, rounds

urlpatterns = [
    path("rounds/", rounds.round_list, name="round_list"),
    path("rounds/<int:round_id>/", rounds.round_page, name="round_page"),
    path("rounds/<int:round_id>/paper/", paper.paper_entry, name="paper_entry"),
    path("journeys/<int:journey_id>/answers/import/", answers_import.answers_import, name="answers_import"),
]
