"""Households, participants, sealed sheets, consents and duplicates."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0005_people"
down_revision = "0004_register"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Households, participants, sealed sheets, consents and duplicates."""
    run_frozen(op.get_bind(), revision)
