from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Coalesce

SAME = ("user_id", "team_id", "node_id", "role", "custom_id")


def keep_the_first(apps, _schema_editor):
    """Of grants that say the same, only one could be withdrawn."""
    grants = apps.get_model("project", "Grant").objects
    seen = set()
    for number, *said in grants.order_by("pk").values_list("pk", *SAME):
        if tuple(said) in seen:
            grants.filter(pk=number).delete()
        seen.add(tuple(said))


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_the_record_is_nouns"),
        ("project", "0007_keep_progress_and_rates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(keep_the_first, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="grant", name="granted_once"),
        migrations.RemoveConstraint(model_name="grant", name="granted_everywhere_once"),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.UniqueConstraint(
                Coalesce("user", 0),
                Coalesce("team", 0),
                Coalesce("node", 0),
                "role",
                Coalesce("custom", 0),
                name="granted_once",
            ),
        ),
    ]
