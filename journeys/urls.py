from django.urls import path

from journeys.views import creation, exchange, history, journeys, moments, print_page, stages, table, versions

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
    path("journeys/<int:journey_id>/table/", table.journey_table, name="journey_table"),
    path("journeys/<int:journey_id>/print/", print_page.journey_print, name="journey_print"),
    path("moments/<int:moment_id>/row/", table.moment_row, name="moment_row"),
    path("stages/<int:stage_id>/rename/", stages.stage_rename, name="stage_rename"),
    path("stages/<int:stage_id>/move/", stages.stage_move, name="stage_move"),
    path("stages/<int:stage_id>/remove/", stages.stage_remove, name="stage_remove"),
    path("stages/<int:stage_id>/moments/add/", moments.moment_add, name="moment_add"),
    path("moments/<int:moment_id>/panel/", moments.moment_panel, name="moment_panel"),
    path("moments/<int:moment_id>/edit/", moments.moment_edit, name="moment_edit"),
    path("moments/<int:moment_id>/move/", moments.moment_move, name="moment_move"),
    path("moments/<int:moment_id>/remove/", moments.moment_remove, name="moment_remove"),
    path("journeys/<int:journey_id>/history/", history.journey_history, name="journey_history"),
    path("journeys/<int:journey_id>/undo/", history.journey_undo, name="journey_undo"),
    path("journeys/<int:journey_id>/versions/add/", versions.version_add, name="version_add"),
    path("events/<int:event_id>/undo/", history.event_undo, name="event_undo"),
    path("versions/<int:version_id>/", versions.version_page, name="version_page"),
    path("versions/<int:version_id>/restore/", versions.version_restore, name="version_restore"),
]
