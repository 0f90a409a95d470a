"""Errors that are not refusals, told in the reader's language: known sentences with their facts, any other as it is.

Such an error is raised with an English sentence in which the facts stand already. Here the sentences are known again,
so that somebody at the command line reads them in Spanish. Must not know commands.
"""

import re
from functools import cache
from re import Pattern
from typing import Final

from seedfund.kernel import errors
from seedfund.kernel.messages import translate

NOT_FOUND: Final = "There is no {what} {which} in this programme. Look it up with: seedfund list."
SENTENCES: Final = (
    "there is no database {name} here; make one with: seedfund init",
    "the database is at revision {found}, not {head}; run: seedfund init",
    "there is no key file {name}; make one with: seedfund init",
    "others can read {name} (mode {mode}); run: chmod 600 {same}",
    "the key ring has no key {name}; use the ring that sealed this database.",
    "the database cannot be reached or read; check --db and the server.",
    "the PIN is not that of this actor; set one with: seedfund do store.set_pin",
    "{verb} needs one of these roles: {roles}. Ask an administrator of the programme.",
    "{verb} needs an identity assured by {minimum} or better; this one is {assurance}. "
    "Sign in with a PIN or through the host application.",
    "it is empty",
    "it is missing",
    "it is too short",
    "it is no key",
    "it is no verifier",
    "it names no file",
    "it holds no object",
    "it is not a database URL",
    "nobody was named",
    "no key file was named",
    "there is no such field",
    "there is no such actor",
    "there is no folder {name}",
    "there are two papers for one file",
    "only SQLite files are restored by seedfund",
    "the database has these programmes: {known}",
    "the amount is too large",
    "{text} is no tranche",
    "{text} is not a date",
    "{text} is not a month",
    "{text} is not an instant",
    "{text} has no '='",
    "{text} is not an ISO 4217 currency code",
    "{text} is not an amount in {currency} with '{mark}' as the decimal mark",
    "{name} is there",
    "{day} lies in the future",
    "{day} is more than {days} days ago",
    "a {book} ledger is of one {thing}",
    "ask an administrator to widen the programme's window, or record it with today's date and the paper",
    "choose another name",
    "correct the example's file",
    "give a file or a URL",
    "give a folder",
    "give another file, or --force",
    "give it a value",
    "give the day it happened",
    "give the one that the command before has answered",
    "give --actor HANDLE or set SEEDFUND_ACTOR",
    "give --keys FILE or set SEEDFUND_KEYS",
    "give --programme CODE",
    "give --to FILE; on PostgreSQL use pg_restore",
    "give {expected}",
    "make it first",
    "make it with pin_verifier",
    "name a file: --out FILE",
    "name another folder",
    "name it: seedfund ledger {book} {thing}",
    "name the folder of an example",
    "register the actor first",
    "use at least {count} characters",
    "use one of {known}",
    "write FIELD=VALUE",
    "write PART=FILE",
    "write it as SC-2026-0042/2",
    "write it as year-month, for example 2026-11",
    "write it as year-month-day, for example 2026-11-22",
    "write it like {example}",
    "write one object of fields",
    "write the three capital letters, for example USD",
)
"""What stands in such errors, by the English template; the longer before the shorter where both could fit."""


def told(error: errors.SeedfundError, language: str) -> str:
    """What an error says, in a language."""
    if language == "en":
        return str(error)
    if isinstance(error, errors.NotFound):
        facts = {"what": translate(error.what, language), "which": error.which}
        return translate(NOT_FOUND, language).format_map(facts)
    if isinstance(error, errors.InvalidInput):
        places = (("file", error.file), ("row", error.row), ("field", error.field))
        where = ", ".join(
            f"{translate(name, language)} {place}" for name, place in places if place is not None
        )
        return f"{where}: {known(error.problem, language)}; {known(error.remedy, language)}."
    return known(str(error), language)


def known(text: str, language: str) -> str:
    """A sentence in a language, its facts kept as they are; an unknown one stays English."""
    for template in SENTENCES:
        found = _pattern(template).fullmatch(text)
        if found:
            return translate(template, language).format_map(found.groupdict())
    return text


@cache
def _pattern(template: str) -> Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    return re.compile(
        "".join(f"(?P<{part}>.+)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
    )
