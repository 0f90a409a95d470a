"""Paper terms and template versions."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0009_documents"
down_revision = "0008_grants"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Paper terms and template versions."""
    run_frozen(op.get_bind(), revision)
