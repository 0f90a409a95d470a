"""The columns of opening positions: grants, their tranches, their further lines, and funds."""

from typing import Final

from seedfund.interchange.kinds import words
from seedfund.interchange.rules import SHORT, CellKind, Column, Part

OUTSIDE: Final = Column(
    name="outside_number",
    spanish="numero_externo",
    kind=CellKind.IDENTIFIER,
    is_required=True,
    length=SHORT,
    help_en="The grant's number in the earlier books, in every sheet; never a person's identity number.",
    help_es="El número del capital en los libros anteriores, en cada hoja; nunca el documento de una persona.",
)
FUND: Final = Column(
    name="fund",
    spanish="fondo",
    is_required=True,
    length=SHORT,
    help_en="Code of the fund.",
    help_es="Código del fondo.",
)
LINE: Final = Column(
    name="budget_line",
    spanish="linea_presupuestaria",
    is_required=True,
    length=SHORT,
    help_en="Code of the line of the fund's budget.",
    help_es="Código de la línea del presupuesto del fondo.",
)
CURRENCY: Final = Column(
    name="currency",
    spanish="moneda",
    kind=CellKind.CURRENCY,
    help_en="Of the amounts.",
    help_es="De los montos.",
)
CUT_OFF: Final = Column(
    name="cut_off",
    spanish="fecha_de_corte",
    kind=CellKind.DATE,
    is_required=True,
    help_en="The day up to which the earlier books were kept.",
    help_es="El día hasta el que se llevaron los libros anteriores.",
)


def _amount(name: str, *, spanish: str, en: str, es: str, is_required: bool = False) -> Column:
    return Column(
        name=name,
        spanish=spanish,
        kind=CellKind.AMOUNT,
        is_required=is_required,
        help_en=en,
        help_es=es,
    )


def _day(name: str, *, spanish: str, en: str, es: str, is_required: bool = False) -> Column:
    return Column(
        name=name,
        spanish=spanish,
        kind=CellKind.DATE,
        is_required=is_required,
        help_en=en,
        help_es=es,
    )


def _text(name: str, *, spanish: str, en: str, es: str, length: int = SHORT) -> Column:
    return Column(name=name, spanish=spanish, length=length, help_en=en, help_es=es)


