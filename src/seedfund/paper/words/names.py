"""What a currency is called in words, one and many, with its parts. Data; must not know amounts or grammar.

The parts are named where a language spells them out; Spanish and English write them over a hundred or a thousand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that is counted, as it stands after one and after many."""

    one: str
    many: str
    is_feminine: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """A currency's own name, and that of its hundredth or thousandth (None: a fraction, or there is none)."""

    unit: Noun
    part: Noun | None = None


Phrases = Mapping[str, Names]


def _spelled(unit: str, units: str, part: str = "", parts: str = "", *, feminine: str = "") -> Names:
    """`feminine` says which of the two is: `u` the unit, `p` its part, `up` both."""
    noun = Noun(unit, units, is_feminine="u" in feminine)
    return Names(noun, Noun(part, parts, is_feminine="p" in feminine) if part else None)


SPANISH: Final[Phrases] = {
    "USD": _spelled("dólar de los Estados Unidos de América", "dólares de los Estados Unidos de América"),
    "EUR": _spelled("euro", "euros"),
    "GBP": _spelled("libra esterlina", "libras esterlinas", feminine="u"),
    "AUD": _spelled("dólar australiano", "dólares australianos"),
    "CAD": _spelled("dólar canadiense", "dólares canadienses"),
    "CHF": _spelled("franco suizo", "francos suizos"),
    "THB": _spelled("baht tailandés", "bahts tailandeses"),
    "MMK": _spelled("kyat birmano", "kyats birmanos"),
    "COP": _spelled("peso colombiano", "pesos colombianos"),
    "CLP": _spelled("peso chileno", "pesos chilenos"),
    "MXN": _spelled("peso mexicano", "pesos mexicanos"),
    "PEN": _spelled("sol", "soles"),
    "BRL": _spelled("real brasileño", "reales brasileños"),
    "JOD": _spelled("dinar jordano", "dinares jordanos"),
    "TND": _spelled("dinar tunecino", "dinares tunecinos"),
    "EGP": _spelled("libra egipcia", "libras egipcias", feminine="u"),
    "LBP": _spelled("libra libanesa", "libras libanesas", feminine="u"),
    "KES": _spelled("chelín keniano", "chelines kenianos"),
}
ENGLISH: Final[Phrases] = {
    "USD": _spelled("United States dollar", "United States dollars"),
    "EUR": _spelled("euro", "euros"),
    "GBP": _spelled("pound sterling", "pounds sterling"),
    "AUD": _spelled("Australian dollar", "Australian dollars"),
    "CAD": _spelled("Canadian dollar", "Canadian dollars"),
    "CHF": _spelled("Swiss franc", "Swiss francs"),
    "THB": _spelled("Thai baht", "Thai baht"),
    "MMK": _spelled("Myanmar kyat", "Myanmar kyat"),
    "COP": _spelled("Colombian peso", "Colombian pesos"),
    "CLP": _spelled("Chilean peso", "Chilean pesos"),
    "MXN": _spelled("Mexican peso", "Mexican pesos"),
    "PEN": _spelled("Peruvian sol", "Peruvian soles"),
    "BRL": _spelled("Brazilian real", "Brazilian reais"),
    "JOD": _spelled("Jordanian dinar", "Jordanian dinars"),
    "TND": _spelled("Tunisian dinar", "Tunisian dinars"),
    "EGP": _spelled("Egyptian pound", "Egyptian pounds"),
    "LBP": _spelled("Lebanese pound", "Lebanese pounds"),
    "KES": _spelled("Kenyan shilling", "Kenyan shillings"),
}
FRENCH: Final[Phrases] = {
    "USD": _spelled("dollar des États-Unis d’Amérique", "dollars des États-Unis d’Amérique", "cent", "cents"),
    "EUR": _spelled("euro", "euros", "centime", "centimes"),
    "GBP": _spelled("livre sterling", "livres sterling", "penny", "pence", feminine="u"),
    "AUD": _spelled("dollar australien", "dollars australiens", "cent", "cents"),
    "CAD": _spelled("dollar canadien", "dollars canadiens", "cent", "cents"),
    "CHF": _spelled("franc suisse", "francs suisses", "centime", "centimes"),
    "THB": _spelled("baht thaïlandais", "bahts thaïlandais", "satang", "satangs"),
    "MMK": _spelled("kyat birman", "kyats birmans", "pya", "pyas"),
    "COP": _spelled("peso colombien", "pesos colombiens", "centavo", "centavos"),
    "CLP": _spelled("peso chilien", "pesos chiliens"),
    "MXN": _spelled("peso mexicain", "pesos mexicains", "centavo", "centavos"),
    "PEN": _spelled("sol péruvien", "sols péruviens", "centime", "centimes"),
    "BRL": _spelled("real brésilien", "reais brésiliens", "centavo", "centavos"),
    "JOD": _spelled("dinar jordanien", "dinars jordaniens", "fils", "fils"),
    "TND": _spelled("dinar tunisien", "dinars tunisiens", "millime", "millimes"),
    "EGP": _spelled("livre égyptienne", "livres égyptiennes", "piastre", "piastres", feminine="up"),
    "LBP": _spelled("livre libanaise", "livres libanaises", "piastre", "piastres", feminine="up"),
    "KES": _spelled("shilling kényan", "shillings kényans", "cent", "cents"),
}
PORTUGUESE: Final[Phrases] = {
    "USD": _spelled(
        "dólar dos Estados Unidos da América", "dólares dos Estados Unidos da América", "centavo", "centavos"
    ),
    "EUR": _spelled("euro", "euros", "centavo", "centavos"),
    "GBP": _spelled("libra esterlina", "libras esterlinas", "pêni", "pence", feminine="u"),
    "AUD": _spelled("dólar australiano", "dólares australianos", "centavo", "centavos"),
    "CAD": _spelled("dólar canadense", "dólares canadenses", "centavo", "centavos"),
    "CHF": _spelled("franco suíço", "francos suíços", "cêntimo", "cêntimos"),
    "THB": _spelled("baht tailandês", "bahts tailandeses", "satang", "satangs"),
    "MMK": _spelled("quiate birmanês", "quiates birmaneses", "pya", "pyas"),
    "COP": _spelled("peso colombiano", "pesos colombianos", "centavo", "centavos"),
    "CLP": _spelled("peso chileno", "pesos chilenos"),
    "MXN": _spelled("peso mexicano", "pesos mexicanos", "centavo", "centavos"),
    "PEN": _spelled("sol peruano", "sóis peruanos", "cêntimo", "cêntimos"),
    "BRL": _spelled("real", "reais", "centavo", "centavos"),
    "JOD": _spelled("dinar jordaniano", "dinares jordanianos", "fils", "fils"),
    "TND": _spelled("dinar tunisiano", "dinares tunisianos", "milésimo", "milésimos"),
    "EGP": _spelled("libra egípcia", "libras egípcias", "piastra", "piastras", feminine="up"),
    "LBP": _spelled("libra libanesa", "libras libanesas", "piastra", "piastras", feminine="up"),
    "KES": _spelled("xelim queniano", "xelins quenianos", "cêntimo", "cêntimos"),
}


