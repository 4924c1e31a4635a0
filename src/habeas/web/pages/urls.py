"""Addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from habeas.web.pages.views import catalogue, rules, standing

urlpatterns: list[URLPattern] = [
    path("", standing.home, name="pages_home"),
    path("about/", standing.about, name="pages_about"),
    path("help/", standing.help, name="pages_help"),
    path("accessibility/", standing.accessibility, name="pages_accessibility"),
    path("privacy/", standing.privacy, name="pages_privacy"),
    path("open-data/", standing.open_data, name="pages_data"),
    path("security/", standing.security, name="pages_security"),
    path("catalogue/", catalogue.catalogue, name="pages_catalogue"),
    path("catalogue.json", catalogue.catalogue_json, name="pages_catalogue_json"),
    path("catalogue/<slug:name>/", catalogue.system, name="pages_system"),
    path("catalogue/<slug:name>.json", catalogue.system_json, name="pages_system_json"),
    path("technologies/", catalogue.technology_list, name="pages_technologies"),
    path("technologies.json", catalogue.technologies_json, name="pages_technologies_json"),
    path("technologies/<slug:name>/", catalogue.technology, name="pages_technology"),
    path("technologies/<slug:name>.json", catalogue.technology_json, name="pages_technology_json"),
    path("rules/", rules.book_list, name="pages_rules"),
    path("rules/<slug:name>/", rules.book, name="pages_rulebook"),
    path("rules/<slug:name>.json", rules.book_json, name="pages_rulebook_json"),
    path("rules/<slug:name>/<slug:rule_name>/", rules.rule, name="pages_rule"),
    path("rules/<slug:name>/<slug:rule_name>.json", rules.rule_json, name="pages_rule_json"),
]
