from django.urls import path

from reports.views import lists, poster, prints, schedule_plan, schedules

urlpatterns = [
    path("posters/", lists.poster_gallery, name="poster_gallery"),
    path("posters/<int:poster_id>/", poster.poster_page, name="poster_page"),
    path("posters/<int:poster_id>/progress/", poster.poster_progress, name="poster_progress"),
    path("posters/<int:poster_id>/file/", poster.poster_file, name="poster_file"),
    path("posters/<int:poster_id>/cancel/", poster.poster_cancel, name="poster_cancel"),
    path("posters/<int:poster_id>/retry/", poster.poster_retry, name="poster_retry"),
    path("posters/<int:poster_id>/delete/", poster.poster_delete, name="poster_delete"),
    path("journeys/<int:journey_id>/posters/", lists.poster_list, name="poster_list"),
    path("journeys/<int:journey_id>/posters/make/", lists.poster_make, name="poster_make"),
    path("rounds/<int:round_id>/prints/make/", prints.paper_make, name="paper_make"),
    path("prints/<int:print_id>/", prints.round_print_page, name="round_print_page"),
    path("prints/<int:print_id>/progress/", prints.round_print_progress, name="round_print_progress"),
    path("prints/<int:print_id>/file/", prints.round_print_file, name="round_print_file"),
    path("prints/<int:print_id>/cancel/", prints.round_print_cancel, name="round_print_cancel"),
    path("prints/<int:print_id>/retry/", prints.round_print_retry, name="round_print_retry"),
    path("schedules/", schedules.schedule_list, name="schedule_list"),
    path("schedules/new/", schedule_plan.schedule_create, name="schedule_create"),
    path("schedules/<int:schedule_id>/", schedule_plan.schedule_edit, name="schedule_edit"),
    path("schedules/<int:schedule_id>/pause/", schedules.schedule_pause, name="schedule_pause"),
    path("schedules/<int:schedule_id>/run/", schedules.schedule_run, name="schedule_run"),
    path("schedules/<int:schedule_id>/delete/", schedules.schedule_delete, name="schedule_delete"),
]