def _same(unit: str, part: str = "") -> Names:
    """A name that stands unchanged after any number."""
    return _spelled(unit, unit, part, part)


THAI: Final[Phrases] = {
    "USD": _same("ดอลลาร์สหรัฐ", "เซนต์"),
    "EUR": _same("ยูโร", "เซนต์"),
    "GBP": _same("ปอนด์สเตอร์ลิง", "เพนนี"),
    "AUD": _same("ดอลลาร์ออสเตรเลีย", "เซนต์"),
    "CAD": _same("ดอลลาร์แคนาดา", "เซนต์"),
    "CHF": _same("ฟรังก์สวิส", "ซองตีม"),
    "THB": _same("บาท", "สตางค์"),
    "MMK": _same("จัตเมียนมา", "ปยา"),
    "COP": _same("เปโซโคลอมเบีย", "เซนตาโว"),
    "CLP": _same("เปโซชิลี"),
    "MXN": _same("เปโซเม็กซิโก", "เซนตาโว"),
    "PEN": _same("ซอลเปรู", "เซนติโม"),
    "BRL": _same("เรอัลบราซิล", "เซนตาโว"),
    "JOD": _same("ดีนาร์จอร์แดน", "ฟิลส์"),
    "TND": _same("ดีนาร์ตูนิเซีย", "มิลลีม"),
    "EGP": _same("ปอนด์อียิปต์", "เปียสเตร"),
    "LBP": _same("ปอนด์เลบานอน", "เปียสเตร"),
    "KES": _same("ชิลลิงเคนยา", "เซนต์"),
}
