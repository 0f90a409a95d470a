"""Statements: written in Core, compiled once a dialect, run on the session's own cursor. Must not know any table.

Executing Core costs ten times a cursor's call; here Core is the compiler only. Type processors of bound values and of
result columns are looked up at compile time and applied here, so both databases hand back the same Python values.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.sql.compiler import SQLCompiler

from seedfund.kernel.errors import Corrupt
from seedfund.store.columns import Table, table_of

T = TypeVar("T")
_Process = Callable[[Any], Any]

IN_CHUNK = 500
"""How many values one IN list carries; longer lists are read in several statements."""
ROWS_AT_ONCE = (400, 100, 25, 5, 1)
"""How many rows one INSERT carries: few sizes, few statements to keep; SQLite takes 400 rows of any table at once."""


@dataclass(frozen=True, slots=True)
class _Expansion:
    """A statement with its lists written out: for each place the name of the value, and the position in a list."""

    sql: str
    binds: tuple[tuple[str, int | None], ...]
    processed: tuple[tuple[int, _Process], ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    sql: str
    binds: tuple[tuple[str, _Process | None], ...]
    fixed: Mapping[str, Any]
    results: tuple[tuple[int, _Process], ...]
    expanding: bool
    compiled: SQLCompiler
    fetch: Callable[[Mapping[str, Any]], tuple[Any, ...]] | None
    processed: tuple[tuple[int, _Process], ...]
    lists: tuple[str, ...]
    expansions: dict[tuple[int, ...], _Expansion]

    def arguments(self, params: Mapping[str, Any]) -> tuple[Any, ...]:
        if self.fetch is not None:
            values = self.fetch(params)
            if not self.processed:
                return values
            changed = list(values)
            for position, process in self.processed:
                changed[position] = process(changed[position])
            return tuple(changed)
        fixed = self.fixed
        return tuple(
            process(params[name] if name in params else fixed[name])
            if process is not None
            else (params[name] if name in params else fixed[name])
            for name, process in self.binds
        )

    def processed_row(self, values: Sequence[Any]) -> list[Any]:
        """A row as Python sees it; most columns need no help."""
        row = list(values)
        for position, process in self.results:
            row[position] = process(row[position])
        return row


class Statement:
    """A Core statement, built and compiled when it is first used on a dialect."""

    def __init__(self, build: Callable[[], Any]):
        self._build = build
        self._plans: dict[str, _Plan] = {}

    def plan(self, dialect: sa.Dialect) -> _Plan:
        """SQL text, bind order and processors for a dialect."""
        found = self._plans.get(dialect.name)
        if found is None:
            found = self._plans[dialect.name] = _compile(self._build(), dialect)
        return found


def as_read(*values: Any) -> Sequence[Any]:
    """The row of a query that hands out its columns as they are; long reads then skip a call a row."""
    return values


class Query(Statement, Generic[T]):
    """A SELECT whose columns fill `row` by position."""

    def __init__(self, row: Callable[..., T], build: Callable[[], Any]):
        super().__init__(build)
        self.row = row


class Write(Statement):
    """An UPDATE, DELETE or INSERT with named values."""


def _compile(statement: Any, dialect: sa.Dialect) -> _Plan:
    style = "qmark" if dialect.name == "sqlite" else "format"
    family: Any = type(dialect)
    compiler: DefaultDialect = family(paramstyle=style)
    compiled: SQLCompiler = statement.compile(dialect=compiler)
    binds = compiled._bind_processors
    order = tuple(compiled.positiontup or ())
    results = tuple(
        (position, process)
        for position, entry in enumerate(compiled._result_columns or ())
        if (process := entry.type._cached_result_processor(dialect, None)) is not None
    )
    fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
    named = tuple((name, _single(binds.get(name))) for name in order)
    # Rows come by the ten thousand: where every value is given by name, they are fetched in one step.
    fetch = itemgetter(*order) if len(order) > 1 and not fixed else None
    processed = tuple(
        (position, process) for position, (_, process) in enumerate(named) if process is not None
    )
    lists = tuple(name for name, bind in compiled.binds.items() if bind.expanding)
    return _Plan(
        str(compiled),
        named,
        fixed,
        results,
        bool(lists),
        compiled,
        fetch,
        processed,
        lists,
        expansions={},
    )


def _expanded(plan: _Plan, params: Mapping[str, Any]) -> _Expansion:
    """The statement for lists of these lengths; the lengths alone decide its text."""
    state = plan.compiled.construct_expanded_state(params)
    origin = {
        name: (listed, place)
        for listed, names in state.parameter_expansion.items()
        for place, name in enumerate(names)
    }
    # The state knows the processors of the lists alone; those of single values are the plan's.
    single = {name: process for name, process in plan.binds if process is not None}
    binds = []
    processed = []
    for position, name in enumerate(state.positiontup or ()):
        listed, place = origin.get(name, (name, None))
        process = state.processors.get(name, single.get(name))
        binds.append((listed, place))
        if callable(process):
            processed.append((position, process))
    return _Expansion(state.statement, tuple(binds), tuple(processed))


def _single(process: Any) -> _Process | None:
    return None if process is None or isinstance(process, Sequence) else process


class Reader:
    """Reads on one connection of a session; hands out rows as plain values, never entities."""

    def __init__(self, connection: sa.Connection):
        self.connection = connection
        self.dialect = connection.dialect
        self._cursor: Any = connection.connection.cursor()

    def all(self, query: Query[T], **params: Any) -> list[T]:
        """Every row."""
        found = self._values(query.plan(self.dialect), params)
        if not found:
            return []
        row = query.row
        return [row(*values) for values in found]

    def first(self, query: Query[T], **params: Any) -> T | None:
        """The first row, or None."""
        plan = query.plan(self.dialect)
        values = self._values(plan, params)
        return query.row(*values[0]) if values else None

    def one(self, query: Query[T], **params: Any) -> T:
        """The only row.

        Raises:
            Corrupt: there is none, or more than one; what is read this way always exists.
        """
        found = self.all(query, **params)
        if len(found) != 1:
            raise Corrupt(f"expected one row and found {len(found)}; run: seedfund audit verify")
        return found[0]

    def among(self, query: Query[T], name: str, values: Sequence[Any], **params: Any) -> list[T]:
        """Every row whose `name` (an expanding bind) is among the values, read in chunks; no values, no rows."""
        if len(values) <= IN_CHUNK:
            params[name] = values
            return self.all(query, **params) if values else []
        rows: list[T] = []
        for start in range(0, len(values), IN_CHUNK):
            params[name] = values[start : start + IN_CHUNK]
            rows += self.all(query, **params)
        return rows

    def among_any(self, query: Query[T], **lists: Sequence[Any]) -> list[T]:
        """Every row that one of several lists finds (expanding binds, each with its own name), read in chunks.

        A row that two lists find may come twice.
        """
        rows: list[T] = []
        for start in range(0, max(map(len, lists.values())), IN_CHUNK):
            part = slice(start, start + IN_CHUNK)
            rows += self.all(query, **{name: list(values[part]) for name, values in lists.items()})
        return rows

    def text(self, query: Statement, **params: Any) -> tuple[str, tuple[Any, ...]]:
        """The SQL and its values in order, as the driver gets them: to look at, or to ask for the plan."""
        return self._bound(query.plan(self.dialect), params)

    def stream(self, query: Query[T], size: int = 1000, **params: Any) -> Iterator[T]:
        """Rows one after the other, a thousand fetched at a time; memory stays flat."""
        plan = query.plan(self.dialect)
        cursor = self._streaming_cursor()
        try:
            cursor.execute(*self._bound(plan, params))
            row, processed = query.row, plan.processed_row
            while batch := cursor.fetchmany(size):
                rows = map(processed, batch) if plan.results else batch
                yield from rows if row is as_read else [row(*values) for values in rows]
        finally:
            cursor.close()

    def _streaming_cursor(self) -> Any:
        if self.dialect.name == "postgresql":
            return self.connection.connection.cursor(name="sf_stream")
        return self.connection.connection.cursor()

    def _bound(self, plan: _Plan, params: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
        if not plan.expanding:
            return plan.sql, plan.arguments(params)
        given = params if not plan.fixed else {**plan.fixed, **params}
        sizes = tuple(len(given[name]) for name in plan.lists)
        expansion = plan.expansions.get(sizes)
        if expansion is None:
            expansion = plan.expansions[sizes] = _expanded(plan, given)
        bound = [given[name] if place is None else given[name][place] for name, place in expansion.binds]
        for position, process in expansion.processed:
            bound[position] = process(bound[position])
        return expansion.sql, tuple(bound)

    def _values(self, plan: _Plan, params: Mapping[str, Any]) -> list[Sequence[Any]]:
        cursor = self._cursor
        cursor.execute(*self._bound(plan, params))
        rows: list[Sequence[Any]] = cursor.fetchall()
        return rows if not (plan.results and rows) else [plan.processed_row(values) for values in rows]


class Writer(Reader):
    """Reads and writes inside a verb."""

    def insert(self, table: type[Table], **values: Any) -> None:
        """One row; every column has to be given, so that none is forgotten."""
        plan = insert_of(table).plan(self.dialect)
        self._cursor.execute(plan.sql, _complete(plan, values, table))

    def insert_many(self, table: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
        """Many rows, up to some hundred a statement; every column has to be given in each.

        SQLite keeps a journal for each statement that a trigger may undo: a row at a time pays for it every time.
        """
        plan = insert_of(table).plan(self.dialect)
        done = 0
        for size in ROWS_AT_ONCE:
            while len(rows) - done >= size:
                self._cursor.execute(
                    _repeated(plan.sql, size), _in_line(plan, rows[done : done + size], table)
                )
                done += size

    def execute(self, write: Write, **params: Any) -> int:
        """Run it; tells how many rows it touched."""
        self._cursor.execute(*self._bound(write.plan(self.dialect), params))
        return int(self._cursor.rowcount)

    def execute_many(self, write: Write, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run it once a row in one call."""
        if rows:
            plan = write.plan(self.dialect)
            self._cursor.executemany(plan.sql, [plan.arguments(row) for row in rows])

    def returning(self, write: Query[T], **params: Any) -> T:
        """Run an INSERT or UPDATE … RETURNING that yields exactly one row."""
        return self.one(write, **params)


