"""The app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ExploreConfig(AppConfig):
    """Its name and label."""

    name = "habeas.web.explore"
    label = "explore"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep the rows that are searched as new as what is shown, and lend the desk the public's page for its drafts."""
        from habeas.web.accounts.hooks import ON_RENAMED
        from habeas.web.base.clock import now
        from habeas.web.explore.actions import show_anew, show_renamed
        from habeas.web.explore.queries.entries import draft_page
        from habeas.web.explore.views.preview import preview
        from habeas.web.register.hooks import ON_SHOWN, PREVIEWS

        if show_anew not in ON_SHOWN:
            ON_SHOWN.append(show_anew)
        if show_renamed not in ON_RENAMED:
            ON_RENAMED.append(show_renamed)
        PREVIEWS.append(lambda request, edition: preview(request, draft_page(edition, on=now().date())))
