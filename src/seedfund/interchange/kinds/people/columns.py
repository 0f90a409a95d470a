"""The columns of the files about households and their members."""

from typing import Final

from seedfund.interchange.kinds import words
from seedfund.interchange.rules import NOTE, SHORT, CellKind, Column, Part

HOUSEHOLD: Final = Column(
    name="household",
    spanish="hogar",
    is_required=True,
    length=SHORT,
    help_en="Your own key of the household.",
    help_es="Su propia clave del hogar.",
)
MEMBER: Final = Column(
    name="member",
    spanish="miembro",
    is_required=True,
    length=SHORT,
    help_en="Your own key of the person, the same in every file.",
    help_es="Su propia clave de la persona, la misma en todos los archivos.",
)
DOCUMENT: Final = (
    Column(
        name="document_kind",
        spanish="tipo_de_documento",
        kind=CellKind.WORD,
        words=words.DOCUMENT_KIND,
        help_en="`none` says that the person was asked and has none.",
        help_es="`ninguno` dice que se preguntó y no tiene.",
    ),
    Column(
        name="document_country",
        spanish="pais_del_documento",
        kind=CellKind.COUNTRY,
        help_en="Two capital letters; empty where unknown.",
        help_es="Dos letras mayúsculas; vacío si no se sabe.",
    ),
    Column(
        name="document_number",
        spanish="numero_de_documento",
        kind=CellKind.IDENTIFIER,
        length=SHORT,
        help_en="As on the paper; warns and never blocks.",
        help_es="Como está en el papel; advierte y nunca impide.",
    ),
)
QUESTIONS: Final = tuple(
    Column(
        name=name,
        spanish=spanish,
        kind=CellKind.WORD,
        words=words.DIFFICULTY,
        can_wait=True,
        help_en="Washington Group short set.",
        help_es="Grupo de Washington, conjunto corto.",
    )
    for name, spanish in (
        ("seeing", "ver"),
        ("hearing", "oir"),
        ("walking", "caminar"),
        ("remembering", "recordar"),
        ("self_care", "cuidarse"),
        ("communicating", "comunicarse"),
    )
)
HOUSEHOLDS_PART: Final = Part(
    name="households",
    key=("household",),
    group=("household",),
    columns=(
        HOUSEHOLD,
        Column(
            name="country",
            spanish="pais",
            kind=CellKind.COUNTRY,
            is_required=True,
            help_en="Where it lives, two capital letters.",
            help_es="Donde vive, dos letras mayúsculas.",
        ),
        Column(
            name="locality",
            spanish="localidad",
            is_required=True,
            length=SHORT,
            help_en="Code of the place.",
            help_es="Código del lugar.",
        ),
        Column(
            name="community",
            spanish="comunidad",
            can_wait=True,
            help_en="Its community.",
            help_es="Su comunidad.",
        ),
        Column(
            name="phase",
            spanish="fase",
            can_wait=True,
            length=SHORT,
            help_en="Phase of the programme.",
            help_es="Fase del programa.",
        ),
    ),
)
MEMBERS_PART: Final = Part(
    name="members",
    key=("member",),
    group=("household",),
    columns=(
        HOUSEHOLD,
        MEMBER,
        Column(
            name="relationship",
            spanish="parentesco",
            kind=CellKind.WORD,
            is_required=True,
            words=words.RELATIONSHIP,
            help_en="To the head; one member is the head.",
            help_es="Con la jefatura; una persona es la jefatura.",
        ),
        Column(name="given_names", spanish="nombres", help_en="Sealed.", help_es="Dato protegido."),
        Column(name="family_names", spanish="apellidos", help_en="Sealed.", help_es="Dato protegido."),
        Column(
            name="alias",
            spanish="alias",
            help_en="Enough where no name is given.",
            help_es="Basta si no se da nombre.",
        ),
        Column(
            name="sex",
            spanish="sexo",
            kind=CellKind.WORD,
            is_required=True,
            words=words.SEX,
            help_en="As the person says.",
            help_es="Como lo dice la persona.",
        ),
        Column(
            name="birth_date",
            spanish="fecha_de_nacimiento",
            kind=CellKind.DATE,
            help_en="Or a year, or an age.",
            help_es="O un año, o una edad.",
        ),
        Column(
            name="birth_year",
            spanish="anio_de_nacimiento",
            kind=CellKind.WHOLE,
            help_en="Where the day is not known.",
            help_es="Si no se sabe el día.",
        ),
        Column(
            name="age",
            spanish="edad",
            kind=CellKind.WHOLE,
            help_en="Completed years, with age_asked_on.",
            help_es="Años cumplidos, con edad_preguntada_el.",
        ),
        Column(
            name="age_asked_on",
            spanish="edad_preguntada_el",
            kind=CellKind.DATE,
            help_en="The day the age was asked.",
            help_es="El día en que se preguntó la edad.",
        ),
        Column(
            name="age_source",
            spanish="fuente_de_la_edad",
            kind=CellKind.WORD,
            words=words.AGE_SOURCE,
            help_en="Declared where empty.",
            help_es="Declarada si está vacío.",
        ),
        Column(
            name="population_group",
            spanish="grupo_de_poblacion",
            kind=CellKind.WORD,
            is_required=True,
            words=words.POPULATION_GROUP,
            help_en="The group the person is counted in.",
            help_es="El grupo en que se cuenta a la persona.",
        ),
        Column(
            name="nationality",
            spanish="nacionalidad",
            can_wait=True,
            kind=CellKind.COUNTRY,
            help_en="Two capital letters.",
            help_es="Dos letras mayúsculas.",
        ),
        Column(
            name="legal_status",
            spanish="situacion_legal",
            can_wait=True,
            kind=CellKind.WORD,
            words=words.LEGAL_STATUS,
            help_en="On what ground the person is in the country.",
            help_es="Con qué base está en el país.",
        ),
        Column(
            name="language",
            spanish="idioma",
            can_wait=True,
            length=10,
            help_en="Code of the language, such as es or qu.",
            help_es="Código del idioma, por ejemplo es o qu.",
        ),
        Column(
            name="is_dependant",
            spanish="a_cargo",
            kind=CellKind.YES_NO,
            help_en="Whom the household feeds and cares for, own child or not.",
            help_es="A quien el hogar alimenta y cuida, sea o no hija o hijo.",
        ),
        Column(
            name="participates",
            spanish="participa",
            kind=CellKind.YES_NO,
            help_en="Identified for the programme.",
            help_es="Identificada para el programa.",
        ),
        Column(
            name="is_restricted",
            spanish="reservada",
            kind=CellKind.YES_NO,
            help_en="Seen by named roles alone.",
            help_es="La ven solo los roles designados.",
        ),
        *(
            Column(
                name=name,
                spanish=spanish,
                kind=CellKind.PHONE,
                length=SHORT,
                can_wait=True,
                help_en="Sealed.",
                help_es="Dato protegido.",
            )
            for name, spanish in (("phone", "telefono"), ("phone_2", "telefono_2"))
        ),
        Column(
            name="address", spanish="direccion", can_wait=True, help_en="Sealed.", help_es="Dato protegido."
        ),
        Column(
            name="safe_contact_note",
            spanish="contacto_seguro",
            length=NOTE,
            help_en="How and when to call without harm. Sealed.",
            help_es="Cómo y cuándo llamar sin riesgo. Dato protegido.",
        ),
        Column(name="notes", spanish="notas", length=NOTE, help_en="Sealed.", help_es="Dato protegido."),
        *DOCUMENT,
        *QUESTIONS,
        Column(
            name="disability_asked",
            spanish="discapacidad_preguntada",
            kind=CellKind.YES_NO,
            help_en="`no` records that the six questions were not asked.",
            help_es="`no` registra que no se hicieron las seis preguntas.",
        ),
    ),
)
DOCUMENTS_PART: Final = Part(
    name="documents",
    key=("member", "document_kind", "document_number"),
    group=("household",),
    is_required=False,
    columns=(HOUSEHOLD, MEMBER, *DOCUMENT),
)
