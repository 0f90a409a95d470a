"""Statements of a bank that does not exist, written for these tests: camt.053 in its versions, and MT940."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Booked:
    """An entry as a test tells it: the amount as it is written, signed by its side."""

    amount: str
    is_in: bool = False
    day: str = "2026-11-10"
    value: str = ""
    reference: str = ""
    end_to_end: str = ""
    text: str = ""
    name: str = ""
    account: str = ""
    is_reversal: bool = False
    status: str = "BOOK"
    extra: str = ""


def camt(
    entries: list[Booked],
    *,
    opening: str = "1000.00",
    closing: str,
    version: int = 8,
    currency: str = "USD",
    reference: str = "STMT-2026-11",
    sequence: str = "11",
    days: tuple[str, str] = ("2026-11-01", "2026-11-30"),
) -> bytes:
    """A camt.053 message with one statement; the balances may be negative."""
    first, last = days
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version:02}"><BkToCstmrStmt>\n'
        "<GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-12-01T06:00:00</CreDtTm></GrpHdr>\n"
        f"<Stmt><Id>{reference}</Id><ElctrncSeqNb>{sequence}</ElctrncSeqNb>\n"
        f"<Acct><Id><Othr><Id>000111222</Id></Othr></Id><Ccy>{currency}</Ccy></Acct>\n"
        f"{_balance('OPBD', opening, currency, first)}{_balance('CLBD', closing, currency, last)}"
        f"{''.join(_entry(one, currency, version) for one in entries)}"
        "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _balance(kind: str, amount: str, currency: str, day: str) -> str:
    side = "DBIT" if amount.startswith("-") else "CRDT"
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="{currency}">{amount.lstrip("-")}</Amt><CdtDbtInd>{side}</CdtDbtInd>'
        f"<Dt><Dt>{day}</Dt></Dt></Bal>\n"
    )


def _entry(one: Booked, currency: str, version: int) -> str:
    status = f"<Cd>{one.status}</Cd>" if version >= 8 else one.status
    side = "Dbtr" if one.is_in else "Cdtr"
    name = f"<Pty><Nm>{one.name}</Nm></Pty>" if version >= 8 else f"<Nm>{one.name}</Nm>"
    parties = f"<{side}>{name}</{side}>" if one.name else ""
    if one.account:
        parties += f"<{side}Acct><Id><Othr><Id>{one.account}</Id></Othr></Id></{side}Acct>"
    refs = f"<Refs><EndToEndId>{one.end_to_end}</EndToEndId></Refs>" if one.end_to_end else ""
    text = f"<RmtInf><Ustrd>{one.text}</Ustrd></RmtInf>" if one.text else ""
    related = f"<RltdPties>{parties}</RltdPties>" if parties else ""
    details = (
        f"<NtryDtls><TxDtls>{refs}{related}{text}</TxDtls></NtryDtls>" if refs or related or text else ""
    )
    return (
        f'<Ntry><Amt Ccy="{currency}">{one.amount}</Amt><CdtDbtInd>{"CRDT" if one.is_in else "DBIT"}</CdtDbtInd>'
        f"{'<RvslInd>true</RvslInd>' if one.is_reversal else ''}<Sts>{status}</Sts>"
        f"<BookgDt><Dt>{one.day}</Dt></BookgDt><ValDt><Dt>{one.value or one.day}</Dt></ValDt>"
        f"<AcctSvcrRef>{one.reference or 'NOTPROVIDED'}</AcctSvcrRef>"
        "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
        f"{one.extra}{details}</Ntry>\n"
    )


MT940 = """{1:F01DEMOECE0AXXX0000000000}{2:I940DEMOECE0XXXXN}{4:
:20:STMT-2026-11
:25:000111222
:28C:11/1
:60F:C261101USD1000,00
:61:2611101110D250,00NTRFPG-2026-0001//BANK1
Q
:86:?20EREF+PG-2026-0001?21SVWZ+Pago de capital semilla?32Ana de Prueba?31000999
:61:2611121112RD50,00NTRFNONREF//BANK2
:86:/EREF/PG-2026-0009//NAME/Caja Inventada//REMI/devolucion/
:61:2602301130C10,5NINTNONREF
:86:interest of the month
:61:261130ED9,99NTRFLATER
:62F:C261130USD810,50
:64:C261130USD810,50
-}"""
"""A statement that foots: 1000.00 - 250.00 + 50.00 + 10.50; one value date is a 30 February, one entry is expected."""
