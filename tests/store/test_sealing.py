"""Keys, vaults and blind indexes: what is sealed opens in its own place, under its own ring, and nowhere else."""

import hmac
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.errors import Corrupt, InvalidInput, NotPrepared, StorageError
from seedfund.kernel.secret import Secret
from seedfund.store.sealing.blind import Blinder
from seedfund.store.sealing.keyring import KeyRing, load_keyring, new_keyring, save_keyring
from seedfund.store.sealing.vault import Place, Vault, unwrap_key, wrap_new_key

HERE = Place("sf_identity_sheet", "row1", "content")
VAULT = Vault(b"k" * 32)


@given(st.text())
def test_what_is_sealed_opens_to_the_same_text(text: str) -> None:
    if text == text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"):
        assert VAULT.open(VAULT.seal(Secret(text), HERE), HERE) == Secret(text)


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("sf_identity_document", "row1", "content"),
        Place("sf_identity_sheet", "row2", "content"),
        Place("sf_identity_sheet", "row1", "note"),
    ],
)
def test_a_blob_does_not_open_in_another_place(elsewhere: Place) -> None:
    with pytest.raises(Corrupt):
        VAULT.open(VAULT.seal(Secret("Rosa"), HERE), elsewhere)


def test_a_changed_byte_or_a_plain_text_does_not_open() -> None:
    blob = VAULT.seal(Secret("Rosa"), HERE)
    for position in range(len(blob)):
        changed = bytearray(blob)
        changed[position] ^= 1
        with pytest.raises(Corrupt):
            VAULT.open(bytes(changed), HERE)
    with pytest.raises(Corrupt):
        VAULT.open(b"Rosa", HERE)


def test_a_blob_that_was_cut_off_anywhere_does_not_open() -> None:
    blob = VAULT.seal(Secret("Rosa"), HERE)

    for length in range(len(blob)):
        with pytest.raises(Corrupt, match="does not open in its place"):
            VAULT.open(blob[:length], HERE)


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert VAULT.seal(Secret("Rosa"), HERE) != VAULT.seal(Secret("Rosa"), HERE)


def test_a_data_key_opens_for_its_own_subject_and_ring_only() -> None:
    ring, other = new_keyring(), new_keyring()
    data_key, wrapped = wrap_new_key(ring, "person1")

    assert unwrap_key(ring, "k1", wrapped, "person1") == data_key
    with pytest.raises(Corrupt):
        unwrap_key(ring, "k1", wrapped, "person2")
    with pytest.raises(Corrupt):
        unwrap_key(other, "k1", wrapped, "person1")
    with pytest.raises(NotPrepared, match="k9"):
        unwrap_key(ring, "k9", wrapped, "person1")


def test_old_blobs_open_after_the_ring_was_rotated() -> None:
    ring = new_keyring()
    data_key, wrapped = wrap_new_key(ring, "person1")
    rotated = ring.rotated("k2")

    assert (rotated.current, unwrap_key(rotated, "k1", wrapped, "person1")) == ("k2", data_key)
    with pytest.raises(InvalidInput):
        rotated.rotated("k1")


def test_blind_indexes_differ_by_programme_kind_and_ring() -> None:
    ring, value = new_keyring(), Secret("1710034065")
    digests = {
        Blinder(ring, "a").index("document", value),
        Blinder(ring, "b").index("document", value),
        Blinder(ring, "a").index("phone", value),
        Blinder(new_keyring(), "a").index("document", value),
    }

    assert len(digests) == 4
    assert Blinder(ring, "a").index("document", value) in digests


@given(content=st.binary(max_size=200))
def test_a_fingerprint_is_the_hmac_of_the_standard(content: bytes) -> None:
    ring = new_keyring()
    expected = hmac.digest(ring.derive("seedfund.fingerprint.a"), content, "sha256").hex()

    assert Blinder(ring, "a").fingerprint(content) == expected


def test_the_key_file_is_for_its_owner_alone_and_is_never_overwritten(tmp_path: Path) -> None:
    path, ring = tmp_path / "programme.key", new_keyring()
    save_keyring(ring, path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_keyring(path) == ring
    with pytest.raises(StorageError, match="never overwritten"):
        save_keyring(new_keyring(), path)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_a_key_file_others_can_read_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "programme.key"
    save_keyring(new_keyring(), path)
    path.chmod(0o644)

    with pytest.raises(NotPrepared, match="chmod 600"):
        load_keyring(path)


@pytest.mark.parametrize("content", ["", "{}", '{"version": 2}', '{"version": 1, "keys": {"k1": "AA"}}'])
def test_a_file_that_is_no_key_ring_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "programme.key"
    path.write_text(content)
    path.chmod(0o600)

    with pytest.raises(NotPrepared):
        load_keyring(path)


def test_keys_and_vaults_never_show_themselves() -> None:
    ring = KeyRing(keys={"k1": b"topsecrettopsecrettopsecrettops!"}, current="k1", index_root=b"r" * 32)
    shown = f"{ring!r} {VAULT!r} {Blinder(ring, 'a')!r} {Secret('Rosa')!r} {Secret('Rosa')}"

    assert "topsecret" not in shown
    assert "Rosa" not in shown
