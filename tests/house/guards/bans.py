"""Guards of what no room may do by itself: ask the clock, make an identity, commit, run what it was given."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.house.guards.source import (
    EVERYWHERE,
    LIBRARY,
    SHIPPED,
    Offence,
    Source,
    dotted,
    is_below,
    sources,
    texts,
)

CLOCKS: Final = frozenset({
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "time.ctime",
    "time.gmtime",
    "time.localtime",
    "time.time",
    "time.time_ns",
    "sqlalchemy.func.now",
    "sqlalchemy.func.current_date",
    "sqlalchemy.func.current_timestamp",
    "sqlmodel.func.now",
    "sqlmodel.func.current_timestamp",
})  # fmt: skip
IDENTITIES: Final = frozenset({f"uuid.uuid{version}" for version in (1, 3, 4, 5, 6, 7, 8)})
CLOCK_IN_SQL: Final = re.compile(
    r"\bCURRENT_(TIMESTAMP|DATE|TIME)\b|\bnow\(\)|\bclock_timestamp\(", re.IGNORECASE
)
DANGEROUS_CALLS: Final = frozenset({
    "eval", "exec", "os.popen", "os.system", "tempfile.mktemp", "yaml.load", "yaml.unsafe_load", "yaml.full_load",
})  # fmt: skip
# Which file may make which dangerous call, and why.
RUN_ON_PURPOSE: Final[Mapping[tuple[str, str], str]] = {
    ("tests/docs/test_pages.py", "exec"): "the pages' own examples are run, and the pages are ours",
    ("tests/documents/test_heard.py", "exec"): "the page's own example is run, and the page is ours",
    ("tests/docs/test_readme.py", "exec"): "the page's own example is run, and the page is ours",
    ("tests/paper/text/test_page.py", "exec"): "the page's own examples are run, and the page is ours",
}
DANGEROUS_MODULES: Final = frozenset({"dill", "marshal", "pickle", "shelve"})
COMMIT_IN_SQL: Final = re.compile(r"\s*COMMIT\b", re.IGNORECASE)
# Who may end a transaction, and why.
COMMITTING: Final[Mapping[str, str]] = {
    f"{LIBRARY}/store/work.py": "`open_work` and its kin end the transaction of their unit",
    f"{LIBRARY}/schema/upgrading.py": "an upgrade is handed an engine and ends what it began",
    f"{LIBRARY}/cli/commands/init.py": "a door is a host, and before a programme stands there is no work",
    f"{LIBRARY}/cli/demo/stage.py": "the demo is the host, and before it founds its programme there is no work",
}
# Doors are hosts: they open a unit of work and commit that, and nothing else.
DOORS: Final = (f"{LIBRARY}/cli", f"{LIBRARY}/testing")
# Rules, money and the ledger count in integers; a share is a Fraction, a rate is in basis points.
EXACT: Final = (f"{LIBRARY}/kernel/money.py", f"{LIBRARY}/ledger")


def find_clocks_and_identities(tree: Path) -> list[Offence]:
    """Uses of the wall clock or of random identities outside the kernel, in Python and in SQL."""
    found = []
    for source in sources(tree, SHIPPED):
        if is_below(source.path, f"{LIBRARY}/kernel"):
            continue
        for node, name in _named(source):
            if name in CLOCKS:
                found.append(source.offence(node, f"{name}: time comes from work.clock"))
            if name in IDENTITIES:
                found.append(source.offence(node, f"{name}: identity comes from work.ids"))
        for constant in texts(source.module):
            if CLOCK_IN_SQL.search(str(constant.value)):
                found.append(source.offence(constant, "the database's clock: bind work.clock instead"))
    return found


def find_clocks_in_tests(tree: Path) -> list[Offence]:
    """Tests that read the wall clock or sleep; what waits for a process lives in tests/support."""
    found = []
    for source in sources(tree, ("tests",)):
        if not is_below(source.path, "tests/support"):
            for node, name in _named(source):
                if name in CLOCKS or name == "time.sleep":
                    found.append(source.offence(node, f"{name}: a test sets its clock and does not wait"))
    return found


def find_session_adds(tree: Path) -> list[Offence]:
    """Rows handed to the ORM, which flushes children before parents and costs ten times the statement."""
    found = []
    for source in sources(tree):
        for call in _method_calls(
            source, "add", "add_all", "merge", "bulk_save_objects", "bulk_insert_mappings"
        ):
            assert isinstance(call.func, ast.Attribute)
            receiver = dotted(call.func.value, {}).rsplit(".", 1)[-1].lower()
            if receiver.endswith("session"):
                found.append(source.offence(call, "session.add: write with a compiled statement"))
    return found


def find_commits(tree: Path) -> list[Offence]:
    """Ends of a transaction anywhere but in the unit of work; a door may commit the work it opened."""
    found = []
    for source in sources(tree):
        if is_below(source.path, *COMMITTING):
            continue
        for call in _method_calls(source, "commit"):
            assert isinstance(call.func, ast.Attribute)
            is_own_work = dotted(call.func.value, {}) == "work" and is_below(source.path, *DOORS)
            if not is_own_work:
                found.append(source.offence(call, "the host commits, we flush"))
        for constant in texts(source.module):
            if COMMIT_IN_SQL.match(str(constant.value)):
                found.append(source.offence(constant, "COMMIT as text: the host commits"))
    return found


def find_dangerous_calls(tree: Path) -> list[Offence]:
    """Ways to run what somebody else wrote: pickles, eval, unsafe YAML, a shell."""
    found = []
    for source in sources(tree, EVERYWHERE):
        for node in ast.walk(source.module):
            if isinstance(node, ast.Call):
                name = dotted(node.func, source.names)
                is_banned = name in DANGEROUS_CALLS and (source.path, name) not in RUN_ON_PURPOSE
                if is_banned or _has_shell(node):
                    found.append(source.offence(node, f"{name}: never run what was handed in"))
        for node, name in _imports(source):
            if name.split(".")[0] in DANGEROUS_MODULES:
                found.append(source.offence(node, f"{name}: data are read as data"))
    return found


def find_floats_near_money(tree: Path) -> list[Offence]:
    """Floating point in the rooms that count: rules, money, ledger."""
    found = []
    for source in sources(tree):
        parts = source.path.removesuffix(".py").split("/")
        if "rules" in parts or is_below(source.path, *EXACT):
            for node in ast.walk(source.module):
                is_literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
                is_type = isinstance(node, ast.Name) and node.id == "float"
                if (is_literal or is_type) and not _is_refusal_of_floats(node, source):
                    found.append(source.offence(node, "float: count in minor units, shares as Fraction"))
    return found


def _is_refusal_of_floats(node: ast.AST, source: Source) -> bool:
    """Whether the name only stands in `isinstance(…, float)`, which keeps floats out."""
    calls = (call for call in ast.walk(source.module) if isinstance(call, ast.Call))
    kinds = (call.args[1] for call in calls if dotted(call.func, {}) == "isinstance")
    return any(inner is node for kind in kinds for inner in ast.walk(kind))


def _named(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Every use of a name or attribute with what it really stands for, called or handed on."""
    names = source.names
    for node in ast.walk(source.module):
        if isinstance(node, ast.Attribute | ast.Name):
            yield node, dotted(node, names)


def _method_calls(source: Source, *methods: str) -> Iterator[ast.Call]:
    for node in ast.walk(source.module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in methods:
            yield node


def _has_shell(call: ast.Call) -> bool:
    return any(
        keyword.arg == "shell"
        and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False)
        for keyword in call.keywords
    )


def _imports(source: Source) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(source.module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            yield node, node.module or ""
