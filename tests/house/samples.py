"""What each guard must catch and what it must let pass, as small files of a made-up tree.

`BROKEN` holds breaches, one tree each; `SOUND` holds near misses that are in order. A guard without a
breach here fails the tests: it could be one that never finds anything.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.house.guards import bans, imports, shape, tables, told, words
from tests.house.guards.source import Offence

Guard = Callable[[Path], list[Offence]]
LIBRARY: Final = "src/seedfund"
HEADER: Final = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
GONE: Final = ("{name} is gone; look for it.", "{name} ya no está; búsquelo.")


@dataclass(frozen=True)
class Sample:
    """A guard, and the files of a tree that it is shown."""

    guard: Guard
    files: Mapping[str, str]

    def write(self, tree: Path) -> None:
        """Put the files into a folder."""
        for name, text in self.files.items():
            path = tree / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def __str__(self) -> str:
        return f"{self.guard.__name__}:{next(iter(self.files))}"


def _one(guard: Guard, path: str, text: str) -> Sample:
    return Sample(guard, {path: text})


def _grants(guard: Guard, text: str) -> Sample:
    return Sample(guard, {f"{LIBRARY}/grants/service.py": text})


def _errors(guard: Guard, text: str, *pairs: tuple[str, str]) -> Sample:
    """A file that raises errors, with a catalogue of what they say."""
    entries = "".join(
        f'\nmsgctxt "error"\nmsgid "{english}"\nmsgstr "{spanish}"\n' for english, spanish in pairs
    )
    files = {f"{LIBRARY}/grants/service.py": text, f"{told.CATALOGUES}/errors.po": HEADER + entries}
    return Sample(guard, files)


BROKEN: Final = (
    _grants(shape.find_long_bodies, "def pay():\n    '''Pay.'''\n" + "    total = 1\n" * 51),
    _one(shape.find_long_bodies, "tests/grants/test_pay.py", "async def pay():\n" + "    total = 1\n" * 51),
    _grants(shape.find_long_files, "TOTAL = 1\n" * 401),
    _grants(shape.find_crowded_signatures, "def pay(work, grant, tranche, amount, day): ..."),
    _grants(
        shape.find_crowded_signatures, "class A:\n    def pay(self, work, grant, tranche, amount, day): ..."
    ),
    _grants(shape.find_swappable_parameters, "def pay(paid: Money, owed: Money): ..."),
    _grants(shape.find_unexplained_ignores, "a = b  # type: ignore"),
    _grants(shape.find_unexplained_ignores, "a = b  # type: ignore[attr-defined]"),
    _one(shape.find_unexplained_ignores, "tests/test_a.py", "import a  # noqa: F401"),
    _grants(bans.find_clocks_and_identities, "from datetime import datetime as D\nD.now()"),
    _grants(bans.find_clocks_and_identities, "import datetime\ndatetime.date.today()"),
    _grants(bans.find_clocks_and_identities, "from time import time\nfield(default_factory=time)"),
    _grants(bans.find_clocks_and_identities, "import uuid\nuuid.uuid4()"),
    _grants(bans.find_clocks_and_identities, "from sqlalchemy import func\nfunc.now()"),
    _grants(bans.find_clocks_and_identities, "run('UPDATE sf_grant SET paid_at = CURRENT_TIMESTAMP')"),
    _one(bans.find_clocks_and_identities, "migrations/versions/a.py", "op.execute('SELECT now()')"),
    _one(bans.find_clocks_in_tests, "tests/grants/test_pay.py", "import time\ntime.sleep(1)"),
    _one(bans.find_clocks_in_tests, "tests/grants/test_pay.py", "from datetime import date\ndate.today()"),
    _grants(bans.find_session_adds, "def pay(work):\n    work.session.add(row)"),
    _grants(bans.find_session_adds, "db_session.add_all(rows)"),
    _grants(bans.find_commits, "def pay(work):\n    work.session.commit()"),
    _grants(bans.find_commits, "def pay(work):\n    work.commit()"),
    _grants(bans.find_commits, "connection.exec_driver_sql('commit;')"),
    _one(bans.find_commits, f"{LIBRARY}/cli/do.py", "session.commit()"),
    _one(bans.find_commits, f"{LIBRARY}/cli/demo/play.py", "session.commit()"),
    _grants(bans.find_dangerous_calls, "import pickle"),
    _grants(bans.find_dangerous_calls, "from marshal import loads"),
    _grants(bans.find_dangerous_calls, "eval('1')"),
    _one(bans.find_dangerous_calls, "tests/docs/test_stranger.py", "exec(text)"),
    _one(bans.find_dangerous_calls, "tests/docs/test_readme.py", "eval(text)"),
    _grants(bans.find_dangerous_calls, "import yaml\nyaml.load(text)"),
    _grants(bans.find_dangerous_calls, "import subprocess\nsubprocess.run(line, shell=True)"),
    _one(bans.find_floats_near_money, f"{LIBRARY}/grants/rules.py", "SHARE = 0.8"),
    _one(bans.find_floats_near_money, f"{LIBRARY}/grants/rules/paying.py", "def share(a): return float(a)"),
    _one(bans.find_floats_near_money, f"{LIBRARY}/ledger/service.py", "def share(a: float): ..."),
    _grants(
        imports.find_dynamic_imports, "from importlib import import_module\nimport_module('seedfund.cli')"
    ),
    _grants(imports.find_dynamic_imports, "import importlib as i\ni.import_module(name)"),
    _grants(imports.find_dynamic_imports, "__import__('seedfund.cli')"),
    _grants(imports.find_imports_in_functions, "def pay():\n    import sqlalchemy"),
    _grants(
        imports.find_imports_in_functions, "class A:\n    def pay(self):\n        from seedfund import cli"
    ),
    _grants(imports.find_strangers, "from reportlab.lib import colors"),
    _grants(imports.find_strangers, "import click"),
    _grants(imports.find_work_at_import, "ENGINE = create_engine('sqlite://')"),
    _grants(imports.find_work_at_import, "import os\nURL = os.environ['SEEDFUND_DB']"),
    _grants(imports.find_work_at_import, "def pay(fonts=pdfmetrics.registerFont(font)): ..."),
    _grants(imports.find_work_at_import, "TEXT = Path('a').read_text()"),
    _grants(imports.find_mutable_tables, "STATES = ['open', 'closed']"),
    _grants(imports.find_mutable_tables, "STATES: dict[str, str] = {}"),
    _one(
        tables.find_table_inheritance,
        f"{LIBRARY}/grants/tables.py",
        "class Grant(Table, table=True): ...\nclass Loan(Grant, table=True): ...",
    ),
    Sample(
        tables.find_unprotected_tables,
        {
            f"{LIBRARY}/gossip/tables/a.py": "class A(B, table=True): ...",
            "pyproject.toml": "[tool.importlinter]\n",
        },
    ),
    _one(words.find_machine_traces, "docs/how-to/deploy.md", "Look into /ho" + "me/ana/seedfund."),
    _one(words.find_machine_traces, "constraints.txt", "--index-url https://py" + "pi.org/simple"),
    _one(words.find_loose_pins, "constraints.txt", "click>=8"),
    _one(words.find_loose_pins, "constraints.txt", "rich==15.0\nclick==8.5\n"),
    _errors(told.find_untold_errors, "raise Busy('it is in use; wait.')", GONE),
    _errors(
        told.find_untold_errors, "raise errors.Corrupt(f'{row} is gone; look for it.')", (GONE[0], "No está.")
    ),
    _errors(told.find_untold_errors, "class Late(Busy): ...\nraise Late(f'{row.name} is late; wait.')", GONE),
    _errors(
        told.find_untold_errors, "raise InvalidInput(field='a', problem='it ' + 'is empty', remedy='give it')"
    ),
    _errors(
        told.find_untold_errors, "raise NotFound(what='grant' if a else 'plan', which=number)", ("grant", "x")
    ),
    _errors(told.find_untold_errors, "raise NotFound(what='plan', which=f'{a} of {b}')", ("plan", "plan")),
    _errors(
        told.find_untold_errors,
        "def pay(a, b):\n    which = f'{a} of {b}'\n    raise NotFound(what='plan', which=which)",
        ("plan", "plan"),
    ),
    _errors(
        told.find_untold_errors,
        "def _no(why):\n    return Busy(why)\ndef pay(a):\n    raise _no(f'{a} waits; wait too.')",
    ),
    _errors(told.find_untold_errors, "raise Conflict(f\"{name or 'nothing'} is gone; look for it.\")", GONE),
    _errors(
        told.find_untold_errors, "class A(Busy):\n  def __init__(self):\n    super().__init__('no; wait.')"
    ),
    _errors(told.find_untold_errors, "def pay(error):\n    raise StorageError(str(error))"),
    _errors(told.find_untold_errors, "raise StorageError('%s is gone; look for it.' % name)", GONE),
    _errors(told.find_errors_without_a_next_step, "raise Busy('the database is in use')"),
    _errors(
        told.find_errors_without_a_next_step,
        "raise InvalidInput(field='a', problem='it is empty', remedy='')",
    ),
    _errors(told.find_told_errors_nobody_says, "raise Busy('it is in use; wait.')", GONE),
)
SOUND: Final = (
    _grants(
        shape.find_long_bodies, "def pay():\n    '''" + "Pay.\n" * 60 + "    '''\n" + "    total = 1\n" * 50
    ),
    _grants(shape.find_long_files, "TOTAL = 1\n" * 400),
    _grants(
        shape.find_crowded_signatures,
        "class A:\n    def pay(self, work, grant, tranche, amount, *, day): ...",
    ),
    _grants(shape.find_swappable_parameters, "def pay(*, paid: Money, owed: Money): ..."),
    _grants(
        shape.find_unexplained_ignores, "a = b  # type: ignore[attr-defined]  # every mapped class has it"
    ),
    _one(bans.find_clocks_and_identities, f"{LIBRARY}/kernel/clock.py", "import time\ntime.time()"),
    _grants(
        bans.find_clocks_and_identities, "def pay(work):\n    '''Not now().'''\n    return work.clock.now()"
    ),
    _grants(bans.find_clocks_and_identities, "from uuid import UUID\nUUID(text)"),
    _one(bans.find_clocks_in_tests, "tests/support/postgres.py", "import time\ntime.sleep(0.1)"),
    _grants(bans.find_session_adds, "seen.add(row)"),
    _one(bans.find_commits, f"{LIBRARY}/store/work.py", "session.commit()"),
    _one(bans.find_commits, f"{LIBRARY}/cli/do.py", "work.commit()"),
    _one(bans.find_commits, f"{LIBRARY}/cli/demo/stage.py", "session.commit()"),
    _grants(bans.find_dangerous_calls, "import subprocess\nsubprocess.run(words, shell=False)"),
    _one(bans.find_dangerous_calls, "tests/docs/test_readme.py", "exec(text)"),
    _one(bans.find_floats_near_money, f"{LIBRARY}/paper/page.py", "MARGIN = 0.5"),
    _one(bans.find_floats_near_money, f"{LIBRARY}/kernel/money.py", "isinstance(value, bool | float)"),
    _one(
        imports.find_dynamic_imports,
        f"{LIBRARY}/cli/__init__.py",
        "import importlib\nimportlib.import_module(a)",
    ),
    _grants(imports.find_imports_in_functions, "def pay():\n    from rich.table import Table"),
    _grants(imports.find_dynamic_imports, "import importlib\nimportlib.import_module('phonenumbers')"),
    Sample(
        tables.find_unprotected_tables,
        {f"{LIBRARY}/paper/tables.py": "class Grid: ...", "pyproject.toml": "[tool.importlinter]\n"},
    ),
    _one(imports.find_strangers, f"{LIBRARY}/reports/render/pdf.py", "import reportlab"),
    _grants(imports.find_work_at_import, "import os\ndef url():\n    return os.environ['SEEDFUND_DB']"),
    _grants(imports.find_mutable_tables, "__all__ = ['pay']\nSTATES: Final = {'open': 1}\nNAMES = ('a',)"),
    _one(
        tables.find_table_inheritance,
        f"{LIBRARY}/grants/tables.py",
        "class Rows(SQLModel): ...\nclass Grant(Rows, table=True): ...",
    ),
    _one(words.find_machine_traces, "docs/how-to/deploy.md", "Look into ~/seedfund or /var/lib/seedfund."),
    _one(words.find_loose_pins, "constraints.txt", "# Pins.\nclick==8.5.1\nrich==15.0\n"),
    *(
        _errors(guard, text, GONE)
        for guard in (
            told.find_untold_errors,
            told.find_errors_without_a_next_step,
            told.find_told_errors_nobody_says,
        )
        for text in (
            "raise Corrupt(f'{row.number} is gone; look for it.')",
            "raise Busy(f'{len(rows)} ' 'is gone; look for it.')",
            "TEXT = '{what} is gone; look for it.'\nraise StorageError(TEXT.format(what=name))",
            "def _no(a):\n    return Busy(f'{a} is gone; look for it.')\ndef pay(a):\n    raise _no(a)",
        )
    ),
)
