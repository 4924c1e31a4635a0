"""What a database must refuse whoever asks, a programmer at its console included: to rewrite or remove what was published.

Whoever brings a saved site back inserts what was published as it was, changes before editions before their writers (the order of the
tables' names). So an edition may come in published if its publication stands in the history, and a writer may come in who didn't publish.
"""

from __future__ import annotations

from habeas.web.base.triggers.refusals import Refusal, any_differs, never_changed

FROZEN = (
    "system_id", "number", "content", "note", "made_by_id", "made_at", "submitted_by_id", "submitted_at", "published_by_id",
    "published_at", "digest", "secret",
)  # fmt: skip
"""Columns of an edition that never change once it is published; `state` may still become superseded."""

_EDITION_STAYS = "a published edition is never changed: publish another"
_FOUR_EYES = "whoever wrote in an edition does not publish it"
_SHOWN = "state IN ('published', 'superseded')"
_REWRITTEN = any_differs(FROZEN)
_BACKWARDS = "NEW.state <> 'superseded' AND NEW.state <> OLD.state"
_WROTE = "EXISTS (SELECT 1 FROM register_writing WHERE edition_id = NEW.id AND user_id = NEW.published_by_id)"
_TOLD = "EXISTS (SELECT 1 FROM register_change WHERE edition_id = NEW.id AND kind IN ('published', 'changed'))"
_PUBLISHED_IT = "EXISTS (SELECT 1 FROM register_edition WHERE id = NEW.edition_id AND published_by_id = NEW.user_id)"

FIRST = (
    Refusal(
        name="register_edition_stays",
        event="UPDATE",
        table="register_edition",
        told=_EDITION_STAYS,
        condition=f"OLD.{_SHOWN} AND ({_REWRITTEN} OR ({_BACKWARDS}))",
    ),
    Refusal(name="register_edition_kept", event="DELETE", table="register_edition", told=_EDITION_STAYS, condition=f"OLD.{_SHOWN}"),
    Refusal(
        name="register_edition_four_eyes",
        event="UPDATE",
        table="register_edition",
        told=_FOUR_EYES,
        condition=f"NEW.state = 'published' AND {_WROTE}",
    ),
    *never_changed("register_change", table="register_change", told="what happened to an entry is never rewritten"),
)
WRITERS = (
    Refusal(
        name="register_edition_begins",
        event="INSERT",
        table="register_edition",
        told="an edition begins as a draft: submit it, and have it published",
        condition=f"NEW.{_SHOWN} AND NOT {_TOLD}",
    ),
    Refusal(
        name="register_edition_begins_four_eyes",
        event="INSERT",
        table="register_edition",
        told=_FOUR_EYES,
        condition=f"NEW.{_SHOWN} AND {_WROTE}",
    ),
    Refusal(name="register_writing_four_eyes", event="INSERT", table="register_writing", told=_FOUR_EYES, condition=_PUBLISHED_IT),
    *never_changed("register_writing", table="register_writing", told="who wrote in an edition is never taken back"),
)
DISCARDED = never_changed(
    "register_edition_discarded",
    table="register_edition",
    told="a discarded draft stays discarded: begin another edition",
    condition="OLD.state = 'discarded'",
)
SUPERSEDED = Refusal(  # who publishes is held against who wrote; a draft that came to be shown otherwise would get round that
    name="register_edition_superseded",
    event="UPDATE",
    table="register_edition",
    told="only a published edition is superseded",
    condition=f"NEW.state = 'superseded' AND NOT OLD.{_SHOWN}",
)
REFUSALS = (*FIRST, *WRITERS, *DISCARDED, SUPERSEDED)
