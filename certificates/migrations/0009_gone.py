"""What is left of an erased certificate; a certificate may be deleted once that is written, and no other."""

from django.db import migrations, models

from training.audit.append_only import close, let_erase, open_again

TABLE, MARKER = "certificates_certificate", "certificates_gone"


def erasable(apps, editor):
    """What is marked as gone may be deleted."""
    let_erase(editor.connection, TABLE, MARKER)


def closed(apps, editor):
    """Nothing may be deleted."""
    open_again(editor.connection, TABLE)
    close(editor.connection, TABLE)


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0008_passport'),
    ]

    operations = [
        migrations.CreateModel(
            name='Gone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('number', models.BigIntegerField(help_text='Its place in the lists of suspended badges', unique=True)),
                ('completion_uid', models.UUIDField(db_index=True, help_text='So that none is issued of it again')),
                ('erased_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'gone',
            },
        ),
        migrations.RunPython(erasable, closed),
    ]
