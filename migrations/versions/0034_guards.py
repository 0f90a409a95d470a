"""Rows keep what was set down, whoever writes: only triggers change, and every upgrade makes these anew."""

revision = "0034_guards"
down_revision = "0033_own_payment"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing of a table changes; what is stored is kept by more triggers from here on."""
