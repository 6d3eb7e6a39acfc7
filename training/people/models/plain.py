"""E-mail addresses without a '+tag': all that is sent to such addresses arrives at one."""

from typing import Any

from django.db.models import EmailField, Transform

WITHOUT_TAG = (
    "CASE WHEN {find}(%(expressions)s, '+') BETWEEN 1 AND {find}(%(expressions)s, '@') "
    "THEN SUBSTR(LOWER(%(expressions)s), 1, {find}(%(expressions)s, '+') - 1) "
    "|| SUBSTR(LOWER(%(expressions)s), {find}(%(expressions)s, '@')) ELSE LOWER(%(expressions)s) END"
)


@EmailField.register_lookup
class PlainAddress(Transform):
    """`work_email__plain`: in small letters, without a '+tag'. An index holds it, which finds it among very many.

    Its words stand in the index: a parameter in them, and no query would use it.
    """

    lookup_name = "plain"
    template = WITHOUT_TAG.format(find="STRPOS")

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The same, where the function has another name."""
        return self.as_sql(compiler, connection, template=WITHOUT_TAG.format(find="INSTR"), **context)
