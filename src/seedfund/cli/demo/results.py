"""What the demo leaves behind: books, reports, and the summary of money by fund."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

from seedfund.cli.demo.stage import FOLDERS, Stage
from seedfund.cli.demo.tally import READS, tally
from seedfund.cli.reporting import imprint_of
from seedfund.funds.queries import list_funds
from seedfund.grants.queries.grants import list_grants
from seedfund.grants.rules.words import BasisKind
from seedfund.kernel.money import PLAIN, Money, format_minor
from seedfund.reports.folio.drawing import render_folio_pdf
from seedfund.reports.folio.writing import folio_json
from seedfund.reports.folios import FOLIOS
from seedfund.reports.make import Asked, make_report
from seedfund.reports.queries.balances import fund_summaries
from seedfund.reports.queries.scope import open_scope
from seedfund.reports.render.csv import render_csv
from seedfund.reports.render.imprint import Imprint
from seedfund.reports.render.json import render_json
from seedfund.reports.render.pdf import render_pdf
from seedfund.reports.value import Report

PRINTED_BY: Final = "finanzas1"


Render = Callable[[Report, BinaryIO], None]


def write_books(stage: Stage) -> list[Path]:
    """Ledgers and reports, each as PDF, CSV and JSON."""
    written = []
    with stage.acting(PRINTED_BY) as work:
        found = list_funds(work.reader(), work.programme.id)
        funds, whole = [fund.code for fund in found], min(fund.starts for fund in found)
        # A transfer has neither agreement nor receipts: its line in the fund ledger says all there is.
        grants = [
            grant.number
            for grant in list_grants(work.reader(), work.programme.id)
            if grant.basis_kind != BasisKind.ELIGIBILITY_LIST
        ]
        imprint = imprint_of(work)
        ledgers = [("fund_ledger", fund, Asked(fund=fund)) for fund in funds]
        ledgers += [
            ("cash_book", row["code"], Asked(account=row["code"]))
            for row in stage.part("bank_accounts", "bank_accounts")
        ]
        ledgers += [("participant_grant_ledger", number, Asked(number=number)) for number in grants]
        reports = [("budget_vs_actual", fund, Asked(fund=fund, since=whole)) for fund in funds]
        reports += [
            (name, "", Asked(since=whole))
            for name in (
                "trial_balance",
                "fund_summary",
                "week",
                "open_advances_ageing",
                "exceptions",
                "indicators",
            )
        ]
        for folder, wanted in (("ledgers", ledgers), ("reports", reports)):
            for name, which, asked in wanted:
                report = make_report(work, name, asked)
                stem = f"{name}_{which}" if which else name
                written += _write(stage.into / folder / stem, report, imprint, work.programme.language)
    return written


def write_folios(stage: Stage) -> list[Path]:
    """The programme's report with its charts, and the page of the first household, each as PDF and JSON."""
    first = stage.part("households", "households")[0]["household"]
    number = stage.households([first])[first]
    written = []
    with stage.acting(READS) as work:
        language = work.programme.language
        imprint = imprint_of(work)
        for name, asked in (("programme", Asked()), ("household", Asked(number=number))):
            folio = FOLIOS[name].make(work, asked, language)
            stem = stage.into / "reports" / (f"{name}_{number}" if asked.number else name)
            drawn = io.BytesIO()
            render_folio_pdf(folio, drawn, language=language, imprint=imprint)
            for ending, content in (
                ("pdf", drawn.getvalue()),
                ("json", folio_json(folio, language=language)),
            ):
                written.append(stem.with_name(f"{stem.name}.{ending}"))
                written[-1].write_bytes(content)
    return written


def _write(stem: Path, report: Report, imprint: Imprint, language: str) -> list[Path]:
    renders: dict[str, Render] = {
        "pdf": lambda made, out: render_pdf(made, out, language=language, imprint=imprint),
        "csv": lambda made, out: render_csv(made, out, language=language),
        "json": lambda made, out: render_json(made, out, language=language),
    }
    paths = []
    for ending, render in renders.items():
        path = stem.with_name(f"{stem.name}.{ending}")
        with path.open("wb") as out:
            render(report, out)
        paths.append(path)
    return paths


FIGURES: Final = ("awarded", "lapsed", "committed", "disbursed", "justified", "returned", "free")
"""`awarded` is as decided; what came to nothing before it was signed is `lapsed`, so awarded − lapsed was promised."""


def summary(stage: Stage) -> dict[str, Any]:
    """Money by fund in plain figures, grants and accompaniment by state, and where everything lies."""
    with stage.acting("auditoria1") as work:
        funds = [
            {
                "fund": one.fund,
                "currency": one.awarded.currency,
                **{name: _plain(getattr(one, name)) for name in FIGURES},
            }
            for one in fund_summaries(open_scope(work))
        ]
        states: dict[str, int] = {}
        for grant in list_grants(work.reader(), work.programme.id):
            state = (
                grant.state
                if grant.end_reason in (None, "completed")
                else f"{grant.state}: {grant.end_reason}"
            )
            states[state] = states.get(state, 0) + 1
    files = {
        name: sorted(f"{name}/{path.name}" for path in (stage.into / name).iterdir()) for name in FOLDERS
    }
    return {
        "programme": stage.code,
        "funds": funds,
        "grants": dict(sorted(states.items())),
        "accompaniment": tally(stage),
        "files": files,
        "commands": stage.commands,
    }


def _plain(amount: Money) -> str:
    return format_minor(amount.minor, amount.currency, PLAIN)


def write_summary(stage: Stage) -> dict[str, Any]:
    """The summary as `summary.json`, and as a value to be shown."""
    found = summary(stage)
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    (stage.into / "summary.json").write_text(text, encoding="utf-8")
    return found
