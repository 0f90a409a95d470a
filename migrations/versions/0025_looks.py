"""Irregular looks at businesses are taken in and decided; hands of the family by sex."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0025_looks"
down_revision = "0024_selection"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Irregular looks at businesses are taken in and decided; hands of the family by sex."""
    run_frozen(op.get_bind(), revision)
