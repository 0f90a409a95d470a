"""Guards of imports that the import linter cannot see or does not forbid, and of work done at import."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.house.guards.source import LIBRARY, Function, Offence, dotted, functions, is_below, sources

# Extras of pyproject.toml: who does not ask for them must not need them.
OPTIONAL: Final = frozenset(
    {
        *("click", "openpyxl", "phonenumbers", "psycopg", "pyhanko", "pyhanko_certvalidator"),
        *("msoffcrypto", "rapidfuzz", "rich", "stdnum", "xlsxwriter"),
    }
)
# Who may import by name, and why no written import would do.
DYNAMIC_ALLOWED: Final[Mapping[str, str]] = {
    f"{LIBRARY}/__init__.py": "the package root loads a name when it is first used",
    f"{LIBRARY}/cli": "a command is loaded when it is called",
    f"{LIBRARY}/kernel/lazy.py": "a package loads its names when they are first used",
    f"{LIBRARY}/people/rules/documents.py": "the checker of an identity document is chosen by its country",
}
# Who may import inside functions beside extras, and why.
LATE_ALLOWED: Final[Mapping[str, str]] = {
    f"{LIBRARY}/cli/__init__.py": "says what to install before anything needs it",
    f"{LIBRARY}/cli/app.py": "the help does not wait for what only a failing command needs",
}
DYNAMIC_IMPORTS: Final = frozenset({
    "__import__",
    "importlib.import_module",
    "importlib.__import__",
    "importlib.util.spec_from_file_location",
    "pkgutil.resolve_name",
    "runpy.run_module",
    "runpy.run_path",
})  # fmt: skip
# Third parties live where their subject is, so that one room can be changed when they change.
HOMES: Final[Mapping[str, tuple[str, ...]]] = {
    "reportlab": (f"{LIBRARY}/paper", f"{LIBRARY}/documents/layouts.py", f"{LIBRARY}/reports/render.py"),
    "uharfbuzz": (f"{LIBRARY}/paper/text",),
    "budoux": (f"{LIBRARY}/paper/text",),
    "click": (f"{LIBRARY}/cli",),
    "alembic": (f"{LIBRARY}/schema",),
    "cryptography": (f"{LIBRARY}/store",),
    "psycopg": (f"{LIBRARY}/store",),
    "orjson": (f"{LIBRARY}/kernel/canonical.py",),
}
BUSY_AT_IMPORT: Final = frozenset({
    "basicConfig", "create_engine", "dictConfig", "getenv", "getaddrinfo", "mkdir", "open", "read_bytes", "read_text",
    "registerFont", "urlopen", "write_text",
})  # fmt: skip


def find_dynamic_imports(tree: Path) -> list[Offence]:
    """Imports by name, which no tool can follow, except of an optional extra that is named right there."""
    found = []
    for source in sources(tree):
        if not is_below(source.path, *DYNAMIC_ALLOWED):
            for node in ast.walk(source.module):
                if not isinstance(node, ast.Call) or dotted(node.func, source.names) not in DYNAMIC_IMPORTS:
                    continue
                if not _names_an_extra(node):
                    found.append(source.offence(node, "import by name: write an import that can be followed"))
    return found


def find_imports_in_functions(tree: Path) -> list[Offence]:
    """Imports inside functions, except of an optional extra."""
    found = []
    for source in sources(tree):
        is_late_allowed = is_below(source.path, *LATE_ALLOWED)
        for function in () if is_late_allowed else functions(source.module):
            for node, module in _imports_below(function):
                if module.split(".")[0] not in OPTIONAL:
                    found.append(source.offence(node, f"{module}: import it at the top"))
    return sorted(set(found))


def find_strangers(tree: Path) -> list[Offence]:
    """Third-party packages imported outside the rooms where they live."""
    found = []
    for source in sources(tree):
        for node, module in _imports_below(source.module):
            homes = HOMES.get(module.split(".")[0])
            if homes and not is_below(source.path, *homes):
                found.append(source.offence(node, f"{module} lives in {', '.join(homes)}"))
    return found


def find_work_at_import(tree: Path) -> list[Offence]:
    """Engines, files, fonts and settings touched while a module is being imported."""
    found = []
    for source in sources(tree):
        for node in _run_at_import(source.module):
            if isinstance(node, ast.Call):
                name = dotted(node.func, {}).rsplit(".", 1)[-1] or getattr(node.func, "attr", "")
                if name in BUSY_AT_IMPORT:
                    found.append(source.offence(node, f"{name}: nothing happens at import"))
            elif isinstance(node, ast.Attribute) and dotted(node, source.names) == "os.environ":
                found.append(source.offence(node, "os.environ: settings are read when they are needed"))
    return found


def find_mutable_tables(tree: Path) -> list[Offence]:
    """Module tables that a caller could change: lists and sets, and dictionaries that are not Final."""
    found = []
    for source in sources(tree):
        for statement in source.module.body:
            if isinstance(statement, ast.Assign | ast.AnnAssign) and _is_open_table(statement):
                found.append(
                    source.offence(statement, "a module table is a tuple, a frozenset or a Final mapping")
                )
    return found


def _names_an_extra(call: ast.Call) -> bool:
    named = call.args[0] if call.args else None
    is_text = isinstance(named, ast.Constant) and isinstance(named.value, str)
    return is_text and str(named.value).split(".")[0] in OPTIONAL  # type: ignore[union-attr]  # is_text saw it


def _is_open_table(statement: ast.Assign | ast.AnnAssign) -> bool:
    target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
    if isinstance(target, ast.Name) and target.id == "__all__":
        return False
    is_final = isinstance(statement, ast.AnnAssign) and "Final" in ast.unparse(statement.annotation)
    if isinstance(statement.value, ast.Dict | ast.DictComp):
        return not is_final
    return isinstance(statement.value, ast.List | ast.ListComp | ast.Set | ast.SetComp)


def _imports_below(top: ast.Module | Function) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(top):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            yield node, node.module or ""


def _run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Every node that runs when the module is imported: not the inside of functions and lambdas."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for outside in (
                *child.decorator_list,
                *child.args.defaults,
                *filter(None, child.args.kw_defaults),
            ):
                yield outside
                yield from _run_at_import(outside)
        elif not isinstance(child, ast.Lambda):
            yield child
            yield from _run_at_import(child)