@cache
def insert_of(table: type[Table]) -> Write:
    """The INSERT of a table with all of its columns, made once."""
    return Write(lambda: _insert(table))


def _insert(table: type[Table]) -> Any:
    target = table_of(table)
    columns = [column for column in target.columns if not isinstance(column.server_default, sa.Identity)]
    return sa.insert(target).values({column.name: sa.bindparam(column.name) for column in columns})


@cache
def _repeated(sql: str, count: int) -> str:
    """An INSERT of one row as an INSERT of many."""
    head, values, row = sql.partition(" VALUES ")
    return f"{head}{values}{', '.join([row] * count)}"


def _in_line(plan: _Plan, rows: Sequence[Mapping[str, Any]], table: type[Table]) -> list[Any]:
    """The values of many rows, one row after the other.

    Rows written together share their day and their instant: what is the very value of the row before is not made text
    again.
    """
    if plan.fetch is None:
        return [value for row in rows for value in _complete(plan, row, table)]
    width = len(plan.binds)
    for row in rows:
        if len(row) != width:
            _check_named(plan, row, table)
    values = list(chain.from_iterable(map(plan.fetch, rows)))
    for position, process in plan.processed:
        last: Any = plan  # no value is this
        text: Any = None
        for at in range(position, len(values), width):
            if values[at] is not last:
                last, text = values[at], process(values[at])
            values[at] = text
    return values


def _complete(plan: _Plan, values: Mapping[str, Any], table: type[Table]) -> tuple[Any, ...]:
    _check_named(plan, values, table)
    return plan.arguments(values)


def _check_named(plan: _Plan, values: Mapping[str, Any], table: type[Table]) -> None:
    if len(values) != len(plan.binds):
        wanted = {name for name, _ in plan.binds}
        raise TypeError(f"{table.__name__}: {sorted(wanted ^ set(values))} missing or unknown")
