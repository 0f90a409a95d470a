"""The column kinds of our tables, and the base class that keeps them in a registry of our own.

Must not know any table. Every kind stores the same value on SQLite and PostgreSQL: keys are 32 hexadecimal digits
(native UUID on PostgreSQL), instants are UTC, amounts are whole numbers the database itself insists on. A command
stands on a third of the tables its areas declare: a model, its columns and its mapper are built when somebody first
asks for one of them.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial, wraps
from threading import RLock
from types import new_class
from typing import TYPE_CHECKING, Any, Final, ParamSpec

import sqlalchemy as sa
from sqlalchemy import event, inspection
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from seedfund.kernel.codec import instant_text
from seedfund.kernel.states import StateTable

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA: Final = sa.MetaData(naming_convention=NAMING)
_BUILDING: Final = RLock()
P = ParamSpec("P")


class _Model(SQLModel, registry=registry(metadata=METADATA)):
    """The base of the models: in our own metadata, so that a host's stays untouched."""

    # No row is validated here: a validator that nobody asks for is not made when a model is built.
    model_config = {"defer_build": True}


class _Declared(type):
    """What a table's class statement leaves: the body as written, and the model from when it is first used.

    Whatever the class is asked for is asked of the model; SQLAlchemy, where it is handed the class, gets the mapper.
    """

    _body: dict[str, Any]
    _built: Any = None

    def __new__(
        mcs, name: str, bases: tuple[type, ...], body: dict[str, Any], *, table: bool = False
    ) -> "_Declared":
        declared = super().__new__(mcs, name, bases, {"__doc__": body.get("__doc__")})
        declared.__module__ = body["__module__"]
        declared._body = body if table else {}
        return declared

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **options: Any):
        super().__init__(name, bases, body)

    def __call__(cls, *given: Any, **named: Any) -> Any:
        """No row is made of a table's class: rows are written by commands, which keep their history."""
        raise TypeError(f"{cls.__name__} is a table: its rows are written by the commands of its area")

    def _model(cls) -> Any:
        """The model, built once; several threads may ask."""
        if cls._built is None:
            with _BUILDING:
                if cls._built is None:
                    body = {name: _now(value) for name, value in cls._body.items()}
                    cls._built = new_class(
                        cls.__name__, (_Model,), {"table": True}, lambda named: named.update(body)
                    )
        return cls._built

    def __getattr__(cls, name: str) -> Any:
        if not cls._body:
            raise AttributeError(f"{cls.__name__} is no table, and has no {name}")
        return getattr(cls._model(), name)


@inspection._inspects(_Declared)
def _mapper_of(declared: _Declared) -> Any:
    return sa.inspect(declared._model()) if declared._body else None


def _now(value: Any) -> Any:
    """What was told as what it stands for, also among the arguments of a table; anything else as it is."""
    if isinstance(value, tuple):
        return tuple(_now(one) for one in value)
    return value() if isinstance(value, partial) else value


if TYPE_CHECKING:

    class Table(SQLModel):
        """The base of our tables. Schema only: never flushed."""
else:

    class Table(metaclass=_Declared):
        """The base of our tables. Schema only: never flushed."""


def all_tables() -> list[sa.Table]:
    """Every table whose module is loaded, built, those that others refer to first.

    Raises:
        NoReferencedTableError: one refers to a table whose module is not loaded; `schema.registry` loads them all.
    """
    for declared in Table.__subclasses__():
        table_of(declared)
    return METADATA.sorted_tables


def _kind(column: Callable[P, Any]) -> Callable[P, Any]:
    """A kind of column or index: told in a class body, made when the model is built."""

    @wraps(column)
    def told(*given: P.args, **named: P.kwargs) -> Any:
        return partial(column, *given, **named)

    return told


def table_of(model: type[Table]) -> sa.Table:
    """The Core table behind a model."""
    found: sa.Table = model.__table__  # type: ignore[attr-defined] # every mapped class has it
    return found