POSITIONS_PART: Final = Part(
    name="opening_positions",
    spanish="saldos_iniciales",
    key=("outside_number",),
    group=("outside_number",),
    columns=(
        OUTSIDE,
        _text(
            "household",
            spanish="hogar",
            en="Key or number of the household, where it owns the grant.",
            es="Clave o número del hogar, si el capital es suyo.",
        ),
        _text(
            "participant",
            spanish="persona",
            en="Key or number of the person who owns the grant, or represents who does.",
            es="Clave o número de la persona dueña del capital, o que representa a quien lo es.",
        ),
        Column(
            name="owner_kind",
            spanish="tipo_de_titular",
            kind=CellKind.WORD,
            words=words.OWNER_KIND,
            help_en="Whose grant it is; the household's where one is named and this is empty.",
            help_es="De quién es el capital; del hogar si se nombra uno y esto está vacío.",
        ),
        _text(
            "owner_name",
            spanish="nombre_del_titular",
            en="Of a group or organisation.",
            es="De un grupo u organización.",
            length=120,
        ),
        Column(
            name="benefit",
            spanish="beneficio",
            is_required=True,
            length=SHORT,
            help_en="Code of the benefit, such as seed_capital.",
            help_es="Código del beneficio, como seed_capital.",
        ),
        FUND,
        LINE,
        _day(
            "approved_on",
            spanish="aprobado_el",
            en="The day it was approved.",
            es="El día en que se aprobó.",
            is_required=True,
        ),
        _amount(
            "approved",
            spanish="aprobado",
            en="All that was approved.",
            es="Todo lo aprobado.",
            is_required=True,
        ),
        _amount(
            "paid",
            spanish="pagado",
            en="Paid up to the cut-off, gross; 0 for none.",
            es="Pagado hasta el corte, bruto; 0 si nada.",
            is_required=True,
        ),
        _day(
            "paid_on",
            spanish="pagado_el",
            en="The day of the last payment, where no sheet of tranches tells it.",
            es="El día del último pago, si no lo dice la hoja de desembolsos.",
        ),
        _day(
            "rest_due_on",
            spanish="resto_previsto_el",
            en="The day the rest is planned for, where no sheet of tranches tells it.",
            es="El día previsto para el resto, si no lo dice la hoja de desembolsos.",
        ),
        _amount(
            "justified",
            spanish="justificado",
            en="Of what was paid: accepted receipts.",
            es="De lo pagado: comprobantes aceptados.",
        ),
        _amount(
            "returned",
            spanish="devuelto",
            en="Of what was paid: came back.",
            es="De lo pagado: lo que se devolvió.",
        ),
        CURRENCY,
        Column(
            name="agreement_number",
            spanish="numero_del_convenio",
            kind=CellKind.IDENTIFIER,
            length=SHORT,
            help_en="In the earlier books; it is kept, and papers call the agreement by it.",
            help_es="En los libros anteriores; se conserva, y los documentos llaman así al convenio.",
        ),
        _day(
            "agreed_on",
            spanish="convenio_firmado_el",
            en="The day the agreement was signed.",
            es="El día en que se firmó el convenio.",
        ),
        CUT_OFF,
        Column(
            name="evidence_sha256",
            spanish="sha256_del_respaldo",
            is_required=True,
            length=64,
            help_en="Of the signed statement of the earlier books, filed by another person.",
            help_es="Del estado firmado de los libros anteriores, registrado por otra persona.",
        ),
    ),
)
TRANCHES_PART: Final = Part(
    name="opening_tranches",
    spanish="desembolsos_iniciales",
    key=("outside_number", "tranche"),
    group=("outside_number",),
    is_required=False,
    columns=(
        OUTSIDE,
        Column(
            name="tranche",
            spanish="desembolso",
            kind=CellKind.WHOLE,
            is_required=True,
            help_en="Its place, from 1; paid ones and those that are left.",
            help_es="Su lugar, desde 1; los pagados y los que faltan.",
        ),
        _amount(
            "amount",
            spanish="monto",
            en="Of the tranche.",
            es="Del desembolso.",
            is_required=True,
        ),
        _day(
            "due_on",
            spanish="previsto_el",
            en="The day it is or was planned for.",
            es="El día para el que está o estaba previsto.",
        ),
        _amount("paid", spanish="pagado", en="Of this tranche.", es="De este desembolso."),
        _day("paid_on", spanish="pagado_el", en="The day it was paid.", es="El día en que se pagó."),
        CURRENCY,
    ),
)
LINES_PART: Final = Part(
    name="opening_lines",
    spanish="lineas_iniciales",
    key=("outside_number", "fund", "budget_line"),
    group=("outside_number",),
    is_required=False,
    columns=(
        OUTSIDE,
        FUND,
        LINE,
        _amount(
            "amount",
            spanish="monto",
            en="What of the approved lies on this further line.",
            es="Lo que de lo aprobado está en esta otra línea.",
            is_required=True,
        ),
        CURRENCY,
    ),
)
FUND_OPENINGS_PART: Final = Part(
    name="fund_openings",
    spanish="saldos_de_fondos",
    key=("opening",),
    # Each line for itself: one that was forgotten is added to the file, or comes in another.
    group=("opening",),
    columns=(
        Column(
            name="opening",
            spanish="saldo",
            is_required=True,
            is_own=True,
            length=SHORT,
            help_en="Your own key of the line.",
            help_es="Su propia clave de la línea.",
        ),
        FUND,
        Column(
            name="kind",
            spanish="tipo",
            kind=CellKind.WORD,
            is_required=True,
            words=words.OPENING_KIND,
            help_en="What the amount is; grants are told apart, one by one.",
            help_es="Qué es el monto; los capitales se dicen aparte, uno por uno.",
        ),
        _text(
            "name",
            spanish="nombre",
            en="Kind of income (interest …), code of the bank account, or code of the budget line.",
            es="Tipo de ingreso (interest …), código de la cuenta bancaria, o código de la línea.",
        ),
        _amount(
            "amount",
            spanish="monto",
            en="Gross, up to the cut-off.",
            es="Bruto, hasta el corte.",
            is_required=True,
        ),
        CURRENCY,
        CUT_OFF,
        Column(
            name="source",
            spanish="fuente",
            is_required=True,
            help_en="The statement it is from.",
            help_es="El estado de cuenta del que viene.",
        ),
    ),
)
