from django.urls import path

from journeys.views import creation, exchange, journeys, live, moments, stages

urlpatterns = [
    path("journeys/", journeys.journey_list, name="journey_list"),
    path("journeys/new/", creation.journey_create, name="journey_create"),
    path("journeys/new/from-example/", creation.journey_from_example, name="journey_from_example"),
    path("journeys/new/from-text/", creation.journey_paste, name="journey_paste"),
    path("journeys/new/from-file/", exchange.journey_upload, name="journey_upload"),
    path("journeys/<int:journey_id>/", journeys.journey_map, name="journey_map"),
    path("journeys/<int:journey_id>/edit/", journeys.journey_edit, name="journey_edit"),
    path("journeys/<int:journey_id>/export/", exchange.journey_export, name="journey_export"),
    path("journeys/<int:journey_id>/archive/", journeys.journey_archive, name="journey_archive"),
    path("journeys/<int:journey_id>/stages/add/", stages.stage_add, name="stage_add"),
    path("journeys/<int:journey_id>/panel/", journeys.journey_panel, name="journey_panel"),
    path("journeys/<int:journey_id>/changes/", live.journey_changes, name="journey_changes"),
    path("journeys/<int:journey_id>/presence/", live.presence_set, name="presence_set"),
    path("stages/<int:stage_id>/rename/", stages.stage_rename, name="stage_rename"),
    path("stages/<int:stage_id>/move/", stages.stage_move, name="stage_move"),
    path("stages/<int:stage_id>/remove/", stages.stage_remove, name="stage_remove"),
    path("stages/<int:stage_id>/moments/add/", moments.moment_add, name="moment_add"),
    path("moments/<int:moment_id>/panel/", moments.moment_panel, name="moment_panel"),
    path("moments/<int:moment_id>/edit/", moments.moment_edit, name="moment_edit"),
    path("moments/<int:moment_id>/move/", moments.moment_move, name="moment_move"),
    path("moments/<int:moment_id>/remove/", moments.moment_remove, name="moment_remove"),
    path("removals/<int:removal_id>/restore/", moments.removal_restore, name="removal_restore"),
]
