"""Impact assessments: begun from a screen, written a section at a time, shown as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from habeas.errors import BadInput, NotFound
from habeas.reports.assessments import words
from habeas.reports.assessments.page import page
from habeas.rules.assessments.forms import FORMS
from habeas.rules.assessments.values import Assessment as Written
from habeas.rules.assessments.values import Kind, Section
from habeas.web.base.access import acting, needs
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from habeas.web.base.looks import in_english
from habeas.web.screening import actions
from habeas.web.screening.forms import ClosingForm, PartForm, SectionForm
from habeas.web.screening.parts import section_of
from habeas.web.screening.queries.assessments import assessment_for, lacks, written
from habeas.web.screening.queries.screens import whole_screen
from habeas.web.screening.views.frame import EDITS, framed, owned, readable, status

Form = TypeVar("Form", bound=PartForm)


@needs(EDITS)
@require_POST
def begin(request: HttpRequest, slug: str, number: int, kind: str) -> HttpResponse:
    """Draft an assessment from a screen, or go on with the one that is there."""
    found = whole_screen(owned(request, slug), number, on=now().date())
    if kind not in {one.value for one in Kind}:
        raise NotFound("expected a kind of assessment; got another: choose one of those listed")
    made = actions.draft_assessment(by=acting(request), at=now(), screen=found.shown.id, kind=Kind(kind))
    return redirect("desk_assessment", slug, made.pk)


@needs(*Role)
@require_safe
def assessment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The sections with what each still lacks."""
    system = readable(request, slug)
    row = assessment_for(system, number)
    found, missing = written(row), lacks(row, on=now().date())
    counts = Counter(one.section for one in missing)
    known = {section.id for section in found.sections}
    context = {
        "row": row,
        "title": FORMS[found.kind].title,
        "assessment": found,
        "sections": [(section, counts[section.id]) for section in found.sections],
        "closing": counts["benefits"] + counts["signatures"] + counts["review_on"],
        "others": [one for one in missing if one.section not in known | {"benefits", "signatures", "review_on"}],
        "missing": len(missing),
    }
    return render(request, "screening/desk/assessment.html", framed(request, system, **context))


@needs(EDITS)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponse:
    """One heading: what the description says, and what people must write."""
    system = owned(request, slug)
    row = assessment_for(system, number)
    form = SectionForm(request.POST if request.method == "POST" else None, section=_section(row, name))
    saved, row, form, theirs = _save(request, system, row, form)
    if saved:
        return redirect(_onward(request, slug, number, written(row), name))
    context = framed(request, system, _way(slug, number), row=row, form=form, section=_section(row, name), theirs=theirs)
    return render(request, "screening/desk/section.html", context, status=status(form, theirs))


def _save(request: HttpRequest, system: Any, row: Any, form: Form) -> tuple[bool, Any, Form, Sequence[object]]:
    """Whether what was typed was saved; else what to draw: the row and the form, and what somebody else wrote meanwhile."""
    if not (form.is_bound and form.is_valid()):
        return False, row, form, ()
    try:
        actions.write_part(by=acting(request), at=now(), assessment=row, writing=form, seen=form.cleaned_data["seen"])
    except actions.Stale:
        row = assessment_for(system, row.pk)
        return False, row, form.again(written(row)), form.theirs(written(row))
    except BadInput as problem:
        form.add_error(None, in_english(problem))
        return False, row, form, ()
    return True, row, form, ()


@needs(EDITS)
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Benefits beside harms, who answers for it, and the review."""
    system = owned(request, slug)
    row = assessment_for(system, number)
    form = ClosingForm.of(written(row), request.POST if request.method == "POST" else None)
    saved, row, form, theirs = _save(request, system, row, form)
    if saved:
        return redirect("desk_assessment", slug, number)
    context = framed(request, system, _way(slug, number), row=row, form=form, theirs=theirs)
    return render(request, "screening/desk/closing.html", context, status=status(form, theirs))


@needs(EDITS)
@require_POST
def complete(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say that nothing is missing."""
    row = assessment_for(owned(request, slug), number)
    actions.complete_assessment(by=acting(request), at=now(), assessment=row)
    return redirect("desk_assessment", slug, number)


@needs(*Role)
@require_safe
def document(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The whole assessment on one page, to be read and printed."""
    system = readable(request, slug)
    row = assessment_for(system, number)
    missing = () if row.state == "complete" else lacks(row, on=now().date())
    shown = page(written(row), missing, written=f"{now():%Y-%m-%d}")
    context = framed(request, system, _way(slug, number), row=row, page=shown, words=words)
    return render(request, "screening/desk/document.html", context)


@needs(*Role)
@require_safe
def assessment_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The assessment as the file that `habeas assess` reads."""
    row = assessment_for(readable(request, slug), number)
    disposition = f'attachment; filename="{slug}-{row.kind}.yaml"'
    return HttpResponse(row.text, content_type="application/yaml; charset=utf-8", headers={"Content-Disposition": disposition})


def _section(row: Any, name: str) -> Section:
    found = section_of(written(row), name)
    if found is None:
        raise NotFound("expected a section of this assessment; got another: go back to the assessment")
    return found


def _way(slug: str, number: int) -> tuple[str, str]:
    return _("Assessment"), reverse("desk_assessment", args=[slug, number])


def _onward(request: HttpRequest, slug: str, number: int, found: Written, name: str) -> str:
    """The next section, or the assessment after the last one or where that was asked for."""
    names = [one.id for one in found.sections]
    following = names[names.index(name) + 1 :]
    if "back" in request.POST:
        return reverse("desk_assessment", args=[slug, number])
    if not following:
        return reverse("desk_assessment_closing", args=[slug, number])
    return reverse("desk_assessment_section", args=[slug, number, following[0]])
