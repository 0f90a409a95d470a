"""What a paper consists of, as values."""

import copy

import pytest

from seedfund.paper.blocks import Span


def test_a_span_leads_nowhere_but_to_the_web_and_to_mail() -> None:
    assert Span("help", link="mailto:a@example.org").link
    with pytest.raises(ValueError, match="https://, mailto:"):
        Span("help", link="file:///etc/passwd")


def test_a_copy_of_a_span_is_the_same() -> None:
    span = Span("ကူညီ", True, language="my", link="https://example.org")
    for again in (copy.copy(span), copy.deepcopy(span)):
        assert again == span
        assert type(again) is Span


def test_words_in_bold_keep_all_else() -> None:
    span = Span("y", italic=True, language="qu", link="https://example.org")
    assert span.in_bold == Span("y", True, True, language="qu", link="https://example.org")
    assert span.with_text("n").in_bold.in_bold == span.in_bold.with_text("n")
