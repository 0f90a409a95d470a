"""Amounts in French, Portuguese, Arabic and Thai words: as written by hand, and read back by a reader of its own."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.currencies import exponent
from seedfund.kernel.money import Money
from seedfund.paper.words import PHRASES, words
from seedfund.paper.words.arabic import ARABIC, Counted

WRITTEN = {
    "fr": [
        (50000, "USD", "cinq cents dollars des États-Unis d’Amérique"),
        (0, "USD", "zéro dollar des États-Unis d’Amérique"),
        (150, "EUR", "un euro et cinquante centimes"),
        (8000, "EUR", "quatre-vingts euros"),
        (8101, "EUR", "quatre-vingt-un euros et un centime"),
        (2100, "GBP", "vingt et une livres sterling"),
        (2100000, "GBP", "vingt et un mille livres sterling"),
        (100000000, "EUR", "un million d’euros"),
        (200000000, "USD", "deux millions de dollars des États-Unis d’Amérique"),
        (250500, "JOD", "deux cent cinquante dinars jordaniens et cinq cents fils"),
        (1021, "LBP", "dix livres libanaises et vingt et une piastres"),
        (16, "CLP", "seize pesos chiliens"),
    ],
    "pt": [
        (50000, "USD", "quinhentos dólares dos Estados Unidos da América"),
        (125050, "BRL", "mil duzentos e cinquenta reais e cinquenta centavos"),
        (110000, "BRL", "mil e cem reais"),
        (101, "BRL", "um real e um centavo"),
        (20202102, "GBP", "duzentas e duas mil e vinte e uma libras esterlinas e dois pence"),
        (200000000, "BRL", "dois milhões de reais"),
        (200000200, "GBP", "dois milhões e duas libras esterlinas"),
        (250500, "JOD", "duzentos e cinquenta dinares jordanianos e quinhentos fils"),
    ],
    "th": [
        (250000, "THB", "สองพันห้าร้อยบาทถ้วน"),
        (250050, "THB", "สองพันห้าร้อยบาทห้าสิบสตางค์"),
        (1121, "THB", "สิบเอ็ดบาทยี่สิบเอ็ดสตางค์"),
        (100000000, "THB", "หนึ่งล้านบาทถ้วน"),
        (50000, "USD", "ห้าร้อยดอลลาร์สหรัฐถ้วน"),
        (250500, "JOD", "สองร้อยห้าสิบดีนาร์จอร์แดนห้าร้อยฟิลส์"),
    ],
    "ar": [
        (1000, "JOD", "فقط دينار أردني واحد لا غير"),
        (2000, "JOD", "فقط ديناران أردنيان لا غير"),
        (3000, "JOD", "فقط ثلاثة دنانير أردنية لا غير"),
        (12000, "JOD", "فقط اثنا عشر دينارًا أردنيًا لا غير"),
        (100000, "JOD", "فقط مائة دينار أردني لا غير"),
        (250500, "JOD", "فقط مائتان وخمسون دينارًا أردنيًا وخمسمائة فلس لا غير"),
        (2000000, "JOD", "فقط ألفا دينار أردني لا غير"),
        (3500002, "JOD", "فقط ثلاثة آلاف وخمسمائة دينار أردني وفلسان لا غير"),
        (50000, "USD", "فقط خمسمائة دولار أمريكي لا غير"),
        (30000, "LBP", "فقط ثلاثمائة ليرة لبنانية لا غير"),
        (800, "LBP", "فقط ثماني ليرات لبنانية لا غير"),
        (2800, "LBP", "فقط ثمانٍ وعشرون ليرة لبنانية لا غير"),
        (1200, "EUR", "فقط اثنا عشر يورو لا غير"),
    ],
}


@pytest.mark.parametrize(
    ("language", "minor", "currency", "expected"),
    [(language, *row) for language, rows in WRITTEN.items() for row in rows],
)
def test_an_amount_reads_as_its_language_writes_it(
    language: str, minor: int, currency: str, expected: str
) -> None:
    assert words(Money(minor, currency), language) == expected


FRENCH = {
    word: value
    for value, word in enumerate(
        [
            "zéro",
            "un",
            "deux",
            "trois",
            "quatre",
            "cinq",
            "six",
            "sept",
            "huit",
            "neuf",
            "dix",
            "onze",
            "douze",
            "treize",
            "quatorze",
            "quinze",
            "seize",
        ]
    )
} | {"une": 1, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
PORTUGUESE = (
    {
        word: value
        for value, word in enumerate(
            [
                "zero",
                "um",
                "dois",
                "três",
                "quatro",
                "cinco",
                "seis",
                "sete",
                "oito",
                "nove",
                "dez",
                "onze",
                "doze",
                "treze",
                "quatorze",
                "quinze",
                "dezesseis",
                "dezessete",
                "dezoito",
                "dezenove",
                "vinte",
            ]
        )
    }
    | {
        word: 10 * tens
        for tens, word in enumerate(
            ["trinta", "quarenta", "cinquenta", "sessenta", "setenta", "oitenta", "noventa"], 3
        )
    }
    | {
        word: 100 * hundreds
        for hundreds, word in enumerate(
            [
                "cento",
                "duzentos",
                "trezentos",
                "quatrocentos",
                "quinhentos",
                "seiscentos",
                "setecentos",
                "oitocentos",
                "novecentos",
            ],
            1,
        )
    }
    | {"catorze": 14, "cem": 100, "uma": 1, "duas": 2}
)


def french(text: str) -> int:
    """Reads French: quatre-vingt multiplies, cent multiplies what stands before it in its group."""
    whole = group = 0
    for word in re.split("[ -]", text):
        if word in ("mille", "million", "millions", "milliard", "milliards"):
            power = 10 ** {"mille": 3, "million": 6, "milliard": 9}[word.rstrip("s")]
            whole, group = whole + (group or 1) * power, 0
        elif word in ("cent", "cents"):
            group = (group or 1) * 100
        elif word in ("vingt", "vingts") and group % 100 == 4:
            group += 76
        elif word != "et":
            group += FRENCH[word]
    return whole + group


def portuguese(text: str) -> int:
    """Reads Portuguese; a feminine hundred counts as its masculine."""
    whole = group = 0
    for word in text.split():
        if word in ("mil", "milhão", "milhões", "bilhão", "bilhões"):
            power = {"mil": 3, "milhão": 6, "milhões": 6}.get(word, 9)
            whole, group = whole + (group or 1) * 10**power, 0
        elif word != "e":
            group += PORTUGUESE[re.sub("ntas$", "ntos", word)]
    return whole + group


THAI_DIGITS = ["ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"]
THAI = {word: value for value, word in enumerate(THAI_DIGITS)} | {"เอ็ด": 1, "ยี่": 2}
THAI_POWERS = {"สิบ": 10, "ร้อย": 100, "พัน": 1000, "หมื่น": 10_000, "แสน": 100_000}
THAI_PARTS = re.compile("|".join(sorted((*THAI, *THAI_POWERS, "ล้าน"), key=len, reverse=True)))


def thai(text: str) -> int:
    """Reads Thai, which is written without blanks: digits and powers of ten, then millions of all before."""
    parts = THAI_PARTS.findall(text)
    assert "".join(parts) == text
    whole = digit = 0
    for part in parts:
        if part == "ล้าน":
            whole, digit = (whole + digit) * 1_000_000, 0
        elif part in THAI_POWERS:
            whole, digit = whole + (digit or 1) * THAI_POWERS[part], 0
        else:
            digit = THAI[part]
    return whole + digit


ARABIC_ONES = (
    ("واحد", "إحدى", "أحد", "واحدة"),
    ("اثنان", "اثنتان", "اثنا", "اثنتا"),
    *((word, word.removesuffix("ة")) for word in ("ثلاثة", "أربعة", "خمسة", "ستة", "سبعة")),
    ("ثمانية", "ثماني", "ثمانٍ"),
    ("تسعة", "تسع"),
    ("عشرة", "عشر"),
)
ARABIC_TENS = ("عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")
ARABIC_HUNDREDS = [
    "مائة",
    "مائتان",
    "ثلاثمائة",
    "أربعمائة",
    "خمسمائة",
    "ستمائة",
    "سبعمائة",
    "ثمانمائة",
    "تسعمائة",
]
ARABIC_NUMBERS = (
    {form: value for value, forms in enumerate(ARABIC_ONES, 1) for form in forms}
    | {word: 10 * value for value, word in enumerate(ARABIC_TENS, 2)}
    | {word: 100 * value for value, word in enumerate(ARABIC_HUNDREDS, 1)}
    | {"مائتا": 200, "صفر": 0}
)
ARABIC_POWERS = {
    form: (power, times)
    for power, forms in (
        (1000, ("ألف", "ألفًا", "آلاف", "ألفان", "ألفا")),
        (10**6, ("مليون", "مليونًا", "ملايين", "مليونان", "مليونا")),
        (10**9, ("مليار", "مليارًا", "مليارات", "ملياران", "مليارا")),
    )
    for times, form in zip((0, 0, 0, 2, 2), forms, strict=True)
}


def arabic(text: str, noun: Counted) -> int:
    """Reads Arabic: a dual noun is two, any other form of the noun says no number; `و` joins."""
    text = re.sub(f"{re.escape(noun.two)}(?= |$)", "اثنان", text)
    for form in sorted({noun.one, noun.few, noun.many}, key=len, reverse=True):
        text = re.sub(f"(?:^| ){re.escape(form)}(?= |$)", " ", text)
        text = re.sub(f" و{re.escape(form)}(?= |$)", " ", text)
    whole = group = 0
    for joined in text.split():
        is_known = joined in ARABIC_NUMBERS or joined in ARABIC_POWERS
        word = joined if is_known else joined.removeprefix("و")
        if word in ARABIC_POWERS:
            power, times = ARABIC_POWERS[word]
            whole, group = whole + (times or group or 1) * power, 0
        else:
            group += ARABIC_NUMBERS[word]
    return whole + group


def _arabic_parts(text: str, currency: str) -> tuple[int, int]:
    """Whole and rest: the rest begins after the last form of the unit's noun."""
    inner = text.removeprefix("فقط ").removesuffix(" لا غير")
    names = ARABIC[currency]
    ends = [
        found.end()
        for form in (names.unit.one, names.unit.two, names.unit.few, names.unit.many)
        for found in re.finditer(f"{re.escape(form)}( واحدة?)?(?= |$)", inner)
    ]
    cut = max(ends)
    rest = inner[cut:].removeprefix(" و")
    if not rest:
        return arabic(inner, names.unit), 0
    assert names.part is not None
    return arabic(inner[:cut], names.unit), arabic(rest, names.part)


