"""Bank statements, matches with the books, reconciliations."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0028_banking"
down_revision = "0027_staging"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bank statements, matches with the books, reconciliations."""
    run_frozen(op.get_bind(), revision)
