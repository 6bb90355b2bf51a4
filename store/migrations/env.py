"""Alembic environment: runs on the connection that `Database.migrate` hands over."""

from alembic import context

from store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table="driftline_schema",
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
