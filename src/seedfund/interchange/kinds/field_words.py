"""The words of closed lists of field work as people write them in Spanish: courses, accounts, visits, businesses."""

from typing import Final

from seedfund.accompaniment.rules.monitoring import StoodStillFor
from seedfund.grants.rules.words import PaymentMethod
from seedfund.interchange.rules import words_of
from seedfund.savings.rules.words import AccountKind, Holding
from seedfund.training.rules.words import CourseUnit, Excused, SessionKind
from seedfund.visits.rules import VisitMode, VisitRole

COURSE_UNIT: Final = words_of(CourseUnit, {"sessions": "sesiones", "hours": "horas"})
EXCUSED: Final = words_of(Excused, {"neutral": "no cuenta", "counted": "cuenta como asistida"})
SESSION_KIND: Final = words_of(SessionKind, {"regular": "regular", "make_up": "de recuperación"})
ACCOUNT_KIND: Final = words_of(
    AccountKind,
    {
        "bank": "banco",
        "cooperative": "cooperativa",
        "basic_account": "cuenta básica",
        "mobile_money": "dinero móvil",
        "savings_group": "grupo de ahorro",
    },
)
HOLDING: Final = words_of(Holding, {"own": "propia", "joint": "conjunta", "child": "de menor de edad"})
VISIT_ROLE: Final = words_of(
    VisitRole,
    {
        "coach": "acompañante familiar",
        "economic_inclusion_expert": "técnica o técnico de inclusión económica",
    },
)
VISIT_MODE: Final = words_of(
    VisitMode, {"home": "en el hogar", "office": "en la oficina", "phone": "por teléfono"}
)
STOOD_STILL_FOR: Final = words_of(
    StoodStillFor,
    {
        "no_customers": "sin clientes",
        "costs": "costos",
        "illness": "enfermedad",
        "care": "cuidados",
        "theft": "robo",
        "moved_away": "se mudó",
        "other_work": "otro trabajo",
        "permit": "permiso",
        "other": "otro",
    },
)
PAYMENT_METHOD: Final = words_of(
    PaymentMethod,
    {
        "bank": "transferencia bancaria",
        "mobile_money": "dinero móvil",
        "cash": "efectivo",
        "cheque": "cheque",
        "withdrawal_code": "código de retiro",
        "voucher": "cupón",
        "in_kind": "en especie",
    },
)
