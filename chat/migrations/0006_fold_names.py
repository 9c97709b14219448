from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROWS = 500


def fold_names(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("User", "Room"):
        model = apps.get_model("chat", name)
        field = model._meta.get_field("folded")
        rows = list(model.objects.all())
        for row in rows:
            field.pre_save(row, add=False)
        model.objects.bulk_update(rows, ["folded"], batch_size=ROWS)


class Migration(migrations.Migration):
    """Those who are there already are found by their names."""

    dependencies = [("chat", "0005_names_and_creators")]

    operations = [migrations.RunPython(fold_names, migrations.RunPython.noop)]
