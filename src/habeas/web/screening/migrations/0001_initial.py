import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("base", "0001_initial"),
        ("register", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Description",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="open", max_length=10)),
                ("said", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="descriptions", to="register.systemversion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Screen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("finding", models.CharField(max_length=30)),
                ("kept", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("told", models.JSONField()),
                ("made_at", models.DateTimeField()),
                (
                    "description",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="screens", to="screening.description"),
                ),
                ("log", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="base.logline")),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "version",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="screens", to="register.systemversion"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("text", models.TextField()),
                ("left", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "version",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="register.systemversion"),
                ),
                (
                    "screen",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="screening.screen"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="description",
            constraint=models.UniqueConstraint(condition=models.Q(("state", "open")), fields=("version",), name="description_one_open"),
        ),
        migrations.AddConstraint(
            model_name="description",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", True), ("state", "open")),
                    models.Q(("finished_at__isnull", False), ("state", "finished")),
                    _connector="OR",
                ),
                name="description_state",
            ),
        ),
        migrations.AddIndex(
            model_name="screen",
            index=models.Index(fields=["version", "id"], name="screen_latest"),
        ),
        migrations.AddConstraint(
            model_name="screen",
            constraint=models.UniqueConstraint(fields=("version", "digest"), name="screen_once"),
        ),
        migrations.AddConstraint(
            model_name="screen",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finding__in", ["prohibited", "prohibited unless shown", "blocked pending evidence", "duties", "no rule found"])
                ),
                name="screen_finding",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("version", "kind"), name="assessment_one_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ("draft", "complete"))), name="assessment_state"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["fundamental-rights", "data-protection", "equality"])), name="assessment_kind"
            ),
        ),
    ]
