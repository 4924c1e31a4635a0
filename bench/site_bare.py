"""The least that Django can do: one page of text from a template, no database, no middleware. What bench/site.py compares with."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

PAGE = """<!doctype html><html lang=en><title>{{ title }}</title><h1>{{ title }}</h1>
{% for line in lines %}<p>{{ line }}</p>{% endfor %}</html>"""

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    SECRET_KEY="only for measuring",  # noqa: S106 - nothing is secret here
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)


def page(_: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(PAGE).render({"title": "A bare page", "lines": ["words"] * 20}))


urlpatterns = [path("", page)]
application = get_wsgi_application()
