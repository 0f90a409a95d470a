"""Keys, clocks, states, canonical bytes, secrets, roles and refusals keep their small promises."""

import dataclasses
import hashlib
import json
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.canonical import (
    bytes_of_encoded,
    canonical_bytes,
    canonical_text,
    digest,
    text_of_encoded,
    text_of_texts,
)
from seedfund.kernel.clock import ManualClock, SystemClock
from seedfund.kernel.errors import (
    InvalidInput,
    MissingExtra,
    NotFound,
    RefusalCode,
    Refused,
    SeedfundError,
    refuse,
)
from seedfund.kernel.ids import CountingIds, RandomIds, uuid7
from seedfund.kernel.roles import Assurance
from seedfund.kernel.secret import Secret
from seedfund.kernel.states import StateTable

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DOOR = StateTable("door", "shut", {"shut": ("open", "walled"), "open": ("shut",), "walled": ()})
TOO_MUCH = RefusalCode("too_much", "{wanted} is more than {free}.", "Ask for {free} or less.")


@given(st.integers(min_value=0, max_value=2**48 - 1), st.integers(min_value=0), st.integers(min_value=0))
def test_a_key_carries_its_time_version_and_variant(milliseconds: int, first: int, second: int) -> None:
    key = uuid7(milliseconds, first, second)
    parsed = UUID(key)

    assert (len(key), key) == (32, key.lower())
    assert parsed.int >> 80 == milliseconds
    assert (parsed.int >> 76 & 0xF, parsed.int >> 62 & 0b11) == (7, 0b10)
    assert (parsed.int >> 64 & 0xFFF, parsed.int & (2**62 - 1)) == (first & 0xFFF, second & (2**62 - 1))


def test_random_keys_rise_within_one_millisecond_and_when_the_clock_goes_back() -> None:
    ids = RandomIds()
    standing = [ids.key(NOON) for _ in range(10_000)]
    earlier = ids.key(NOON - timedelta(hours=1))
    later = ids.key(NOON + timedelta(hours=1))
    keys = [*standing, earlier, later]

    assert keys == sorted(set(keys))


def test_counting_keys_are_the_same_in_every_run_and_sort_by_time_first() -> None:
    ids, again = CountingIds(), CountingIds()
    moments = [NOON, NOON, NOON + timedelta(seconds=1)]
    keys = [ids.key(moment) for moment in moments]

    assert keys == [again.key(moment) for moment in moments]
    assert keys == sorted(keys)


def test_a_manual_clock_stands_until_it_is_moved() -> None:
    clock = ManualClock(NOON)
    assert clock.now() == clock.now() == NOON

    clock.advance(timedelta(days=1))
    assert clock.now() == NOON + timedelta(days=1)

    clock.set(NOON)
    assert clock.now() == NOON


def test_the_system_clock_speaks_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_a_clock_cannot_be_set_to_an_instant_without_a_zone() -> None:
    with pytest.raises(InvalidInput, match="no zone"):
        ManualClock(datetime(2026, 1, 1))  # noqa: DTZ001  # A naive instant is what is being tried.


@pytest.mark.parametrize("state", DOOR.states)
@pytest.mark.parametrize("wanted", DOOR.states)
def test_a_step_outside_the_table_is_refused_with_the_steps_that_exist(state: str, wanted: str) -> None:
    if DOOR.allows(state, wanted):
        DOOR.require(state, wanted, which="7")
        return

    with pytest.raises(Refused) as caught:
        DOOR.require(state, wanted, which="7")

    assert caught.value.codes == ("no_such_step",)
    assert caught.value.refusals[0].facts["possible"] == (
        ", ".join(DOOR.steps[state]) or "none, this is an end state"
    )


def test_a_table_tells_its_states_and_ends_in_order() -> None:
    assert DOOR.states == ("shut", "open", "walled")
    assert DOOR.ends == ("walled",)


