from django.urls import path

from jobs import views

urlpatterns = [
    path("health/live/", views.health_live, name="health_live"),
    path("health/ready/", views.health_ready, name="health_ready"),
]
