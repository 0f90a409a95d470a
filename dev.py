#!/usr/bin/env python3
"""Every task of this repository, from a machine that has only Python and git.

    python3 dev.py demo        run the whole demonstration into build/demo
    python3 dev.py test        run the tests on SQLite and PostgreSQL; further words go to pytest
    python3 dev.py check       format, lint, types, floors, tests, docs, wheel (--skip-tests: all but tests)
    python3 dev.py bench       run the benchmarks
    python3 dev.py docs        write the generated pages of docs/ again
    python3 dev.py setup       only prepare the environment (--also NAME ...: and install more into it)
    python3 dev.py pin         write constraints.txt from what is installed (--upgrade: from the newest)

The first run prepares a private environment in .venv from constraints.txt; later runs find it ready.
DEV_VENV names another folder for it. This file needs nothing but Python's own library.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / os.environ.get("DEV_VENV", ".venv")
BUILD = ROOT / "build"
CONSTRAINTS = ROOT / "constraints.txt"
PYTHON_MIN = (3, 11)
WORKERS_MAX = 4
PROGRESS_SECONDS = 5
PROGRESS_WORDS = ("Collecting", "Building", "Installing")
LINES_OF_FAILURE = 30
REMEDY = (
    "dev.py needs pip once, and neither this Python nor this machine has one. Install it and run the same "
    "command again: `sudo apt install python3-venv` (Debian), `sudo dnf install python3-pip` (Fedora)."
)
PIN_HEADER = """\
# The versions of which dev.py makes its environment, build backend included: `name==version`, no addresses.
# `python3 dev.py pin` writes this file again from what is installed; `pin --upgrade` first takes the newest
# versions that pyproject.toml allows. Pins of packages that are not installed here are kept as they stand:
# other systems, the fallback server of PostgreSQL and the building of packages need them.
"""
LIST_INSTALLED = """
from importlib.metadata import distributions
print(*{f"{found.metadata['Name']}=={found.version}" for found in distributions()})
"""
NOT_PINNED_HERE = frozenset({"pip", "seedfund", "setuptools", "wheel"})
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as main; main()"


class Stop(Exception):
    """A task cannot go on; the message says what to do about it."""


@dataclass(frozen=True)
class Step:
    """One run of the environment's Python; a check whose `needs` is missing is told as absent."""

    title: str
    arguments: tuple[str, ...]
    needs: str = "."


SHARED_OUT = (
    "-n",
    "auto",
    "--maxprocesses",
    str(WORKERS_MAX),
    "--dist",
    "loadfile",
    "--no-loadscope-reorder",
)
PYTEST = ("-m", "pytest", *SHARED_OUT)
TEST = Step("tests", PYTEST)
DEMO = Step("demo", ("-m", "seedfund", "demo", "--into", "build/demo"))
BENCH = Step("bench", ("-m", "benchmarks"))
DOCS = (Step("docs", ("-m", "seedfund.cli.docs")),)
CHECKS = (
    Step("format", ("-m", "ruff", "format", "--check", ".")),
    Step("lint", ("-m", "ruff", "check", ".")),
    Step("types", ("-m", "mypy", "--strict", "src", "tests", "dev.py")),
    Step("types of benchmarks", ("-m", "mypy", "--strict", "benchmarks"), needs="benchmarks/__main__.py"),
    Step("floors", ("-c", LINT_IMPORTS)),
    TEST,
    Step("docs", ("-m", "seedfund.cli.docs", "--check"), needs="src/seedfund/cli/docs.py"),
)


# --- The environment -----------------------------------------------------------------------------------


def prepare(environment: Path = VENV) -> Path:
    """Make the environment, or find it ready; answer its interpreter."""
    stamp = environment / "seedfund-stamp"
    wanted = fingerprint(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"),
        CONSTRAINTS.read_text(encoding="utf-8"),
        python=sys.version,
    )
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        started = time.monotonic()
        say(f"Preparing {environment.name} with Python {sys.version.split()[0]}; about a minute, once.")
        create(environment)
        pip(environment, "install", "--no-compile", "--editable", f"{ROOT}[dev]")
        stamp.write_text(wanted, encoding="utf-8")
        say(f"Ready after {time.monotonic() - started:.0f} s.")
    return python_of(environment)