@pytest.mark.parametrize(("start", "steps"), [("ajar", {"shut": ()}), ("shut", {"shut": ("ajar",)})])
def test_a_table_with_a_loose_end_cannot_be_made(start: str, steps: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(ValueError, match="door"):
        StateTable("door", start, steps)


def test_a_table_cannot_be_changed_afterwards() -> None:
    with pytest.raises(TypeError):
        DOOR.steps["walled"] = ("open",)  # type: ignore[index]  # The write is what is being tried.


def test_canonical_text_is_sorted_tight_and_in_one_unicode_form() -> None:
    composed, decomposed = "Ñandú", unicodedata.normalize("NFD", "Ñandú")

    assert canonical_text({"b": [1, None, True], "a": decomposed}) == '{"a":"Ñandú","b":[1,null,true]}'
    assert canonical_bytes({decomposed: 1}) == canonical_bytes({composed: 1})


@pytest.mark.parametrize(
    "value", [1.5, {"a": 1.0}, [float("nan")], {1: "a"}, b"bytes", {"a"}, NOON, Secret("Rosa")]
)
def test_what_has_no_one_form_is_an_error_and_not_a_guess(value: object) -> None:
    with pytest.raises(TypeError, match="canonical form"):
        canonical_text(value)


def test_names_that_fall_together_are_an_error_and_not_a_loss() -> None:
    with pytest.raises(ValueError, match="two names"):
        canonical_text({"ñ": 1, unicodedata.normalize("NFD", "ñ"): 2})


plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet="añÑ ü1", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(plain_values)
def test_the_order_of_names_changes_no_byte(value: object) -> None:
    turned = dict(reversed(value.items())) if isinstance(value, dict) else value

    assert canonical_bytes(turned) == canonical_bytes(value)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.text(alphabet='añÑn\u0303\u0338"\\\n<= e\u0301', max_size=6),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text("abñ", max_size=3), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_what_was_encoded_has_the_same_canonical_text(value: object) -> None:
    assert text_of_encoded(value) == canonical_text(value)


@given(
    texts=st.lists(
        st.text() | st.sampled_from(["\u0301a", "e\u0301", "\u00e9", '"', "\\", "\x1f"]), max_size=4
    )
)
def test_a_list_of_texts_has_one_form_however_it_is_written(texts: list[str]) -> None:
    assert text_of_texts(texts) == text_of_encoded(texts) == canonical_text(texts)


PLAIN = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
"""What writes the canonical form by its definition, slowly."""


@given(plain_values)
def test_values_are_written_as_pythons_own_encoder_writes_them(value: object) -> None:
    assert canonical_text(value) == text_of_encoded(value) == PLAIN.encode(value)


@pytest.mark.parametrize("plane", range(0, 0x110000, 0x10000))
def test_every_character_is_written_as_pythons_own_encoder_writes_it(plane: int) -> None:
    signs = [chr(code) for code in range(plane, plane + 0x10000) if not 0xD800 <= code < 0xE000]
    composed = [sign for sign in signs if unicodedata.is_normalized("NFC", sign)]
    value = {sign: [sign] for sign in reversed(composed)}

    assert canonical_text(value) == PLAIN.encode(value)


@pytest.mark.parametrize("number", [2**63 - 1, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1, 10**40])
def test_a_whole_number_of_any_size_is_written_digit_by_digit(number: int) -> None:
    assert canonical_text([number]) == text_of_encoded([number]) == f"[{number}]"


@pytest.mark.parametrize("write", [bytes_of_encoded, text_of_encoded, canonical_bytes])
def test_half_a_character_is_an_error_and_no_other_character(write: Callable[[object], object]) -> None:
    with pytest.raises(UnicodeEncodeError):
        write({"a": "\ud800"})


@pytest.mark.parametrize("value", [{"a": NOON}, {"a": NOON.date()}, [Secret("Rosa")], [b"a"]])
def test_what_was_encoded_holds_no_value_without_a_form(value: object) -> None:
    with pytest.raises(TypeError, match="canonical form"):
        text_of_encoded(value)


def test_a_digest_knows_where_its_parts_end() -> None:
    digests = {
        digest("plan", b"ab", b"c"),
        digest("plan", b"a", b"bc"),
        digest("plan", b"abc"),
        digest("plana", b"bc"),
        digest("plan", b"abc", b""),
    }

    assert len(digests) == 5
    assert all(len(value) == 64 for value in digests)


def test_a_digest_never_changes_between_releases() -> None:
    # Stored hashes of papers and chains rest on these bytes: length of the domain, domain, length, part.
    spelled_out = b"\0\0\0\0\0\0\0\x08seedfund" + b"\0\0\0\0\0\0\0\x01" + b"1"

    assert digest("seedfund", b"1") == hashlib.sha256(spelled_out).hexdigest()


@pytest.mark.parametrize("shown", ["repr", "str", "format", "percent", "nested", "error", "aligned"])
def test_a_secret_never_shows_itself(shown: str) -> None:
    secret = Secret("Rosa Fictional")
    texts = {
        "repr": repr(secret),
        "str": str(secret),
        "format": f"{secret}",
        "percent": "%s %r" % (secret, secret),  # noqa: UP031  # Logging formats this way.
        "nested": repr({"name": [secret]}),
        "error": str(ValueError(secret)),
        "aligned": f"{secret:>20}",
    }

    assert "Rosa" not in texts[shown]
    assert secret.reveal() == "Rosa Fictional"


def test_secrets_are_compared_by_what_they_hold() -> None:
    assert Secret("a") == Secret("a") != Secret("b")


def test_a_refusal_carries_code_sentence_remedy_and_facts() -> None:
    refusal = TOO_MUCH(wanted="USD 5.00", free="USD 3.00")

    assert refusal.code == "too_much"
    assert str(refusal) == "USD 5.00 is more than USD 3.00. Ask for USD 3.00 or less."
    assert refusal.facts == {"wanted": "USD 5.00", "free": "USD 3.00"}


@pytest.mark.parametrize("facts", [{"wanted": 5}, {"free": 3}, {}])
def test_a_refusal_without_one_of_its_facts_cannot_be_made(facts: dict[str, object]) -> None:
    with pytest.raises(KeyError):
        TOO_MUCH(**facts)


def test_all_reasons_are_given_at_once_and_none_means_no_error() -> None:
    reasons = [TOO_MUCH(wanted=5, free=3), TOO_MUCH(wanted=9, free=3)]

    refuse([])
    with pytest.raises(Refused) as caught:
        refuse(reason for reason in reasons)

    assert caught.value.refusals == tuple(reasons)
    assert caught.value.codes == ("too_much", "too_much")
    assert "5 is more than 3" in str(caught.value)
    assert "9 is more than 3" in str(caught.value)


def test_a_refused_without_a_reason_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="at least one reason"):
        Refused([])


def test_invalid_input_says_file_row_and_field() -> None:
    complaint = InvalidInput(field="price", problem="it is empty", remedy="write an amount")

    assert str(complaint) == "field price: it is empty; write an amount."
    assert str(complaint.at(row=7, file="items.csv")) == (
        "file items.csv, row 7, field price: it is empty; write an amount."
    )


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (NotFound(what="plan", which="PN-1"), "no plan PN-1"),
        (MissingExtra(extra="ids", what="Checking documents"), "seedfund[ids]"),
    ],
)
def test_every_error_is_of_one_family_and_tells_the_next_step(error: SeedfundError, part: str) -> None:
    assert isinstance(error, SeedfundError)
    assert part in str(error)


def test_assurance_has_an_order() -> None:
    assert Assurance.HOST.at_least(Assurance.PIN)
    assert Assurance.PIN.at_least(Assurance.PIN)
    assert not Assurance.CLAIMED.at_least(Assurance.PIN)


def test_values_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        TOO_MUCH.code = "other"  # type: ignore[misc]  # The write is what is being tried.
