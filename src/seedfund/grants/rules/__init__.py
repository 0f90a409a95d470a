"""The rules of grants, pure: values in, decisions out. Must not know sessions, clocks or files.

`words` closed lists · `states` lives · `conditions` what a tranche waits for · `facts` and `evaluation` whether
it holds · `payable` what holds for every tranche · `stacking` nothing twice · `schedule` tranches · `signing`
who signs how · `awarding` award, agreement, end · `receiving` who may still receive · `payees`, `payments`, `methods`,
`deliveries`, `late` paying · `justifying`, `handing` receipts and goods · `refunding`, `settling_up`, `closing` how it
ends · `figures` the five amounts · `refusals` every way they say no, loaded when it is first asked for.
"""

from typing import TYPE_CHECKING, Final

from seedfund.kernel.lazy import loader

if TYPE_CHECKING:
    from seedfund.grants.rules.refusals import REFUSALS
else:
    _HOMES: Final = {".refusals": ("REFUSALS",)}
    __getattr__ = loader(__name__, _HOMES)

__all__ = ["REFUSALS"]