def read_back(text: str, language: str, currency: str) -> tuple[int, int]:
    """Whole units and parts that a text says."""
    if language == "ar":
        return _arabic_parts(text, currency)
    names = PHRASES[language][currency]
    unit = "|".join(sorted({names.unit.one, names.unit.many}, key=len, reverse=True))
    whole, rest = re.split(rf"(?: d’| de | )?(?:{unit})", text)
    number = {"fr": french, "pt": portuguese, "th": thai}[language]
    rest = rest.removeprefix(" et ").removeprefix(" e ").removesuffix("ถ้วน")
    if not rest:
        return number(whole), 0
    part = "|".join(sorted({names.part.one, names.part.many}, key=len, reverse=True))
    found = re.fullmatch(rf"(.*?) ?(?:{part})", rest)
    assert found is not None
    return number(whole), number(found[1])


@pytest.mark.parametrize("language", ["fr", "pt", "ar", "th"])
@given(
    st.integers(min_value=0, max_value=999_999_999_99) | st.integers(min_value=0, max_value=9_999_99),
    st.sampled_from(sorted(PHRASES["fr"])),
)
def test_words_read_back_give_the_figures(language: str, minor: int, currency: str) -> None:
    text = words(Money(minor, currency), language)

    assert read_back(text, language, currency) == divmod(minor, 10 ** exponent(currency)), text


@pytest.mark.parametrize("language", ["fr", "pt", "ar", "th"])
def test_the_first_three_thousand_amounts_read_back(language: str) -> None:
    for whole in range(3000):
        text = words(Money(whole * 100, "USD"), language)

        assert read_back(text, language, "USD") == (whole, 0), text
        assert words(Money(whole * 100, "LBP"), language) != words(Money(whole * 100 + 100, "LBP"), language)
