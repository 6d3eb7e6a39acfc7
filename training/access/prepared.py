"""Statements run so often that their SQL is worked out once a process.

Django takes five times as long to write a query as the database to answer it. What is written here in Django's own
terms, scopes and all, is written once; after that only the values change. So nothing may go into it but what it is
given: no clock, no setting.

    @PreparedRead
    def terms_of(posts):
        return Term.objects.everywhere(reason="...").known_now().filter(among("post_id", posts)).values_list("post_id")

    rows = terms_of([1, 2])
"""

import json
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import cached_property
from inspect import Parameter, signature
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import CharField, Expression, F, Lookup, QuerySet, sql
from django.db.models.query import ModelIterable, get_related_populators

from .scoping import ScopedQuerySet

Row = tuple[Any, ...]


class Given(Expression):
    """A value that is told when the statement runs."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Its place, marked by itself among the parameters."""
        return "%s", [self]


class Among(Lookup):  # type: ignore[type-arg]
    """Whether a field is one of many values, given in one piece: Django's `in` names each of them.

    Used as an expression: `rows.filter(Among(F("post_id"), ids))`.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """As an array."""
        column, said = self.process_lhs(compiler, connection)
        kind = "text" if isinstance(self.lhs.output_field, CharField) else "bigint"
        return f"{column} = ANY(%s::{kind}[])", [*said, self._given]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """As JSON, on SQLite."""
        column, said = self.process_lhs(compiler, connection)
        return f"{column} IN (SELECT value FROM json_each(%s))", [*said, self._given]  # noqa: S608 - Django's column

    @property
    def _given(self) -> Any:
        return self.rhs if isinstance(self.rhs, Given) else _plain(self.rhs)


def among(field: str | Expression, values: Iterable[int | str] | Given) -> Among:
    """The condition that this field is one of these values."""
    return Among(F(field) if isinstance(field, str) else field, values if isinstance(values, Given) else list(values))


class _Prepared:
    """`build` is called once, with a `Given` for each of its arguments that has no default; then again and again."""

    def __init__(self, build: Callable[..., Any]) -> None:
        self.build, self.__doc__ = build, build.__doc__
        arguments = signature(build).parameters.values()
        self._names = [each.name for each in arguments if each.default is Parameter.empty]

    def _compiler(self, built: Any) -> Any:
        raise NotImplementedError

    @cached_property
    def _built(self) -> Any:
        return self.build(*map(Given, self._names))

    @cached_property
    def _ready(self) -> tuple[Any, str, Row]:
        """What Django makes of it: its compiler, the SQL, and the parameters with the places of what will be given."""
        compiler = self._compiler(self._built)
        text, said = compiler.as_sql()
        return compiler, text, tuple(said)

    def _run(self, cursor: Any, values: Row) -> None:
        _, text, said = self._ready
        given = dict(zip(self._names, map(_plain, values), strict=True))
        cursor.execute(text, [given[each.name] if isinstance(each, Given) else each for each in said])


class PreparedRead(_Prepared):
    """Answers what the queryset that it builds would hold: rows of plain values, or objects with `select_related`."""

    def __call__(self, *values: Any) -> list[Any]:
        """The rows."""
        with connection.cursor() as cursor:
            self._run(cursor, values)
            rows = cursor.fetchall()
        converters, make = self._reading
        if converters:
            rows = [_converted(row, converters) for row in rows]
        return [make(row) for row in rows] if make else rows

    def _compiler(self, built: QuerySet[Any]) -> Any:
        return _scoped(built).query.get_compiler(connection.alias)

    @cached_property
    def _reading(self) -> tuple[dict[int, Any], Callable[[Row], models.Model] | None]:
        """How columns are read, and how a row becomes an object where objects are wanted."""
        compiler = self._ready[0]
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        return converters, _maker(compiler) if self._built._iterable_class is ModelIterable else None


class _PreparedWriting(_Prepared):
    """Answers how many rows there were."""

    def __call__(self, *values: Any) -> int:
        """Write."""
        with connection.cursor() as cursor:
            self._run(cursor, values)
            return int(cursor.rowcount)


class PreparedUpdate(_PreparedWriting):
    """What it builds are the rows, and what is to stand in them by field."""

    def _compiler(self, built: tuple[QuerySet[Any], dict[str, Any]]) -> Any:
        rows, fields = built
        query: Any = _scoped(rows).query.chain(sql.UpdateQuery)
        query.add_update_values(fields)
        query.clear_select_clause()
        return query.get_compiler(connection.alias)


class PreparedDelete(_PreparedWriting):
    """What it builds are the rows that go: of a table to which nothing points, and to which nobody listens."""

    def _compiler(self, built: QuerySet[Any]) -> Any:
        query = _scoped(built).query.clone()
        query.__class__ = sql.DeleteQuery
        return query.get_compiler(connection.alias)


def insert_one(row: models.Model) -> None:
    """Write a new row to which nothing will point, and to which nobody listens, in a third of the time of `save`."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    table, columns = quote(row._meta.db_table), ", ".join(quote(str(field.column)) for field in fields)
    said = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(fields))
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", said)  # noqa: S608 - names from models


def _scoped(rows: QuerySet[Any]) -> QuerySet[Any]:
    if isinstance(rows, ScopedQuerySet):
        rows.insist_on_scope()
    return rows


def _maker(compiler: Any) -> Callable[[Row], models.Model]:
    """As Django makes an object of a row (ModelIterable), with those it points to."""
    found, alias = compiler.klass_info, connection.alias
    first, last = found["select_fields"][0], found["select_fields"][-1] + 1
    names = [column.target.attname for column, *_ in compiler.select[first:last]]
    related = get_related_populators(found, compiler.select, alias)  # type: ignore[call-arg]  # of a later Django

    def make(row: Row) -> models.Model:
        made: models.Model = found["model"].from_db(alias, names, row[first:last])
        for each in related:
            each.populate(row, made)
        return made

    return make


def _converted(row: Row, converters: dict[int, Any]) -> Row:
    cells = list(row)
    for place, (steps, expression) in converters.items():
        for step in steps:
            cells[place] = step(cells[place], expression, connection)
    return tuple(cells)


def _plain(value: Any) -> Any:
    """A value as the database takes it; many values in one piece, as `Among` wants them."""
    if isinstance(value, Collection) and not isinstance(value, str):
        return _in_one_piece(value)
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _in_one_piece(values: Collection[Any]) -> Any:
    is_postgresql = connection.vendor == "postgresql"
    if isinstance(next(iter(values), 0), str):
        return list(values) if is_postgresql else json.dumps(list(values))
    ids = ",".join(map(str, values))
    return f"{{{ids}}}" if is_postgresql else f"[{ids}]"
