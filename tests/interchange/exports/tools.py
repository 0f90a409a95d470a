"""Reads journals back: with hledger and beancount where they are installed, and always with a few lines of its own."""

import re
import shutil
import subprocess
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

HLEDGER_SIDE = re.compile(r"    (\S+)  (-?[\d.]+) ([A-Z]{3})(?: = (-?[\d.]+) [A-Z]{3})?(?:  ; row:\d+)?")
BEANCOUNT_SIDE = re.compile(r"  ([A-Z]\S+:\S+)  (-?[\d.]+) ([A-Z]{3})")
BEANCOUNT_BALANCE = re.compile(r"\d{4}-\d\d-\d\d balance (\S+)  (-?[\d.]+) ~ 0 [A-Z]{3}")
HLEDGER_CODE = re.compile(r"account (\S+)\n    ; code:(\S+)")
BEANCOUNT_CODE = re.compile(r"open (\S+) [A-Z]{3}\n  code: \"(\S+)\"")

Sums = dict[str, Decimal]


def summed(text: str) -> tuple[Sums, Sums]:
    """What the postings of a journal add up to by account, and what its assertions say."""
    sums: Sums = defaultdict(Decimal)
    said: Sums = {}
    for line in text.splitlines():
        if found := HLEDGER_SIDE.fullmatch(line) or BEANCOUNT_SIDE.fullmatch(line):
            sums[found[1]] += Decimal(found[2])
            if found.lastindex == 4 and found[4] is not None:
                said[found[1]] = Decimal(found[4])
        elif found := BEANCOUNT_BALANCE.fullmatch(line):
            said[found[1]] = Decimal(found[2])
    return dict(sums), said


def codes(text: str) -> dict[str, str]:
    """The code of each account that a journal declares, by its name."""
    return dict([*HLEDGER_CODE.findall(text), *BEANCOUNT_CODE.findall(text)])


def checked(form: str, text: str, folder: Path) -> tuple[int, str]:
    """What the tool itself says of a journal: its exit code and its words."""
    path = folder / f"books.{form}"
    path.write_text(text, encoding="utf-8")
    if form == "hledger":
        return ran("hledger", "-f", str(path), "check", "--strict")
    return ran("bean-check", str(path))


def ran(tool: str, *arguments: str) -> tuple[int, str]:
    """Run a tool, or skip where it is not installed."""
    found = shutil.which(tool)
    if found is None:
        pytest.skip(f"{tool} is not installed; Debian has it in hledger or beancount")
    environment = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [found, *arguments], capture_output=True, text=True, env=environment, check=False, timeout=60
    )
    return done.returncode, done.stdout + done.stderr
