"""A paper's content survives the way into plain data and back, and a changed word changes its hash."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from seedfund.documents.content import CONTENTS, content_from_json, content_hash
from seedfund.kernel.canonical import canonical_bytes, digest
from seedfund.kernel.errors import InvalidInput
from tests.documents import samples
from tests.documents.samples import all_papers, usd

PAPERS = {content.paper: content for content in all_papers()}


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from leaves(value, (*path, name))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from leaves(value, (*path, index))
    else:
        yield path, data


def changed(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = changed(data[path[0]], path[1:], value)
    return copy


def test_there_is_a_sample_of_every_paper() -> None:
    assert set(PAPERS) == set(CONTENTS)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_content_comes_back_from_its_plain_data(paper: str) -> None:
    content = PAPERS[paper]

    data = content.to_json()

    assert canonical_bytes(data)
    assert content_from_json(data) == content
    assert type(content).from_json(data) == content


@pytest.mark.parametrize("paper", PAPERS)
def test_every_single_value_counts_in_the_hash(paper: str) -> None:
    data = PAPERS[paper].to_json()
    seen = {content_hash(data)}

    for path, value in leaves(data):
        other = (
            (not value) if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}x"
        )
        seen.add(content_hash(changed(data, path, other)))

    assert len(seen) == 1 + len(list(leaves(data)))


def test_the_hash_is_that_of_the_canonical_bytes_under_its_own_word() -> None:
    data = samples.agreement().to_json()

    assert content_hash(data) == digest("seedfund.paper.v1", canonical_bytes(data))


@pytest.mark.parametrize("paper", PAPERS)
def test_no_content_shows_a_name_when_it_is_logged(paper: str) -> None:
    shown = repr(PAPERS[paper]) + str(PAPERS[paper])

    assert "Ejemplo" not in shown
    assert "0400000000" not in shown


def test_plain_data_of_another_paper_is_refused() -> None:
    data = samples.agreement().to_json()

    with pytest.raises(InvalidInput, match="another paper"):
        type(samples.handover()).from_json(data)
    with pytest.raises(InvalidInput, match="no such paper"):
        content_from_json({**data, "paper": "poem"})
    with pytest.raises(InvalidInput, match=r"owner\.person\.name: it is missing"):
        content_from_json(changed(data, ("owner", "person"), {"document": "x"}))
    with pytest.raises(InvalidInput, match="there is no such field"):
        content_from_json({**data, "colour": "blue"})


@pytest.mark.parametrize(
    ("make", "changes", "field"),
    [
        (samples.agreement, {"amount": usd(50001)}, "tranches"),
        (samples.agreement, {"investment_total": usd(61999)}, "items"),
        (samples.agreement, {"own_contribution": usd(12001)}, "investment_total"),
        (samples.addendum, {"amount_after": usd(50000)}, "tranches"),
        (samples.scholarship_agreement, {"amount": usd(20001)}, "lines"),
        (samples.scholarship_agreement, {"fee": usd(11999)}, "fee"),
        (samples.handover, {"total": usd(1)}, "items"),
        (samples.close_out, {"open_amount": usd(0)}, "disbursed"),
        (samples.close_out, {"justified": usd(1)}, "lines"),
        (samples.close_out, {"payments": ()}, "payments"),
        (samples.committee_minutes, {"granted": usd(1)}, "cases"),
        (samples.committee_minutes, {"requested": usd(1)}, "requested"),
        (samples.committee_minutes, {"available": usd(94999)}, "granted"),
        (samples.official_receipt, {"owed_after": usd(0)}, "owed_after"),
    ],
)
def test_figures_that_do_not_add_up_never_become_a_paper(
    make: Any, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        make(**changes)

    assert refused.value.field == field


def test_two_currencies_on_one_paper_are_refused() -> None:
    tranche = samples.tranches()[0]

    with pytest.raises(InvalidInput, match="cannot be added"):
        samples.agreement(tranches=(replace(tranche, amount=replace(tranche.amount, currency="EUR")),))
