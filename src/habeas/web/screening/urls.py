"""Addresses."""

from __future__ import annotations

from django.urls import path

from habeas.web.screening.views import assessing, describing, overview, public, verdicts

DESK = "desk/systems/<slug:slug>/screening/"

urlpatterns = [
    path("register/<slug:slug>/screening/", public.screened, name="screening_public"),
    path("register/<slug:slug>/screening/<slug:book>/", public.screened_book, name="screening_public_book"),
    path("register/<slug:slug>/screening.json", public.screened_file, name="screening_public_json"),
    path(DESK, overview.screening, name="desk_screening"),
    path(f"{DESK}versions/<int:version>/describe/", overview.describe, name="desk_describe"),
    path(f"{DESK}descriptions/<int:number>/", describing.description, name="desk_description"),
    path(f"{DESK}descriptions/<int:number>/about/", describing.about, name="desk_description_about"),
    path(f"{DESK}descriptions/<int:number>/questions/<slug:name>/", describing.questions, name="desk_description_topic"),
    path(f"{DESK}descriptions/<int:number>/upload/", describing.upload, name="desk_description_upload"),
    path(f"{DESK}descriptions/<int:number>/description.yaml", describing.description_file, name="desk_description_file"),
    path(f"{DESK}descriptions/<int:number>/screen/", verdicts.screen, name="desk_screen_make"),
    path(f"{DESK}<int:number>/", verdicts.verdicts, name="desk_screen"),
    path(f"{DESK}<int:number>/verdicts.json", verdicts.verdicts_file, name="desk_screen_file"),
    path(f"{DESK}<int:number>/changes/", verdicts.compared, name="desk_screen_changes"),
    path(f"{DESK}<int:number>/books/<slug:book>/", verdicts.verdict, name="desk_verdict"),
    path(f"{DESK}<int:number>/assess/<slug:kind>/", assessing.begin, name="desk_assess"),
    path(f"{DESK}assessments/<int:number>/", assessing.assessment, name="desk_assessment"),
    path(f"{DESK}assessments/<int:number>/sections/<slug:name>/", assessing.section, name="desk_assessment_section"),
    path(f"{DESK}assessments/<int:number>/closing/", assessing.closing, name="desk_assessment_closing"),
    path(f"{DESK}assessments/<int:number>/complete/", assessing.complete, name="desk_assessment_complete"),
    path(f"{DESK}assessments/<int:number>/document/", assessing.document, name="desk_assessment_document"),
    path(f"{DESK}assessments/<int:number>/assessment.yaml", assessing.assessment_file, name="desk_assessment_file"),
]
