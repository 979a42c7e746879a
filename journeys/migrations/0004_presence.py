import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0003_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="journey",
            name="people_version",
            field=models.PositiveIntegerField(
                db_default=1, default=1, help_text="Grows when somebody comes, goes or turns around."
            ),
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tab",
                    models.CharField(
                        help_text="Made up by the page, so that two windows are told apart.", max_length=32
                    ),
                ),
                ("moment_id", models.BigIntegerField(null=True)),
                ("is_editor", models.BooleanField(default=False)),
                ("seen_at", models.DateTimeField()),
                (
                    "journey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="journeys.journey"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["journey", "seen_at"], name="presences_of_a_journey")],
                "constraints": [models.UniqueConstraint(fields=["journey", "user", "tab"], name="one_presence_a_tab")],
            },
        ),
    ]
