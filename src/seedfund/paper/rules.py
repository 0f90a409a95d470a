"""What paper refuses, before anything is drawn. Must not know fonts, files or ReportLab."""

import unicodedata
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode

CHARACTER_WITHOUT_FONT: Final = RefusalCode(
    "character_without_font",
    "The field {field} holds the character {character}, which no font on hand can draw.",
    "Write it with other letters, or add a font for its script.",
)
FONT_UNUSABLE: Final = RefusalCode(
    "font_unusable",
    "The font {font} cannot be used for papers: {problem}.",
    "Give a whole TrueType file with outlines (.ttf); fonts with other outlines (.otf, .woff) have to be converted.",
)
CURRENCY_WITHOUT_WORDS: Final = RefusalCode(
    "currency_without_words",
    "There is no rule for writing amounts of {currency} in words in the language {language}.",
    "Use a currency that has one ({known}), or add its phrase to the words of paper.",
)
LANGUAGE_WITHOUT_WORDS: Final = RefusalCode(
    "language_without_words",
    "There is no rule for writing amounts and dates in the language {language}.",
    "Issue the paper in one of: {known}.",
)
PDF_NOT_ONE: Final = RefusalCode(
    "pdf_not_one",
    "The file {file} is no PDF.",
    "Give the PDF of a paper, or the scan of one exactly as it was attached.",
)
PDF_TOO_LARGE: Final = RefusalCode(
    "pdf_too_large",
    "The file {file} is larger than {most} MB; no paper is.",
    "Give the PDF of a paper.",
)
PDF_CUT: Final = RefusalCode(
    "pdf_cut",
    "The file {file} ends in the middle.",
    "Ask for the file again; it was not copied to its end.",
)
PDF_UNREADABLE: Final = RefusalCode(
    "pdf_unreadable",
    "The file {file} cannot be read: {problem}.",
    "Do not accept it; ask for the paper to be printed again from the books.",
)
KEY_FILE_UNREADABLE: Final = RefusalCode(
    "key_file_unreadable",
    "The key file {file} does not open: it is no PKCS#12 file, or its passphrase is another.",
    "Give the file (.p12 or .pfx) that the certificate came in, and its passphrase.",
)
CERTIFICATE_NOT_VALID: Final = RefusalCode(
    "certificate_not_valid",
    "The certificate of {signer} holds from {since} to {until} only.",
    "Sign with a certificate that holds today.",
)
CERTIFICATES_UNREADABLE: Final = RefusalCode(
    "certificates_unreadable",
    "The file given as trusted holds no certificate.",
    "Give certificates in PEM or DER, as the authority publishes them.",
)


def character_without_font(*, field: str, character: str) -> Refusal:
    """The refusal for one character, named as Unicode names it, so that it can be found without being seen."""
    name = unicodedata.name(character, "without a name")
    return CHARACTER_WITHOUT_FONT(field=field, character=f"U+{ord(character):04X} {name}")
