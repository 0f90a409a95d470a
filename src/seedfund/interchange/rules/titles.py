"""How people head the columns of their files, in English, Spanish, French and Portuguese. Data only: proposals."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TITLES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "household": (
            *("household id", "hh id", "family code", "código del hogar", "id hogar", "código de familia"),
            *("ménage", "code ménage", "agregado familiar", "código do agregado", "@key", "@root"),
        ),
        "member": (
            *("member id", "participant", "participant id", "beneficiary", "person id", "individual id"),
            *("participante", "beneficiario", "beneficiaria", "código de la persona", "id persona"),
            *("bénéficiaire", "code personne", "beneficiário", "código da pessoa"),
        ),
        "given_names": (
            *("first name", "given name", "forename", "nombre", "primer nombre", "nombres completos"),
            *("prénom", "prénoms", "nome", "primeiro nome"),
        ),
        "family_names": (
            *("last name", "surname", "family name", "apellido", "primer apellido"),
            *("nom", "nom de famille", "apelido", "sobrenome"),
        ),
        "sex": ("gender", "género", "sexe", "genre", "gênero", "sexo de la persona"),
        "birth_date": (
            *("date of birth", "dob", "birthday", "birthdate", "fecha nac", "fecha nac.", "f. nacimiento"),
            *("fecha de nac.", "date de naissance", "data de nascimento", "nacimiento"),
        ),
        "birth_year": (
            *("year of birth", "yob", "año de nacimiento", "année de naissance", "ano de nascimento"),
        ),
        "age": ("age in years", "años", "edad en años", "âge", "idade"),
        "nationality": ("country of origin", "país de origen", "nationalité", "nacionalidade"),
        "population_group": (
            *("group", "population", "grupo", "grupo poblacional", "tipo de población"),
            *("groupe de population", "grupo populacional"),
        ),
        "relationship": (
            *("relation to head", "relationship to head", "relación con la jefatura", "relación"),
            *("lien de parenté", "grau de parentesco"),
        ),
        "phone": (
            *("telephone", "mobile", "phone number", "cell", "celular", "número de teléfono", "teléfono 1"),
            *("téléphone", "numéro de téléphone", "telefone", "telemóvel"),
        ),
        "phone_2": ("second phone", "other phone", "teléfono 2", "otro teléfono", "autre téléphone"),
        "address": ("home address", "dirección de domicilio", "domicilio", "adresse", "endereço"),
        "document_kind": (
            *("id type", "document type", "tipo de documento de identidad", "type de document"),
            *("tipo do documento",),
        ),
        "document_number": (
            *(
                "id number",
                "document no",
                "document no.",
                "national id",
                "cédula",
                "nro. documento",
                "documento",
            ),
            *("número de cédula", "no. de documento", "numéro de document", "número do documento"),
        ),
        "document_country": ("issuing country", "país emisor", "pays d'émission", "país de emissão"),
        "country": ("country of residence", "pays", "país de residencia"),
        "locality": (
            *("place", "location", "city", "canton", "cantón", "ciudad", "parroquia", "municipio"),
            *("localité", "ville", "localidade", "cidade"),
        ),
        "community": ("neighbourhood", "barrio", "sector", "communauté", "quartier", "comunidade", "bairro"),
        "language": ("mother tongue", "lengua", "lengua materna", "langue", "língua"),
        "amount": ("sum", "value", "valor", "importe", "cantidad", "montant", "quantia"),
        "currency": ("devise", "divisa", "moeda", "ccy"),
        "value_date": ("date", "payment date", "fecha", "fecha de pago", "date de valeur", "data"),
        "reference": ("ref", "ref.", "transaction id", "nro. de transacción", "référence", "referência"),
        "session": ("class", "clase", "séance", "sessão", "aula"),
        "participant": ("member", "person", "miembro", "participante", "bénéficiaire", "pessoa"),
        "mark": ("attendance", "asistencia", "présence", "presença"),
        "notes": ("remarks", "comments", "observaciones", "comentarios", "remarques", "observações"),
    }
)
