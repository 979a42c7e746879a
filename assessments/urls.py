from django.urls import path

from assessments.views import ideas, results, rounds, volumes

urlpatterns = [
    path("rounds/", rounds.round_list, name="round_list"),
    path("rounds/<int:round_id>/", rounds.round_page, name="round_page"),
    path("rounds/<int:round_id>/results/", results.round_results, name="round_results"),
    path("rounds/<int:round_id>/ideas/", ideas.round_ideas, name="round_ideas"),
    path("rounds/<int:round_id>/volumes/", volumes.round_volumes, name="round_volumes"),
    path("ideas/<uuid:idea_id>/redact/", ideas.idea_redact, name="idea_redact"),
]
