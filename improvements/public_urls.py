from django.urls import URLPattern, URLResolver, path, re_path

from improvements.views import answering, said_public

urlpatterns: list[URLPattern | URLResolver] = [
    path("do/gone/", answering.do_gone, name="do_gone"),
    path("do/mails/<int:mail_id>/", answering.do_page, name="do_page"),
    path("do/mails/<int:mail_id>/<int:action_id>/", answering.do_answer, name="do_answer"),
    path("do/mails/<int:mail_id>/stop/", answering.do_stop, name="do_stop"),
    re_path(r"^do/(?P<token>[\w-]{43})/$", answering.do_open, name="do_open"),
    path("said/gone/", said_public.said_gone, name="said_gone"),
    path("said/pages/<int:said_link_id>/", said_public.said_public, name="said_public"),
    re_path(r"^said/(?P<token>[\w-]{43})/$", said_public.said_open, name="said_open"),
]
