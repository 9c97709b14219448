from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROWS = 500


def fold_usernames(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    model = apps.get_model("chat", "User")
    field = model._meta.get_field("handle")
    users = list(model.objects.all())
    for user in users:
        field.pre_save(user, add=False)
    model.objects.bulk_update(users, ["handle"], batch_size=ROWS)


class Migration(migrations.Migration):
    """Those who are there already can be called."""

    dependencies = [("chat", "0010_mentions")]

    operations = [migrations.RunPython(fold_usernames, migrations.RunPython.noop)]
