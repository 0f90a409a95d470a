"""The columns of the files of a business plan: the plan itself, its items, sales, costs and risks."""

from typing import Final

from seedfund.interchange.kinds import words
from seedfund.interchange.rules import LINE, NOTE, SHORT, CellKind, Column, Part

MONTHS_ES: Final = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
TRANCHES_MAX: Final = 3
PLAN: Final = Column(
    name="plan",
    spanish="plan",
    is_required=True,
    length=SHORT,
    is_own=True,
    help_en="Your own key of the plan, the same in every file.",
    help_es="Su propia clave del plan, la misma en todos los archivos.",
)
LINE_NUMBER: Final = Column(
    name="line",
    spanish="linea",
    kind=CellKind.WHOLE,
    is_required=True,
    help_en="Number of the line in its file and plan.",
    help_es="Número de la línea en su archivo y plan.",
)
DESCRIPTION: Final = Column(
    name="description",
    spanish="descripcion",
    is_required=True,
    help_en="What it is; never a person's name.",
    help_es="Qué es; nunca el nombre de una persona.",
)
SEASONS: Final = tuple(
    Column(
        name=f"season_{place:02d}",
        spanish=f"temporada_{month}",
        kind=CellKind.PERCENT,
        help_en="Of a usual month, in per cent; 100 where empty.",
        help_es="De un mes corriente, en por ciento; 100 si está vacío.",
    )
    for place, month in enumerate(MONTHS_ES, start=1)
)
TRANCHES: Final = tuple(
    column
    for place in range(1, TRANCHES_MAX + 1)
    for column in (
        Column(
            name=f"tranche_{place}",
            spanish=f"desembolso_{place}",
            kind=CellKind.AMOUNT,
            help_en="Part of the grant the plan counts on.",
            help_es="Parte del capital con que cuenta el plan.",
        ),
        Column(
            name=f"tranche_{place}_month",
            spanish=f"desembolso_{place}_mes",
            kind=CellKind.WHOLE,
            help_en="Month of the plan, 0 the first.",
            help_es="Mes del plan, 0 el primero.",
        ),
    )
)


def amount(name: str, *, spanish: str, en: str, es: str, is_required: bool = False) -> Column:
    """The column of an amount."""
    return Column(
        name=name,
        spanish=spanish,
        kind=CellKind.AMOUNT,
        is_required=is_required,
        help_en=en,
        help_es=es,
    )


