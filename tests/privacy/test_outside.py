"""What leaves the house names nobody: journals, published grants, activities and extracts."""

import csv
import io
import json
import re
from collections import Counter
from typing import Final

import click
import pytest
from click.testing import CliRunner, Result

from seedfund.cli.app import cli
from seedfund.cli.commands.export import command as exports
from seedfund.interchange.rules.extracting import WITHHELD
from seedfund.interchange.rules.publishing import LEAST_ALIKE
from seedfund.interchange.service import MakeExtract, handed_out, make_extract
from seedfund.kernel.roles import Role
from seedfund.people.rules import SEE_RESTRICTED
from seedfund.reports.queries.desk import list_rows
from tests.privacy.planting import ACTOR, Planted

PUBLISHED: Final = ("--organisation", "EC-RUC-1790000000001")
ASKED: Final[dict[str, tuple[str, ...]]] = {
    "hledger": (),
    "beancount": (),
    "360giving": ("--prefix", "360G-example", *PUBLISHED),
    "iati": (
        *PUBLISHED,
        *("--type", "22", "--country", "EC", "--commitments"),
        *("--donor", "UNHCR=XM-DAC-41121", "--donor", "HOST=XM-EXAMPLE-1"),
    ),
}
"""What each form that others read is asked for."""
ELSEWHERE: Final = frozenset(("extract", "payment_list"))
"""Looked at below, and in the tests of payouts: a provider's file has names and accounts in it, and is logged."""
OURS: Final = re.compile(r"\b(?:PT|HH|SC|BV|CT|AG|PG|JU|BP)-\d{4}-\d+")
"""Numbers under which the house knows people and what is theirs."""
Extracts = dict[str, dict[str, list[dict[str, str]]]]
"""Recipient → table → rows."""
RECIPIENTS: Final = ("UNHCR auditors", "Donor Example")


def run(planted: Planted, role: Role, *arguments: str) -> Result:
    """A command of the CLI by somebody of a role."""
    db = str(planted.stage.into / "seedfund.db")
    return CliRunner().invoke(
        cli, ["--lang", "en", "--db", db, "--actor", ACTOR.format(role=role.value), *arguments]
    )


def test_every_form_was_judged() -> None:
    assert isinstance(exports, click.Group)
    assert set(exports.commands) == {*ASKED, *ELSEWHERE}, "a form of export nobody judged"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.PROTECTION_OFFICER])
@pytest.mark.parametrize("form", list(ASKED))
def test_no_form_that_others_read_has_a_needle_in_it(planted: Planted, form: str, role: Role) -> None:
    result = run(planted, role, "export", form, *ASKED[form])

    assert result.exit_code == 0, result.output
    assert len(result.stdout) > 1_000
    assert planted.needles.in_text(result.output) == set()


@pytest.mark.parametrize("form", ["360giving", "iati"])
def test_what_is_published_has_no_number_of_the_house(planted: Planted, form: str) -> None:
    result = run(planted, Role.PROGRAMME_MANAGER, "export", form, *ASKED[form])

    assert OURS.findall(result.stdout) == []


def test_what_is_published_of_a_grant_is_shared_by_enough_and_of_nobody_restricted(planted: Planted) -> None:
    package = json.loads(
        run(planted, Role.PROGRAMME_MANAGER, "export", "360giving", *ASKED["360giving"]).stdout
    )
    alike = Counter(
        (one["title"], one["awardDate"], one["description"], one["currency"]) for one in package["grants"]
    )

    assert package["grants"]
    assert min(alike.values()) >= LEAST_ALIKE
    assert {one["recipientIndividual"]["name"] for one in package["grants"]} == {"Individual recipient"}
    assert all("geoCode" not in str(one.get("beneficiaryLocation")) for one in package["grants"])


