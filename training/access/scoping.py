"""Queries over tables about people raise until someone has said whose rows they want."""

from typing import Any, Self

from django.db import models


class Unscoped(RuntimeError):
    """A query over people was about to run without `visible_to`, `within` or `everywhere`."""


class ScopedQuerySet(models.QuerySet):
    """Base of every queryset about people.

    Subclasses add `visible_to(access)` (what this one may see) and `within(agency)`;
    `everywhere(reason=...)` is for services and commands that must see all rows, and says why.
    """

    _scope = ""

    def everywhere(self, *, reason: str) -> Self:
        """All rows, for a reason that a reader of the code can weigh."""
        if not reason:
            raise ValueError("say why every row is needed")
        return self._scoped(reason)

    def _scoped(self, scope: str) -> Self:
        clone = self._chain()  # type: ignore[attr-defined]
        clone._scope = scope
        return clone

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone._scope = self._scope
        return clone

    def _merge_sanity_check(self, other: "ScopedQuerySet") -> None:
        """Before `&`, `|` and `^`: rows of the other are as much in need of a scope as one's own."""
        self.insist_on_scope()
        other.insist_on_scope()
        super()._merge_sanity_check(other)  # type: ignore[misc]

    def _combinator_query(self, combinator: str, *others: models.QuerySet, **kwargs: Any) -> Self:
        """Before a union, an intersection or a difference: the same."""
        for each in (self, *others):
            if isinstance(each, ScopedQuerySet):
                each.insist_on_scope()
        return super()._combinator_query(combinator, *others, **kwargs)  # type: ignore[misc]

    def insist_on_scope(self) -> None:
        """Raise unless someone has said whose rows are wanted."""
        if not self._scope:
            raise Unscoped(
                f"{self.model._meta.label} holds data about people: "
                "say visible_to(access), within(agency) or everywhere(reason=...)."
            )

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self.insist_on_scope()
        super()._fetch_all()  # type: ignore[misc]

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's, once scoped."""
        self.insist_on_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        """As Django's, once scoped."""
        self.insist_on_scope()
        return super().count()

    def exists(self) -> bool:
        """As Django's, once scoped."""
        self.insist_on_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """As Django's, once scoped."""
        self.insist_on_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """As Django's, once scoped."""
        self.insist_on_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's, once scoped."""
        self.insist_on_scope()
        return super().delete()

    update.alters_data = True  # type: ignore[attr-defined]
    delete.alters_data = True  # type: ignore[attr-defined]
