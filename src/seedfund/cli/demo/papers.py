"""Papers of the demo: each is issued on the day of what it tells, by whoever did it, and printed at the end."""

from collections.abc import Iterable

from seedfund.cli.demo.cases import Case, Cases
from seedfund.cli.demo.stage import Stage
from seedfund.documents.service import (
    IssueCloseOutPaper,
    IssueCommitteeMinutes,
    IssueHandoverPaper,
    IssueOfficialReceipt,
    issue_close_out_paper,
    issue_committee_minutes,
    issue_handover_paper,
    issue_official_receipt,
    print_paper,
)
from seedfund.funds.queries import budget_line
from seedfund.kernel.money import total
from seedfund.kernel.secret import Secret


def issue_minutes(stage: Stage, cases: Cases, session: str) -> str:
    """The minutes of a session, with what its lines had left when it sat: decisions set nothing aside yet."""
    lines = sorted(
        {(case.row["fund"], case.row["line"]) for case in cases.by_key.values() if case.row["fund"]}
    )
    with stage.acting("secretaria1") as work:
        found = [budget_line(work.reader(), work.programme.id, fund, line).available for fund, line in lines]
        issuing = IssueCommitteeMinutes(
            key=stage.key("minutes"), session=session, available=total(found, stage.currency)
        )
        return issue_committee_minutes(work, issuing).number


def issue_handover(stage: Stage, act: str) -> None:
    """The act of a handover."""
    with stage.acting("inclusion1") as work:
        issue_handover_paper(work, IssueHandoverPaper(key=stage.key("paper", act), act=act))


def issue_receipt(stage: Stage, refund: str) -> None:
    """The official receipt of money that came back, by who took it."""
    with stage.acting("caja1") as work:
        issue_official_receipt(work, IssueOfficialReceipt(key=stage.key("paper", refund), refund=refund))


def issue_close_outs(stage: Stage, closed: list[Case]) -> None:
    """The closing statements, each with what is to be said of a business that ended this way."""
    opinions = {row["path"]: Secret(row["opinion"]) for row in stage.rows("opinions")}
    for case in closed:
        with stage.acting("inclusion1") as work:
            issuing = IssueCloseOutPaper(
                key=stage.key("paper", case.close_out),
                close_out=case.close_out,
                opinion=opinions[case.path],
            )
            issue_close_out_paper(work, issuing)


def print_papers(stage: Stage, cases: Cases, others: Iterable[str], minutes: str) -> None:
    """Print every paper that was issued into its folder, named by its number; `others` are further agreements."""
    awarded = cases.awarded()
    agreements = [*(case.agreement for case in awarded if case.agreement), *others]
    acts = [
        number for case in awarded for number in (*case.handovers, *case.refunds, case.close_out) if number
    ]
    for folder, numbers in (("agreements", agreements), ("acts", [*acts, *([minutes] if minutes else [])])):
        for number in numbers:
            with stage.acting("direccion1") as work:
                (stage.into / folder / f"{number}.pdf").write_bytes(print_paper(work, number))