class KeyType(sa.types.TypeDecorator[str]):
    """A key of 32 hexadecimal digits: CHAR(32) on SQLite, UUID on PostgreSQL."""

    impl = sa.CHAR(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        """The native UUID where there is one."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.UUID(as_uuid=False))
        return dialect.type_descriptor(sa.CHAR(32))

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """Handed on as it is; both databases take the 32 digits."""
        return value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> str | None:
        """PostgreSQL's dashes go."""
        return value.replace("-", "") if value is not None else None

    def bind_processor(self, dialect: sa.Dialect) -> Any:
        """None on SQLite: keys come by the hundred thousand, and it takes them as they are."""
        return None if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:
        """None on SQLite: it gives back what it was given."""
        return None if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


class Instant(sa.types.TypeDecorator[datetime]):
    """An instant in UTC: TIMESTAMPTZ on PostgreSQL, 27 characters of ISO 8601 on SQLite. Naive values are an error."""

    impl = sa.CHAR(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        """TIMESTAMPTZ or text."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.DateTime(timezone=True))
        return dialect.type_descriptor(sa.CHAR(27))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        """Text on SQLite; the instant itself elsewhere."""
        if value is None:
            return None
        text = instant_text(value)
        return value if dialect.name == "postgresql" else text

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        """Back to an aware instant."""
        return datetime.fromisoformat(value) if isinstance(value, str) else value


class Minor(sa.types.TypeDecorator[int]):
    """Whole minor units, 64 bits."""

    impl = sa.BigInteger
    cache_ok = True


def _field(column: sa.Column[Any], nullable: bool) -> Any:
    return Field(sa_column=column, default=None) if nullable else Field(sa_column=column)


@_kind
def primary_key() -> Any:
    """The row's own key, made by `Ids` before it is written."""
    return _field(sa.Column(KeyType, primary_key=True), False)


@_kind
def key(*, nullable: bool = False, index: bool = False) -> Any:
    """A key of something no foreign key can reach (a higher floor's row)."""
    return _field(sa.Column(KeyType, nullable=nullable, index=index), nullable)


@_kind
def reference(target: str, *, nullable: bool = False, primary: bool = False, index: bool = True) -> Any:
    """A foreign key to `table.column`, named as text so that no area has to import another's tables."""
    wanted = index and not primary
    column: sa.Column[Any] = sa.Column(
        KeyType, sa.ForeignKey(target), nullable=nullable, primary_key=primary, index=wanted
    )
    return _field(column, nullable)


@_kind
def text(length: int = 200, *, nullable: bool = False, primary: bool = False) -> Any:
    """Plain text up to a length."""
    return _field(sa.Column(sa.String(length), nullable=nullable, primary_key=primary), nullable)


@_kind
def document(*, nullable: bool = False) -> Any:
    """Canonical JSON as text: hashed and compared byte for byte, so never a database's own JSON type."""
    return _field(sa.Column(sa.Text, nullable=nullable), nullable)


def _checked(column: sa.Column[Any], *checks: Any) -> sa.Column[Any]:
    """The column with CHECKs of its table: SQLAlchemy leaves a dialect's condition out of a column's own CHECKs."""
    for check in checks:
        event.listen(
            column, "after_parent_attach", lambda _, table, check=check: table.append_constraint(check)
        )
    return column


@_kind
def minor(name: str, *, nullable: bool = False, least: int | None = None) -> Any:
    """Whole minor units; SQLite is told to insist on whole numbers, both databases on `least`."""
    checks = [whole(name, nullable=nullable), *_least(name, least)]
    return _field(_checked(sa.Column(name, Minor, nullable=nullable), *checks), nullable)


@_kind
def integer(name: str, *, nullable: bool = False, least: int | None = 0, primary: bool = False) -> Any:
    """A whole number (a count, a position, basis points)."""
    checks = [whole(name, nullable=nullable), *_least(name, least)]
    column: sa.Column[Any] = sa.Column(
        name, sa.BigInteger, nullable=nullable, primary_key=primary, autoincrement=False
    )
    return _field(_checked(column, *checks), nullable)


@_kind
def serial() -> Any:
    """A whole number the database counts up itself: the keys of the ledger."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return _field(sa.Column(kind, sa.Identity(), primary_key=True), nullable=True)


@_kind
def serial_of(name: str, target: str, *, nullable: bool = False, primary: bool = False) -> Any:
    """A foreign key to a serial, `table.column`, without an index of its own."""
    column: sa.Column[Any] = sa.Column(
        name,
        sa.BigInteger,
        sa.ForeignKey(target),
        nullable=nullable,
        primary_key=primary,
        autoincrement=False,
    )
    return _field(_checked(column, whole(name, nullable=nullable)), nullable)


def _least(name: str, least: int | None) -> list[Any]:
    return [] if least is None else [sa.CheckConstraint(f"{name} >= {least}", name=f"{name}_least")]


def whole(name: str, *, nullable: bool = False) -> Any:
    """SQLite takes 'abc' and 1.5 in an INTEGER column; this CHECK does not."""
    allowed = f"typeof({name}) = 'integer'" + (f" OR {name} IS NULL" if nullable else "")
    return sa.CheckConstraint(allowed, name=f"{name}_whole").ddl_if(dialect="sqlite")


@_kind
def yes_no(*, nullable: bool = False) -> Any:
    """True or false."""
    return _field(sa.Column(sa.Boolean(create_constraint=False), nullable=nullable), nullable)


@_kind
def instant(*, nullable: bool = False) -> Any:
    """An instant in UTC."""
    return _field(sa.Column(Instant, nullable=nullable), nullable)


@_kind
def day(*, nullable: bool = False) -> Any:
    """A calendar day in the programme's zone."""
    return _field(sa.Column(sa.Date, nullable=nullable), nullable)


@_kind
def sealed(name: str, *, nullable: bool = False) -> Any:
    """An AEAD blob; the database refuses anything that does not begin with the version byte."""
    unless = f"{name} IS NULL OR " if nullable else ""
    on_sqlite = sa.CheckConstraint(
        f"{unless}(typeof({name}) = 'blob' AND hex(substr({name}, 1, 1)) = '01')", name=f"{name}_sealed"
    ).ddl_if(dialect="sqlite")
    on_postgresql = sa.CheckConstraint(f"{unless}get_byte({name}, 0) = 1", name=f"{name}_sealed").ddl_if(
        dialect="postgresql"
    )
    column: sa.Column[Any] = sa.Column(name, sa.LargeBinary, nullable=nullable)
    return _field(_checked(column, on_sqlite, on_postgresql), nullable)


def state(table: StateTable, name: str = "state") -> Any:
    """A state of a `StateTable`: text with a CHECK that lists the declared states."""
    return choice(name, table.states)


@_kind
def choice(name: str, options: Iterable[str], *, nullable: bool = False) -> Any:
    """One word of a closed list, held by a CHECK."""
    words = tuple(str(option) for option in options)
    listed = ", ".join(f"'{word}'" for word in words)
    column: sa.Column[Any] = sa.Column(
        name,
        sa.String(max(len(word) for word in words)),
        sa.CheckConstraint(f"{name} IN ({listed})", name=f"{name}_known"),
        nullable=nullable,
    )
    return _field(column, nullable)


@_kind
def index_where(name: str, *columns: str, where: str, unique: bool = False) -> Any:
    """An index over the rows for which a condition holds, the same words on both databases."""
    condition = sa.text(where)
    return sa.Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def unique_where(name: str, *columns: str, where: str) -> Any:
    """One row at most for each value of the columns, among those for which a condition holds."""
    return index_where(name, *columns, where=where, unique=True)
