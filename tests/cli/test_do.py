"""`do` speaks to people: what a command asks for and answers stands in the reader's words, and JSON stays as it is."""

import json
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedfund.cli.catalogue import (
    KINDS,
    LIST,
    MAPPING,
    all_verbs,
    fields_of,
    find_verb,
    results_of,
    summary_of,
)
from seedfund.cli.commands.do import ASKED, COMMAND
from seedfund.cli.docs import state_tables
from seedfund.cli.labels import VALUE, label, meaning, shown
from seedfund.grants.rules.payable import GRANT_NOT_IN_FORCE
from seedfund.grants.rules.receiving import PARTICIPATION_ENDED
from seedfund.grants.rules.words import PaymentMethod
from seedfund.kernel.messages import sentence, translate
from seedfund.kernel.money import Money
from tests.cli.test_errors import here, run

__all__ = ["here"]
NAMED_ALIKE = ["plan", "roles", "total"]
SAID_ALIKE = {"adenda", "cheque", "convenio", "error", "irregular", "verbal"}
"""Names and words that read alike in both languages."""


def words_asked() -> Iterator[str]:
    for verb in all_verbs():
        for one in fields_of(verb):
            yield from one.values


def test_a_field_is_told_with_what_it_is_and_the_words_it_takes(here: Path) -> None:
    result = run("do", "grants.record_refund", "--fields", lang="es")

    lines = {line.split()[0]: line for line in result.stdout.splitlines()}
    assert lines["campo"].split("  ")[-1].strip() == "palabras"
    assert "cash (efectivo), cheque, withdrawal_code (código de retiro)" in lines["method"]
    assert "cuenta del dinero" in lines["bank_account"]
    assert "monto, como USD 125.00" in lines["amount"]
    assert (" sí " in lines["grant"], " no " in lines["payer"]) == (True, True)
    assert " no " in lines["key"]


def test_every_command_that_is_listed_is_found_by_its_name() -> None:
    assert [verb.name for verb in all_verbs() if find_verb(verb.name) is not verb] == []


def test_scripts_get_the_words_a_field_takes_under_english_keys(here: Path) -> None:
    result = run("do", "grants.record_refund", "--fields", "--format", "json", lang="es")

    (method,) = [row for row in json.loads(result.stdout) if row["field"] == "method"]
    assert method == {
        "field": "method",
        "kind": "one of the words",
        "required": False,
        "values": [item.value for item in PaymentMethod],
    }


def test_the_fields_inside_a_group_are_told_by_the_path_that_reaches_them(here: Path) -> None:
    result = run("do", "people.register_household", "--fields", "--format", "json")

    kinds = {row["field"]: row["kind"] for row in json.loads(result.stdout)}
    assert kinds["members"] == "list of: the fields below"
    assert kinds["members[].person.identity.given_names"] == "text, kept sealed"


def test_no_field_of_any_command_is_told_as_a_type_of_python() -> None:
    bare = {
        one.kind.removeprefix(LIST.format(kind="")).removeprefix(MAPPING.format(kind=""))
        for verb in all_verbs()
        for one in fields_of(verb)
    }

    assert bare <= set(KINDS)


def test_what_commands_do_ask_for_and_answer_is_all_in_spanish() -> None:
    verbs = list(all_verbs())
    summaries = {summary_of(verb) for verb in verbs}
    names = {one.field.rpartition(".")[2] for verb in verbs for one in fields_of(verb)}
    names |= {name for verb in verbs for name in results_of(verb)}

    assert [text for text in summaries if translate(text, "es", context=COMMAND) == text] == []
    assert [text for text in KINDS if translate(text, "es", context=ASKED) == text] == []
    assert sorted(name for name in names if label(name, "es") == name.replace("_", " ")) == NAMED_ALIKE