PLANS_PART: Final = Part(
    name="plans",
    spanish="planes",
    key=("plan",),
    group=("plan",),
    columns=(
        PLAN,
        Column(
            name="replaces",
            spanish="reemplaza_a",
            length=SHORT,
            help_en="Key or number of the plan this is a later version of.",
            help_es="Clave o número del plan del que es una versión posterior.",
        ),
        Column(
            name="call",
            spanish="convocatoria",
            is_required=True,
            length=SHORT,
            help_en="Code of the call.",
            help_es="Código de la convocatoria.",
        ),
        Column(
            name="member",
            spanish="miembro",
            is_required=True,
            length=SHORT,
            help_en="Key of the person who stands for the plan.",
            help_es="Clave de la persona que responde por el plan.",
        ),
        Column(
            name="household",
            spanish="hogar",
            length=SHORT,
            help_en="Key of the household.",
            help_es="Clave del hogar.",
        ),
        Column(
            name="title",
            spanish="titulo",
            is_required=True,
            help_en="Never a person's name.",
            help_es="Nunca el nombre de una persona.",
        ),
        Column(
            name="stage",
            spanish="etapa",
            kind=CellKind.WORD,
            is_required=True,
            words=words.BUSINESS_STAGE,
            help_en="Begun with the grant, or made stronger by it.",
            help_es="Empieza con el capital, o se fortalece.",
        ),
        Column(
            name="sector",
            spanish="sector",
            is_required=True,
            length=SHORT,
            help_en="A word of the programme.",
            help_es="Una palabra del programa.",
        ),
        Column(
            name="owner_kind",
            spanish="tipo_de_titular",
            kind=CellKind.WORD,
            is_required=True,
            words=words.OWNER_KIND,
            help_en="Whose business it is.",
            help_es="De quién es el negocio.",
        ),
        Column(
            name="currency",
            spanish="moneda",
            kind=CellKind.CURRENCY,
            is_required=True,
            help_en="Of the plan and all its lines.",
            help_es="Del plan y todas sus líneas.",
        ),
        Column(
            name="start",
            spanish="inicio",
            kind=CellKind.MONTH,
            is_required=True,
            help_en="Year and month of month 0.",
            help_es="Año y mes del mes 0.",
        ),
        amount("grant", spanish="capital_semilla", en="Asked for.", es="Solicitado.", is_required=True),
        amount("own_cash", spanish="aporte_en_dinero", en="Own money.", es="Dinero propio."),
        amount("own_kind", spanish="aporte_en_especie", en="Own things.", es="Bienes propios."),
        amount("other", spanish="otros_aportes", en="From others.", es="De otras personas."),
        amount("opening_cash", spanish="caja_inicial", en="In hand already.", es="Ya disponible."),
        *TRANCHES,
        Column(
            name="training_needs",
            spanish="necesidades_de_capacitacion",
            length=NOTE,
            help_en="Several are parted by |.",
            help_es="Varias se separan con |.",
        ),
        Column(
            name="is_home_based",
            spanish="en_casa",
            kind=CellKind.YES_NO,
            help_en="The business is at home.",
            help_es="El negocio está en la vivienda.",
        ),
    ),
)
ITEMS_PART: Final = Part(
    name="items",
    spanish="inversiones",
    key=("plan", "line"),
    group=("plan",),
    columns=(
        PLAN,
        LINE_NUMBER,
        DESCRIPTION,
        Column(
            name="category",
            spanish="categoria",
            kind=CellKind.WORD,
            is_required=True,
            words=words.CATEGORY,
            help_en="What kind of thing it is.",
            help_es="Qué tipo de cosa es.",
        ),
        Column(
            name="quantity",
            spanish="cantidad",
            kind=CellKind.QUANTITY,
            is_required=True,
            help_en="How many.",
            help_es="Cuántos.",
        ),
        Column(name="unit", spanish="unidad", length=30, help_en="Of what.", help_es="De qué."),
        amount("unit_price", spanish="precio_unitario", en="Of one.", es="De uno.", is_required=True),
        Column(name="supplier", spanish="proveedor", length=LINE, help_en="Where.", help_es="Dónde."),
        Column(
            name="quote",
            spanish="proforma",
            length=SHORT,
            help_en="Number of the quotation.",
            help_es="Número de la proforma.",
        ),
        Column(
            name="funded_by",
            spanish="se_paga_con",
            kind=CellKind.WORD,
            is_required=True,
            words=words.FUNDED_BY,
            help_en="Where the money or the thing comes from.",
            help_es="De dónde sale el dinero o el bien.",
        ),
        Column(
            name="month",
            spanish="mes",
            kind=CellKind.WHOLE,
            help_en="Month of the plan it is bought in.",
            help_es="Mes del plan en que se compra.",
        ),
        Column(
            name="life_months",
            spanish="vida_util_meses",
            kind=CellKind.WHOLE,
            help_en="Spreads its cost for profit.",
            help_es="Reparte su costo en la ganancia.",
        ),
    ),
)
SALES_PART: Final = Part(
    name="sales",
    spanish="ventas",
    key=("plan", "line"),
    group=("plan",),
    is_required=False,
    columns=(
        PLAN,
        LINE_NUMBER,
        DESCRIPTION,
        Column(
            name="monthly_quantity",
            spanish="cantidad_al_mes",
            kind=CellKind.QUANTITY,
            is_required=True,
            help_en="Sold in a usual month.",
            help_es="Vendida en un mes corriente.",
        ),
        amount("unit_price", spanish="precio_unitario", en="Of one.", es="De uno.", is_required=True),
        amount("unit_cost", spanish="costo_unitario", en="To make or buy.", es="De hacer o comprar."),
        Column(
            name="credit_share",
            spanish="porcentaje_a_credito",
            kind=CellKind.PERCENT,
            help_en="Paid later.",
            help_es="Se cobra después.",
        ),
        Column(
            name="credit_months",
            spanish="meses_de_credito",
            kind=CellKind.WHOLE,
            help_en="How much later.",
            help_es="Cuánto después.",
        ),
        *SEASONS,
    ),
)
COSTS_PART: Final = Part(
    name="costs",
    spanish="gastos",
    key=("plan", "line"),
    group=("plan",),
    is_required=False,
    columns=(
        PLAN,
        LINE_NUMBER,
        DESCRIPTION,
        Column(
            name="kind",
            spanish="tipo",
            kind=CellKind.WORD,
            is_required=True,
            words=words.COST_KIND,
            help_en="Of the business, the family, or a debt.",
            help_es="Del negocio, de la familia o de una deuda.",
        ),
        amount(
            "monthly", spanish="al_mes", en="In a usual month.", es="En un mes corriente.", is_required=True
        ),
        *SEASONS,
    ),
)
RISKS_PART: Final = Part(
    name="risks",
    spanish="riesgos",
    key=("plan", "line"),
    group=("plan",),
    is_required=False,
    columns=(
        PLAN,
        LINE_NUMBER,
        DESCRIPTION,
        Column(
            name="mitigation",
            spanish="respuesta",
            is_required=True,
            help_en="What would be done then.",
            help_es="Qué se haría entonces.",
        ),
    ),
)
