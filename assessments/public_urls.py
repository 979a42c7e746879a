"""Addresses that need no account: a/ leads in, below answer/ one answers with the pass that the device then has."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from assessments.views import answer_saving, answering, kiosk, opening

ways = [
    path("", answering.answer_start, name="answer_start"),
    path("language/", answering.answer_language, name="answer_language"),
    path("moments/", answering.answer_tick, name="answer_tick"),
    path("<int:number>/", answering.answer_moment, name="answer_moment"),
    path("save/", answer_saving.answer_save, name="answer_save"),
    path("check/", answering.answer_check, name="answer_check"),
    path("done/", answering.answer_done, name="answer_done"),
    path("again/", kiosk.answer_again, name="answer_again"),
    path("anew/", kiosk.answer_anew, name="answer_anew"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("answer/worker.js", answer_saving.answer_worker, name="answer_worker"),
    re_path(r"^answer/(?P<way>[klr]\d{1,18})/", include(ways)),
    path("a/", opening.answer_type, name="answer_type"),
    path("a/lost/", opening.answer_lost, name="answer_lost"),
    path("a/wait/", opening.answer_wait, name="answer_wait"),
    re_path(r"^a/(?P<token>[\w-]{43})/$", opening.answer_open, name="answer_open"),
    re_path(r"^a/(?P<token>[\w-]{43})/kiosk/$", opening.answer_kiosk, name="answer_kiosk"),
    re_path(r"^a/(?P<code>[^/]+)/$", opening.answer_code, name="answer_code"),
    re_path(r"^a/.+$", opening.answer_mistyped, name="answer_mistyped"),
]