def fingerprint(project: str, constraints: str, *, python: str) -> str:
    """What an environment is made from: dependencies and build of the project, pins, Python.

    The settings of linters and tests in pyproject.toml do not count: changing them installs nothing.
    """
    import tomllib  # An older Python must come as far as being told that it is too old.

    tables = tomllib.loads(project)
    parts = [tables.get("build-system"), tables.get("project"), tables.get("tool", {}).get("hatch")]
    return hashlib.sha256(json.dumps([parts, constraints, python], sort_keys=True).encode()).hexdigest()


def create(environment: Path) -> None:
    """Make an environment of this very Python unless one stands, also where ensurepip is missing.

    Raises:
        Stop: Python cannot make environments here at all.
    """
    if is_usable(environment):
        return
    command = [sys.executable, "-m", "venv", "--clear", str(environment)]
    if importlib.util.find_spec("ensurepip") and ask(command).returncode == 0:
        return
    say("This Python cannot put a pip into the environment; taking the pip of the machine.")
    done = ask([*command, "--without-pip"])
    if done.returncode != 0:
        raise Stop(f"{done.stderr.strip()}\nPython could not make an environment. {REMEDY}")


def is_usable(environment: Path) -> bool:
    """Whether an interpreter of our own version answers there."""
    python = python_of(environment)
    if not python.exists():
        return False
    question = "import sys; print(*sys.version_info[:2])"
    done = ask([str(python), "-c", question])
    return done.stdout.split() == [str(number) for number in sys.version_info[:2]]


def python_of(environment: Path) -> Path:
    """The interpreter inside an environment, on any system."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def pip_for(environment: Path) -> list[str]:
    """The command that installs into an environment: its own pip, else one of the machine.

    Raises:
        Stop: there is none, or only one too old to serve another environment (before 22.3).
    """
    candidates = (
        [str(python_of(environment)), "-m", "pip"],
        [sys.executable, "-m", "pip", "--python", str(environment)],
        ["pip3", "--python", str(environment)],
        ["pip", "--python", str(environment)],
    )
    for command in candidates:
        if shutil.which(command[0]) and ask([*command, "--version"]).returncode == 0:
            return command
    raise Stop(REMEDY)


def ask(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command whose answer is for us, not for the terminal."""
    return subprocess.run(command, check=False, capture_output=True, text=True)


def pip(environment: Path, verb: str, *arguments: str, is_pinned: bool = True) -> None:
    """Run pip for an environment, everything pinned that it takes, saying now and then how far it is.

    Raises:
        Stop: it failed; the last lines it wrote are in the message.
    """
    command = [*pip_for(environment), verb, "--progress-bar", "off", *arguments]
    lines = []
    started = told = time.monotonic()
    with subprocess.Popen(
        command, cwd=ROOT, env=variables_for_pip(is_pinned), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace",
    ) as process:  # fmt: skip
        for line in process.stdout or ():
            lines.append(line)
            if time.monotonic() - told > PROGRESS_SECONDS and line.startswith(PROGRESS_WORDS):
                told = time.monotonic()
                say(f"  {told - started:3.0f} s  {line.strip()[:90]}")
    if process.returncode != 0:
        raise Stop("".join(lines[-LINES_OF_FAILURE:]) + "pip failed; the lines above say why.")


def variables_for_pip(is_pinned: bool) -> dict[str, str]:
    """The environment variables under which pip takes pinned versions only, for build backends too."""
    variables = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    if is_pinned:
        # A file address, because pip splits these variables at spaces. Older versions of pip hand the
        # first one on to the environments in which packages are built, newer ones the second.
        variables["PIP_CONSTRAINT"] = variables["PIP_BUILD_CONSTRAINT"] = CONSTRAINTS.as_uri()
    return variables


# --- Tasks ---------------------------------------------------------------------------------------------


def run_step(step: Step, *further: str) -> int:
    """Run one step in the repository and answer its exit code."""
    return call([str(prepare()), *step.arguments, *further])


def call(command: Sequence[str], folder: Path = ROOT) -> int:
    """Run a command that talks to the terminal itself."""
    return subprocess.run(command, cwd=folder, check=False).returncode


def run_demo(*arguments: str) -> int:
    """Run the demonstration into a folder that starts empty."""
    shutil.rmtree(BUILD / "demo", ignore_errors=True)
    (BUILD / "demo").mkdir(parents=True)
    return run_step(DEMO, *arguments)


def run_test(*arguments: str) -> int:
    """Run the tests; pytest closes with the line that says which databases and Python ran."""
    return run_step(TEST, *arguments)


