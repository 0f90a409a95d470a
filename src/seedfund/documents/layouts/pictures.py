"""What the pictures of a paper show, in words, for who does not see them. Must not know content or wording.

Nobody who speaks them natively has read the lines in Arabic, Burmese, French, Kichwa, Portuguese and Thai yet.
"""

from collections.abc import Mapping
from typing import Final

CODE_IN_WORDS: Final[Mapping[str, str]] = {
    "es": "Código QR para comprobar este papel: {number}",
    "en": "QR code to check this paper: {number}",
    "fr": "Code QR pour vérifier ce document : {number}",
    "pt": "Código QR para verificar este documento: {number}",
    "ar": "رمز QR للتحقق من هذه الوثيقة: {number}",
    "th": "รหัสคิวอาร์สำหรับตรวจสอบเอกสารนี้: {number}",
    "my": "ဤစာရွက်ကို စစ်ဆေးရန် QR ကုဒ်: {number}",
    "qu": "Kay killkata rikunkapak QR: {number}",
}
"""The square code at the head of a paper."""
