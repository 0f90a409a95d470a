"""The ground floor: values that every room shares. Money, dates, clock, ids, errors, states and roles.

Must not know: SQL, pydantic, ReportLab, or any area of the business. Nothing here reads the world by itself;
time and identity come in through `Clock` and `Ids`.
"""