def run_check(*arguments: str) -> int:
    """Run every check, also after one has failed, and tell at the end how each went."""
    prepare()
    results = []
    for step in CHECKS:
        if not (ROOT / step.needs).exists():
            say(f"== {step.title}: absent, there is no {step.needs}")
        elif step is not TEST or "--skip-tests" not in arguments:
            results.append(timed(step.title, partial(run_step, step)))
    results.append(timed("wheel", check_wheel))
    say("")
    for title, code, seconds in results:
        say(f"{'FAILED' if code else 'ok':6}  {seconds:6.1f} s  {title}")
    return max(code for _, code, _ in results)


def timed(title: str, task: Callable[[], int]) -> tuple[str, int, float]:
    """Run one task under its title; answer title, exit code and seconds."""
    say(f"== {title}")
    started = time.monotonic()
    return title, task(), time.monotonic() - started


def check_wheel() -> int:
    """Build the sdist, from it the wheel, install that into a clean environment and let it work there."""
    dist, clean = BUILD / "dist", BUILD / "clean-venv"
    for folder in (dist, clean):
        shutil.rmtree(folder, ignore_errors=True)
    code = run_step(Step("sdist", ("-m", "hatchling", "build", "-t", "sdist", "-d", str(dist))))
    if code:
        return code
    pip(VENV, "wheel", "--no-deps", "--wheel-dir", str(dist), *map(str, dist.glob("*.tar.gz")))
    create(clean)
    pip(clean, "install", *map(str, dist.glob("*.whl")))
    smoke = ROOT / "tests" / "support" / "wheel_smoke.py"
    return call([str(python_of(clean)), "-I", str(smoke), str(clean)], BUILD)


def run_bench(*arguments: str) -> int:
    """Run the benchmarks."""
    return run_step(BENCH, *arguments)


def run_docs(*arguments: str) -> int:
    """Write the generated pages again."""
    return max(run_step(step, *arguments) for step in DOCS)


def run_setup(*arguments: str) -> int:
    """Prepare the environment, and install what is named after --also into it."""
    prepare()
    if arguments and arguments[0] != "--also":
        raise Stop("setup knows one option: --also NAME ...")
    if arguments[1:]:
        pip(VENV, "install", "--no-compile", *arguments[1:])
    return 0


def run_pin(*arguments: str) -> int:
    """Write constraints.txt from what is installed, after taking the newest versions when asked to."""
    python = prepare()
    if "--upgrade" in arguments:
        newest = ("--upgrade", "--upgrade-strategy", "eager", "--editable", f"{ROOT}[dev]")
        pip(VENV, "install", "--no-compile", *newest, is_pinned=False)
    listed = ask([str(python), "-c", LIST_INSTALLED])
    if listed.returncode != 0:
        raise Stop(f"What is installed cannot be listed: {listed.stderr.strip()}")
    CONSTRAINTS.write_text(
        pins(CONSTRAINTS.read_text(encoding="utf-8"), listed.stdout.split()), encoding="utf-8"
    )
    prepare()
    return 0


def pins(present: str, installed: Sequence[str]) -> str:
    """The text of constraints.txt: what is installed, and the present pins of what is not."""
    kept = [line.strip() for line in present.splitlines() if line.strip() and not line.startswith("#")]
    versions = dict(line.split("==") for line in kept)
    for line in installed:
        name, version = line.split("==")
        name = name.lower().replace("_", "-").replace(".", "-")
        if name not in NOT_PINNED_HERE:
            versions[name] = version
    return PIN_HEADER + "".join(f"{name}=={version}\n" for name, version in sorted(versions.items()))


# --- The door ------------------------------------------------------------------------------------------

TASKS = {
    "demo": run_demo,
    "test": run_test,
    "check": run_check,
    "bench": run_bench,
    "docs": run_docs,
    "setup": run_setup,
    "pin": run_pin,
}


def say(text: str) -> None:
    """Tell the person at the terminal, in order with what the tools print."""
    print(text, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Run one task; 0 when all is well, 2 when it could not be run at all."""
    if sys.version_info < PYTHON_MIN:
        wanted = ".".join(map(str, PYTHON_MIN))
        say(f"seedfund needs Python {wanted} or newer and this is {sys.version.split()[0]}.")
        return 2
    if not arguments or arguments[0] not in TASKS:
        say(__doc__ or "")
        return 0 if arguments[:1] in ([], ["help"], ["-h"], ["--help"]) else 2
    try:
        return TASKS[arguments[0]](*arguments[1:])
    except Stop as stop:
        say(str(stop))
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
