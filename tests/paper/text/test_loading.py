"""Who prints in Latin script alone does not wait for what shapes the others."""

import subprocess
import sys

CODE = """
import sys
from seedfund.paper.blocks import Span
from seedfund.paper.text import ScriptTypesetter
ScriptTypesetter().lines([Span({text!r})], size=10, width=200)
sys.stdout.write(" ".join(sorted({{"uharfbuzz", "budoux", "fontTools"}} & set(sys.modules))))
"""


def loaded(text: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(text=text)], capture_output=True, check=True, text=True
    )
    return done.stdout


def test_shaping_is_loaded_when_the_first_text_needs_it() -> None:
    assert loaded("La señora Ñusta") == ""
    assert loaded("สวัสดี") == "budoux uharfbuzz"
