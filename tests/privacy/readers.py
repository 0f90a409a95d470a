"""Everything that shows something to somebody who looks, taken from the registries, so that a new one is found here."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from seedfund.cli.rendering import plain_row
from seedfund.documents.service import print_paper
from seedfund.grants.queries.why import explain_grant
from seedfund.kernel.errors import NotFound, SeedfundError
from seedfund.reports.folio.writing import folio_json
from seedfund.reports.folios import FOLIOS, FolioKind
from seedfund.reports.indicators.declared import INDICATORS
from seedfund.reports.make import REPORTS, Asked, make_report
from seedfund.reports.queries.desk import LISTS, list_rows, show
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.render.json import render_json
from seedfund.store.work import Work
from tests.documents.papers import text_of
from tests.privacy.planting import Planted


@dataclass(frozen=True)
class Shown:
    """What a reader showed, or the words in which it refused."""

    reader: str
    text: str
    number: str = ""
    refused: bool = False


def numbers_of(planted: Planted) -> list[str]:
    """Every number and code that stands anywhere in the database."""
    found: set[str] = set()
    with planted.stage.engine.connect() as connection:
        inspector = sa.inspect(connection)
        for table in inspector.get_table_names():
            names = {one["name"] for one in inspector.get_columns(table)} & {"number", "code"}
            for name in names if table.startswith("sf_") else ():
                rows = connection.exec_driver_sql(f'SELECT DISTINCT {name} FROM "{table}"').scalars()
                found.update(row for row in rows if isinstance(row, str) and row)
    return sorted(found)


def lists(work: Work) -> Iterator[Shown]:
    """Every list."""
    for noun in LISTS:
        yield _shown(f"list {noun}", partial(_list, work, noun))


def things(work: Work, numbers: list[str]) -> Iterator[Shown]:
    """Everything by its number; what there is none of is left out."""
    for number in numbers:
        try:
            thing = show(work, number)
        except NotFound:
            continue
        except SeedfundError as error:
            yield Shown("show refused", str(error), number, refused=True)
            continue
        yield Shown(f"show {thing.kind}", plain_thing(thing), number)


def reports(work: Work, planted: Planted) -> Iterator[Shown]:
    """Every report, of everything it can be asked for, and the rows behind every indicator."""
    for name, asked in asked_reports(planted):
        number = asked.number or asked.fund or asked.account or asked.explain
        yield _shown(f"report {name}", partial(_report, work, name, asked), number)
    for kind in FOLIOS.values():
        for number in _given(planted, kind.needs):
            if number.startswith("HH") or not number:
                made = partial(_folio, work, kind, Asked(number=number))
                yield _shown(f"report {kind.name}", made, number)


def asked_reports(planted: Planted) -> Iterator[tuple[str, Asked]]:
    """Every report with what it can be asked for."""
    for kind in REPORTS.values():
        for given in _given(planted, kind.needs):
            yield kind.name, asking(kind.needs, given)
    for code in INDICATORS:
        yield "indicators", Asked(explain=code)


def asking(needs: tuple[str, ...], given: str) -> Asked:
    """What a report is asked, by the one thing it needs."""
    match needs:
        case ("number",):
            return Asked(number=given)
        case ("fund",):
            return Asked(fund=given)
        case ("account",):
            return Asked(account=given)
        case ():
            return Asked()
        case _:
            raise AssertionError(f"nobody said how to give {needs}")


def _given(planted: Planted, needs: tuple[str, ...]) -> tuple[str, ...]:
    if not needs:
        return ("",)
    if needs != ("number",):
        return {"fund": ("UNHCR-2025", "HOST-2025"), "account": ("BCO-ACNUR", "CAJA")}[needs[0]]
    return (*grants_of(planted), *planted.numbers.values())


def reasons(work: Work, planted: Planted) -> Iterator[Shown]:
    """Why each grant waits."""
    for number in grants_of(planted):
        yield _shown("why", partial(_why, work, number), number)


def papers(work: Work, planted: Planted) -> Iterator[Shown]:
    """Every paper, as it is printed again."""
    for number, kind in papers_of(planted):
        yield _shown(f"paper {kind}", partial(_paper, work, number), number)


def grants_of(planted: Planted) -> list[str]:
    """The number of every grant."""
    with planted.stage.engine.connect() as connection:
        return list(connection.exec_driver_sql("SELECT number FROM sf_grant ORDER BY number").scalars())


def papers_of(planted: Planted) -> list[tuple[str, str]]:
    """Number and kind of every paper."""
    with planted.stage.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT DISTINCT number, kind FROM sf_paper ORDER BY number")
        return [(str(number), str(kind)) for number, kind in rows]


def plain(rows: list[dict[str, object]]) -> str:
    """Rows as the command line writes them for scripts, secrets and all."""
    return "\n".join(json.dumps(plain_row(row), ensure_ascii=False) for row in rows)


def plain_thing(thing: Thing) -> str:
    """A thing as the command line writes it for scripts."""
    return f"{thing.number}\n{plain([thing.fields])}\n" + "\n".join(map(plain, thing.parts.values()))


def _list(work: Work, noun: str) -> str:
    return plain(list_rows(work, noun))


def _report(work: Work, name: str, asked: Asked) -> str:
    out = io.BytesIO()
    render_json(make_report(work, name, asked), out)
    return out.getvalue().decode()


def _folio(work: Work, kind: FolioKind, asked: Asked) -> str:
    return folio_json(kind.make(work, asked, "en"), language="en").decode()


def _why(work: Work, number: str) -> str:
    return repr(explain_grant(work, number))


def _paper(work: Work, number: str) -> str:
    return text_of(print_paper(work, number))


def _shown(reader: str, make: Callable[[], str], number: str = "") -> Shown:
    try:
        return Shown(reader, make(), number)
    except SeedfundError as error:
        return Shown(reader, str(error), number, refused=True)
