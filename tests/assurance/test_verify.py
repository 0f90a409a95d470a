"""The verifier is silent about what is sound, and names what is not."""

from tests.assurance.support import Lived


def test_a_sound_database_has_no_findings(lived: Lived) -> None:
    found = lived.verified()

    assert [(finding.code, finding.table, finding.which, finding.facts) for finding in found.findings] == []
    assert found.is_sound
