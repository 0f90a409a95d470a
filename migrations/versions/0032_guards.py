"""Rows keep what was set down, whoever writes: only triggers change, and every upgrade makes these anew."""

revision = "0032_guards"
down_revision = "0031_brought"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing of a table changes; what is stored is kept by more triggers from here on."""
