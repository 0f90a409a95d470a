"""Import batches and the provenance of their rows."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "0010_interchange"
down_revision = "0009_documents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Import batches and the provenance of their rows."""
    run_frozen(op.get_bind(), revision)
