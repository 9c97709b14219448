from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def create_first_rows(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("chat", "Installation").objects.create(pk=1)
    apps.get_model("chat", "Room").objects.create(name="general", kind="open", everyone=True)


class Migration(migrations.Migration):
    """The row about the installation, and the room that everyone is in."""

    dependencies = [("chat", "0001_initial")]

    operations = [migrations.RunPython(create_first_rows, migrations.RunPython.noop)]
