"""`id IN (…)` as one statement for any number of ids: putting it together takes longer than running it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, Text, TypeDecorator, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Column
    from sqlalchemy.engine import Dialect
    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.types import TypeEngine


class _Integers(TypeDecorator[list[int]]):
    """Integers as one value: a list to PostgreSQL, JSON to SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """What the engine has for it."""
        return ARRAY(Integer()) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> Any:
        """Write them."""
        return value if dialect.name == "postgresql" else json.dumps(value)


class _Among(FunctionElement[Any]):
    type = NullType()  # of a Boolean, SQLAlchemy would ask SQLite whether it `= 1`, and no index would serve that
    name = "among"
    inherit_cache = True


@compiles(_Among, "sqlite")
def _in_sqlite(element: _Among, compiler: SQLCompiler, **told: Any) -> str:
    column, ids = (compiler.process(clause, **told) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"  # noqa: S608 - both are SQLAlchemy's


@compiles(_Among, "postgresql")
def _in_postgresql(element: _Among, compiler: SQLCompiler, **told: Any) -> str:
    column, ids = (compiler.process(clause, **told) for clause in element.clauses)
    return f"{column} = ANY ({ids})"


def among(column: Column[int], name: str = "ids") -> FunctionElement[Any]:
    """Whether a column is one of the integers that the statement is given under this name when it is executed."""
    return _Among(column, bindparam(name, type_=_Integers()))
