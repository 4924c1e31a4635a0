"""Writing an entry, one topic a page, and looking at it as the public will."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from habeas.errors import NotFound
from habeas.procedures.entries import one_persons_mailbox
from habeas.procedures.publication import Standing
from habeas.runs.registers.fields import field_set
from habeas.terms.register import Content, Topic
from habeas.web.accounts.permissions import require
from habeas.web.base.access import acting, needs, signed_in
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from habeas.web.register import actions, queries
from habeas.web.register.forms import TopicForm
from habeas.web.register.frame import framed
from habeas.web.register.hooks import PREVIEWS
from habeas.web.register.reading import FieldRead, read_field


@needs(Role.SYSTEM_OWNER)
@require_POST
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the next edition."""
    found = queries.system_for(acting(request), slug)
    actions.begin_edition(by=acting(request), at=now(), system=found)
    messages.success(request, _("A draft of the next edition is begun. The published one stays as it is."))
    return redirect("desk_system", slug=slug)


@needs(Role.SYSTEM_OWNER)
@require_http_methods(["GET", "POST"])
def topic(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    """One topic of the draft."""
    actor, asked = acting(request), _topic(topic)
    found = queries.system_for(actor, slug)
    require(actor, "edit_entry", found.organisation_id)
    draft = queries.draft_to_write(found)
    form = TopicForm(field_set().of_topic(asked.id), content=draft.content, data=request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, found, asked, form, status=422 if form.errors else 200)
    try:
        actions.save(by=actor, at=now(), system=found, answers=form.answers(), seen=form.cleaned_data["seen"])
    except actions.Stale as stale:
        again = form.again(stale.content)
        return _page(request, found, asked, again, status=409, theirs=_theirs(form, stale.content))
    messages.success(request, _("Saved."))
    if one_persons_mailbox(str(form.cleaned_data.get("contact_email", ""))):
        messages.warning(request, _("The e-mail address looks like one person's. Give a mailbox that a group reads, if there is one."))
    return _onward(request, slug, asked)


@needs(Role.SYSTEM_OWNER)
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the draft up, once one has read what stays of it."""
    actor = acting(request)
    found = queries.system_for(actor, slug)
    require(actor, "edit_entry", found.organisation_id)
    if request.method == "POST":
        actions.discard(by=actor, at=now(), system=found, seen=request.POST.get("seen", ""))
        messages.success(request, _("The draft is discarded."))
        return redirect("desk_system", slug=slug)
    seen = actions.as_seen(queries.draft_to_write(found))
    public = queries.state_of(found).standing is not Standing.UNPUBLISHED
    return render(request, "register/desk/discard.html", framed(request, found, seen=seen, public=public))


@signed_in
@require_GET
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft as the public will see it."""
    actor = acting(request)
    found = queries.system_for(actor, slug)
    draft = queries.draft(found) if queries.may_read_draft(actor, found) else None
    if draft is None:
        raise NotFound("expected a draft to look at; there is none that you may read: the published entry is in the register")
    return PREVIEWS[-1](request, draft)


def _topic(name: str) -> Topic:
    found = next((one for one in field_set().topics if one.id == name), None)
    if found is None:
        raise Http404
    return found


def _theirs(form: TopicForm, content: Content) -> list[FieldRead]:
    """What the draft says now, of the fields in which it differs from what was typed."""
    return [read_field(field, content.get(field.id)) for field in form.of_register if content.get(field.id) != form.value_of(field)]


def _page(
    request: HttpRequest, system: object, asked: Topic, form: TopicForm, *, status: int, theirs: list[FieldRead] | None = None
) -> HttpResponse:
    topics = field_set().topics
    shown = {"topic": asked, "topics": topics, "number": topics.index(asked) + 1, "form": form, "theirs": theirs or []}
    return render(request, "register/desk/topic.html", framed(request, system, **shown), status=status)


def _onward(request: HttpRequest, slug: str, asked: Topic) -> HttpResponse:
    """Where the pressed button leads: on to the next topic, back to the overview, or here again for more rows."""
    topics, then = field_set().topics, request.POST.get("then")
    following = topics.index(asked) + 1
    if then == "more":
        return redirect("desk_entry_topic", slug=slug, topic=asked.id)
    if then == "next" and following < len(topics):
        return redirect("desk_entry_topic", slug=slug, topic=topics[following].id)
    return redirect("desk_system", slug=slug)