@pytest.fixture(scope="module")
def extracts(planted: Planted) -> Extracts:
    """The tables of an extract for two recipients, and of one with restricted people; nothing is kept."""
    found = {}
    with planted.looking(Role.PROTECTION_OFFICER) as work:
        for recipient in (*RECIPIENTS, "with restricted"):
            asking = MakeExtract(
                key=recipient,
                recipient=recipient,
                engagement="Audit 2026",
                purpose="sample",
                with_restricted=recipient not in RECIPIENTS,
            )
            files = handed_out(work, make_extract(work, asking).number)
            assert planted.needles.in_text("".join(one.name + one.content.decode() for one in files)) == set()
            assert OURS.findall("".join(one.content.decode() for one in files)) == []
            found[recipient] = {
                one.name: list(csv.DictReader(io.StringIO(one.content.decode("utf-8-sig")))) for one in files
            }
        found["log"] = {
            "log": [{name: str(value) for name, value in row.items()} for row in list_rows(work, "extracts")]
        }
    return found


def test_no_extract_has_a_needle_a_number_or_a_day_of_birth_in_it(
    planted: Planted, extracts: Extracts
) -> None:
    for tables in extracts.values():
        assert planted.needles.in_text(json.dumps(tables)) == set()
    for row in extracts[RECIPIENTS[0]]["people.csv"]:
        assert not re.search(r"(19|20)\d\d", row["age_band"])


def test_tokens_of_two_recipients_have_nothing_in_common(
    extracts: Extracts,
) -> None:
    tokens = [
        {
            row[column]
            for name, column in (
                ("people.csv", "person"),
                ("people.csv", "household"),
                ("grants.csv", "grant"),
            )
            for row in extracts[recipient][name]
        }
        for recipient in RECIPIENTS
    ]
    orders = [
        [(row["benefit"], row["awarded_on"], row["awarded"]) for row in extracts[recipient]["grants.csv"]]
        for recipient in RECIPIENTS
    ]

    assert len(tokens[0]) == len(tokens[1])
    assert tokens[0] & tokens[1] == {""} & tokens[0]
    # Rows stand in the order of tokens: beside each other they are two shuffles.
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(orders[1])


def test_nobody_stands_in_an_extract_with_what_few_share_or_beside_somebody_restricted(
    planted: Planted, extracts: Extracts
) -> None:
    people = extracts[RECIPIENTS[0]]["people.csv"]
    traits = Counter(
        tuple(row[name] for name in ("sex", "age_band", "population_group", "disability")) for row in people
    )
    phases = Counter(row["phase"] for row in people)
    hidden = {home for home, members in planted.homes.items() if members & planted.restricted}

    assert all(count >= LEAST_ALIKE or set(one) == {WITHHELD} for one, count in traits.items())
    assert all(count >= LEAST_ALIKE or one == WITHHELD for one, count in phases.items())
    assert len({row["household"] for row in people}) <= len(planted.homes) - len(hidden)
    assert len(extracts["with restricted"]["people.csv"]) > len(people)


def test_a_phase_that_one_household_has_is_withheld(planted: Planted) -> None:
    home = next(home for home, members in planted.homes.items() if not members & planted.restricted)
    with planted.looking(Role.PROGRAMME_MANAGER) as work:
        work.session.connection().exec_driver_sql(
            "UPDATE sf_household SET phase = ? WHERE number = ?", ("Refugio Calle 9", planted.numbers[home])
        )
        asking = MakeExtract(key="phase", recipient="Donor", engagement="Audit 2026", purpose="sample")
        files = handed_out(work, make_extract(work, asking).number)

    people = next(one.content.decode() for one in files if one.name == "people.csv")
    assert "Refugio" not in people
    assert WITHHELD in people


def test_the_log_says_who_got_what(extracts: Extracts) -> None:
    log = {row["recipient"]: row for row in extracts["log"]["log"]}

    assert set(log) == {*RECIPIENTS, "with restricted"}
    for recipient in RECIPIENTS:
        assert log[recipient]["with_restricted"] == "False"
        for name in ("people", "grants", "payments"):
            rows = [row for row in extracts[recipient][f"{name}.csv"] if row.get("record", "row") == "row"]
            assert int(log[recipient][name]) == len(rows)


@pytest.mark.parametrize("role", [role for role in Role if role not in SEE_RESTRICTED])
def test_an_extract_with_restricted_people_is_made_by_named_roles_alone(planted: Planted, role: Role) -> None:
    given = ("recipient=R", "engagement=E", "purpose=P", "with_restricted=true")
    options = [part for one in given for part in ("--set", one)]
    result = run(planted, role, "do", "interchange.make_extract", *options)

    assert result.exit_code == 1
    assert planted.needles.in_text(result.output) == set()