def test_what_other_commands_answer_is_called_in_spanish_too(here: Path) -> None:
    told = run("init", lang="es").stdout.splitlines()
    kinds = run("import", "--kinds", lang="es").stdout.splitlines()

    assert "archivo de la clave creado: no" in told
    assert kinds[0].split() == ["clase", "en", "español", "archivos", "se", "recibe", "qué", "es"]
    assert any(line.startswith("households ") for line in kinds)


def test_every_word_a_field_takes_has_its_meaning_in_spanish() -> None:
    assert {word for word in words_asked() if meaning(word, "es") == word} == SAID_ALIKE


def test_a_word_of_several_lists_is_said_for_all_of_them_or_for_each() -> None:
    lists: dict[str, set[str]] = {}
    for word in words_asked():
        lists.setdefault(str(word), set()).add(type(word).__name__)
    for name, table in state_tables().items():
        for state in table.states:
            if state in lists:
                lists[state].add(name)
    shared = {word: homes for word, homes in lists.items() if len(homes) > 1}

    def is_said(asked: str) -> bool:
        return translate(asked, "es", context=VALUE) != asked

    unsaid = {
        f"{home}.{word}"
        for word, homes in shared.items()
        for home in homes - state_tables().keys()
        if not is_said(word) and not is_said(f"{home}.{word}")
    }

    assert {"host", "declined", "returned"} <= shared.keys()
    assert unsaid == set()


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("people.register_household", "host (comunidad de acogida)"),
        ("grants.decline_award", "declined (declinado)"),
        ("people.change_participation", "returned (retornó a su lugar de origen)"),
        ("people.change_participation", "declined (no aceptó el servicio)"),
        ("approvals.propose_policy", "host (aplicación anfitriona)"),
    ],
)
def test_a_word_means_what_it_means_in_the_list_of_its_field(here: Path, verb: str, said: str) -> None:
    assert said in run("do", verb, "--fields", lang="es").stdout


def test_a_declined_grant_is_called_so_in_a_refusal_and_a_departure_by_its_own_words() -> None:
    refused = GRANT_NOT_IN_FORCE(number="SC-2026-0001", state="declined")
    ended = PARTICIPATION_ENDED(participant="PT-2026-0001", number="SC-2026-0001", reason="returned")

    assert "«declinado»" in sentence(refused, "es")
    assert "retornó a su lugar de origen" in sentence(ended, "es")
    assert shown("declined", "es", name="state") == "declinado"


def test_commands_are_listed_with_what_they_do_and_who_may(here: Path) -> None:
    result = run("do", lang="es")

    (refund,) = [line for line in result.stdout.splitlines() if line.startswith("grants.record_refund ")]
    assert "Recibe dinero que volvió" in refund
    assert "caja" in refund


def test_a_result_is_told_in_the_readers_words_and_in_json_as_it_is_stored(here: Path) -> None:
    filing = ("do", "register.file_evidence", "--set", f"sha256={'ab' * 32}", "--set", "kind=minutes")
    told = run(*filing, "--set", "description=acta", "--key", "f1", lang="es")
    stored = run(*filing, "--set", "description=acta", "--key", "f1", "--format", "json", lang="es")

    assert "ya estaba: no" in told.stdout.splitlines()
    assert json.loads(stored.stdout)["was_known"] is False


@pytest.mark.parametrize(
    ("value", "spanish", "english"),
    [
        (True, "sí", "yes"),
        (None, "—", "—"),
        (Money(125050, "USD"), "USD 1.250,50", "USD 1,250.50"),
        (PaymentMethod.CASH, "efectivo", "cash"),
        ((PaymentMethod.CASH, PaymentMethod.BANK), "efectivo, banco", "cash, bank"),
        ({"minor": 500, "currency": "USD"}, "USD 5,00", "USD 5.00"),
    ],
)
def test_a_value_is_shown_as_its_language_writes_it(value: typing.Any, spanish: str, english: str) -> None:
    assert (shown(value, "es"), shown(value, "en")) == (spanish, english)
