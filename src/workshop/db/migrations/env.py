"""What Alembic runs around the revisions: they go into the transaction that `migrations.upgrade` was given."""

from alembic import context

from workshop.db.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
