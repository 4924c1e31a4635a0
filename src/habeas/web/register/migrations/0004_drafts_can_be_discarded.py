"""A draft can be given up. SQLite rebuilds the tables for it and would lose their triggers, which are set up again."""

from django.db import migrations, models

from habeas.web.base.triggers.migrating import set_up, take_down
from habeas.web.register.triggers import DISCARDED, FIRST, WRITERS

_NEVER_SHOWN = models.Q(("state__in", ("draft", "review", "discarded")))
_STEPS = (
    "registered", "drafted", "submitted", "returned", "discarded", "published", "changed", "suspended", "resumed", "retired", "withheld",
    "released",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("register", "0003_writers_stay")]
    operations = [
        take_down(*FIRST, *WRITERS),
        migrations.RemoveConstraint(model_name="change", name="change_kind"),
        migrations.RemoveConstraint(model_name="edition", name="edition_state"),
        migrations.RemoveConstraint(model_name="edition", name="edition_published_when"),
        migrations.RemoveConstraint(model_name="edition", name="edition_published_by"),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", list(_STEPS))), name="change_kind"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("draft", "review", "discarded", "published", "superseded"))), name="edition_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=_NEVER_SHOWN | (models.Q(("published_at__isnull", False)) & ~models.Q(("digest", ""))),
                name="edition_published_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=_NEVER_SHOWN | models.Q(("published_by__isnull", False)) | models.Q(("made_by__isnull", True)),
                name="edition_published_by",
            ),
        ),
        set_up(*FIRST, *WRITERS, *DISCARDED),
    ]
