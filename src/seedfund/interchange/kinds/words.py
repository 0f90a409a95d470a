"""The words of closed lists as people write them in Spanish. Codes stay English; a file may use either."""

from typing import Final

from seedfund.approvals.rules.policy import Profile
from seedfund.funds.rules.words import BankAccountKind, Basis, BenefitUnit, LineKind, RefundsReturnTo
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.words import DocumentKind as ReceiptKind
from seedfund.grants.rules.words import EvidenceKind, SubjectKind
from seedfund.interchange.rules import words_of
from seedfund.kernel.roles import Role
from seedfund.ledger.service.openings import OpeningKind
from seedfund.people.rules import (
    AgeSource,
    ConsentMethod,
    ConsentPurpose,
    Difficulty,
    DocumentKind,
    LegalStatus,
    PayoutMethod,
    PopulationGroup,
    Relationship,
    Sex,
)
from seedfund.plans.rules import BusinessStage, Category, CostKind, FundedBy, OwnerKind
from seedfund.savings.rules.words import Source
from seedfund.training.rules.words import Mark

SEX: Final = words_of(
    Sex,
    {
        "female": "mujer",
        "male": "hombre",
        "other": "otro",
        "not_answered": "no responde",
        "not_collected": "no consta",
    },
)
POPULATION_GROUP: Final = words_of(
    PopulationGroup,
    {
        "refugee": "refugiada",
        "asylum_seeker": "solicitante de asilo",
        "migrant": "migrante",
        "returnee": "retornada",
        "stateless": "apátrida",
        "internally_displaced": "desplazada interna",
        "host": "comunidad de acogida",
        "not_collected": "no consta",
    },
)
LEGAL_STATUS: Final = words_of(
    LegalStatus,
    {
        "national": "nacional",
        "recognised_refugee": "refugio reconocido",
        "asylum_applicant": "solicitud de asilo",
        "recognised_stateless": "apatridia reconocida",
        "permanent_residence": "residencia permanente",
        "temporary_residence": "residencia temporal",
        "irregular": "irregular",
        "other": "otra",
        "not_answered": "no responde",
        "not_collected": "no consta",
    },
)
AGE_SOURCE: Final = words_of(
    AgeSource, {"document": "documento", "declared": "declarada", "estimated": "estimada"}
)
DIFFICULTY: Final = words_of(
    Difficulty, {"none": "ninguna", "some": "alguna", "a_lot": "mucha", "cannot": "no puede"}
)
RELATIONSHIP: Final = words_of(
    Relationship,
    {
        "head": "jefatura",
        "spouse_or_partner": "cónyuge o pareja",
        "child": "hija o hijo",
        "stepchild": "hijastra o hijastro",
        "foster_child": "en acogida",
        "grandchild": "nieta o nieto",
        "nephew_or_niece": "sobrina o sobrino",
        "sibling": "hermana o hermano",
        "parent": "madre o padre",
        "grandparent": "abuela o abuelo",
        "other_relative": "otro familiar",
        "not_related": "sin parentesco",
    },
)
DOCUMENT_KIND: Final = words_of(
    DocumentKind,
    {
        "national_id": "cédula",
        "passport": "pasaporte",
        "refugee_card": "carné de refugio",
        "asylum_certificate": "certificado de solicitante",
        "residence_permit": "permiso de residencia",
        "humanitarian_visa": "visa humanitaria",
        "unhcr_number": "número ACNUR",
        "birth_certificate": "partida de nacimiento",
        "driving_licence": "licencia de conducir",
        "electoral_card": "papeleta de votación",
        "tax_id": "RUC",
        "foreign_id": "documento extranjero",
        "other": "otro",
        "none": "ninguno",
    },
)
PAYOUT_METHOD: Final = words_of(
    PayoutMethod,
    {"bank": "banco", "mobile_money": "dinero móvil", "prepaid_card": "tarjeta prepago"},
)
CONSENT_PURPOSE: Final = words_of(
    ConsentPurpose,
    {
        "registration": "registro",
        "bank": "entidad financiera",
        "partners": "socios",
        "contact": "contacto",
        "photos": "fotografías",
    },
)
CONSENT_METHOD: Final = words_of(
    ConsentMethod,
    {"signature": "firma", "thumbprint": "huella", "verbal": "verbal", "electronic": "electrónico"},
)
BUSINESS_STAGE: Final = words_of(BusinessStage, {"new": "nuevo", "existing": "en marcha"})
OWNER_KIND: Final = words_of(
    OwnerKind,
    {"person": "persona", "household": "hogar", "group": "grupo", "organisation": "organización"},
)
FUNDED_BY: Final = words_of(
    FundedBy,
    {
        "grant": "capital semilla",
        "own_cash": "aporte en dinero",
        "own_kind": "aporte en especie",
        "other": "otros",
    },
)
COST_KIND: Final = words_of(
    CostKind,
    {
        "variable": "variable",
        "fixed": "fijo",
        "drawings": "retiros",
        "debt": "deuda",
        "family_labour": "trabajo familiar",
    },
)
CATEGORY: Final = words_of(
    Category,
    {
        "equipment": "equipo",
        "tools": "herramientas",
        "furniture": "muebles",
        "work_vehicle": "vehículo de trabajo",
        "animals": "animales",
        "premises_works": "adecuación del local",
        "premises": "local",
        "rent_in_advance": "arriendo adelantado",
        "licences": "permisos",
        "marketing": "publicidad",
        "staff_training": "capacitación",
        "raw_material": "materia prima",
        "merchandise": "mercadería",
        "working_capital": "capital de trabajo",
        "debt_repayment": "pago de deudas",
        "land_and_buildings": "terrenos y edificios",
        "housing_repair": "arreglo de vivienda",
        "private_vehicle": "vehículo particular",
        "other": "otro",
    },
)
ROLE: Final = words_of(
    Role,
    {
        "administrator": "administración",
        "field_officer": "técnica o técnico de campo",
        "coach": "acompañante familiar",
        "economic_inclusion_expert": "técnica o técnico de inclusión económica",
        "reviewer": "evaluación",
        "committee_member": "comité",
        "committee_secretary": "secretaría del comité",
        "programme_manager": "coordinación",
        "signatory": "firma autorizada",
        "finance_officer": "finanzas",
        "finance_approver": "aprobación de finanzas",
        "cashier": "caja",
        "reconciler": "conciliación",
        "director": "dirección",
        "protection_officer": "protección",
        "auditor": "auditoría",
    },
)
PROFILE: Final = words_of(Profile, {"small": "pequeño", "standard": "estándar", "strict": "estricto"})
BASIS: Final = words_of(
    Basis, {"expense_on_payment": "gasto al pagar", "when_justified": "gasto al justificar"}
)
REFUNDS_RETURN_TO: Final = words_of(RefundsReturnTo, {"committed": "comprometido", "available": "disponible"})
LINE_KIND: Final = words_of(
    LineKind, {"grants": "capitales y becas", "operations": "operación", "charges": "gastos bancarios"}
)
BANK_ACCOUNT_KIND: Final = words_of(
    BankAccountKind,
    {
        "bank": "banco",
        "petty_cash": "caja chica",
        "envelope": "sobres",
        "code_float": "fondo de códigos",
        "wallet_float": "fondo de billetera",
        "voucher_float": "fondo de cupones",
    },
)
BENEFIT_UNIT: Final = words_of(
    BenefitUnit,
    {"person": "persona", "household": "hogar", "group": "grupo", "organisation": "organización"},
)
CALL_RULE: Final = words_of(
    ("criterion", "disqualifier", "tie_break", "cap", "excluded", "required"),
    {
        "criterion": "criterio",
        "disqualifier": "descalifica",
        "tie_break": "desempate",
        "cap": "tope",
        "excluded": "excluido",
        "required": "obligatorio",
    },
)
SUBJECT_KIND: Final = words_of(
    SubjectKind, {"household": "hogar", "participant": "persona", "grant": "capital"}
)
EVIDENCE_KIND: Final = words_of(
    EvidenceKind,
    {
        "attendance": "asistencia",
        "account_linked": "cuenta vinculada",
        "visit": "visita",
        "quote": "proforma",
        "own_contribution": "aporte propio",
        "licence": "permiso",
        "savings_deposit": "depósito de ahorro",
        "certificate": "certificado",
        "enrolment": "inscripción",
        "other": "otra",
    },
)
MARKS: Final = words_of(
    Mark,
    {
        "present": "presente",
        "late": "atraso",
        "absent": "falta",
        "excused": "justificada",
        "made_up": "recuperada",
    },
)
RECEIPT_KIND: Final = words_of(
    [kind for kind in ReceiptKind if kind is not ReceiptKind.HANDOVER_ACT],
    {
        "invoice": "factura",
        "sales_note": "nota de venta",
        "purchase_settlement": "liquidación de compra",
        "receipt": "recibo",
        "declaration": "declaración",
    },
)
OUTCOME: Final = words_of(
    Outcome,
    {
        "full": "pagado",
        "part": "pagado en parte",
        "failed": "fallido",
        "expired": "caducado",
        "redeemed": "retirado",
    },
)
OPENING_KIND: Final = words_of(
    OpeningKind,
    {
        "contributions": "recibido del donante",
        "income": "ingresos propios",
        "cash": "en caja o banco",
        "spending": "gastado fuera de capitales",
    },
)
SAVINGS_SOURCE: Final = words_of(
    Source,
    {
        "statement": "estado de cuenta",
        "passbook": "libreta",
        "self_report": "declaración propia",
        "group_record": "registro del grupo",
    },
)
