"""How fast seedfund is, measured against what the machine allows: `python -m benchmarks`.

Each module measures one thing and says in its docstring how large it is, what it may cost and what is done. Limit and
contender take turns inside one run, so that a wandering clock or a busy disk slows both; ratios count, seconds only
tell the machine.
"""
