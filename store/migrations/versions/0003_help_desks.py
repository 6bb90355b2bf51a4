"""help desks of other makers

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('help_threads',
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('user_id', sa.String(length=200), nullable=False),
    sa.Column('conversation_id', sa.String(length=200), nullable=True),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('shows', sa.JSON(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('key')
    )
    with op.batch_alter_table('help_threads', schema=None) as batch_op:
        batch_op.create_index('help_threads_user', ['user_id'], unique=False)

    op.create_table('help_jobs',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('user_id', sa.String(length=200), nullable=False),
    sa.Column('thread', sa.String(length=200), nullable=False),
    sa.Column('lane', sa.String(length=3), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('due', sa.BigInteger(), nullable=False),
    sa.Column('leased', sa.BigInteger(), nullable=False),
    sa.Column('done_at', sa.BigInteger(), nullable=True),
    sa.Column('remote_id', sa.String(length=200), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('seq'),
    sa.UniqueConstraint('key')
    )
    with op.batch_alter_table('help_jobs', schema=None) as batch_op:
        batch_op.create_index('help_jobs_user', ['user_id'], unique=False)
        batch_op.create_index('help_jobs_open', ['done_at', 'thread', 'lane', 'seq'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('help_jobs', schema=None) as batch_op:
        batch_op.drop_index('help_jobs_open')
        batch_op.drop_index('help_jobs_user')

    op.drop_table('help_jobs')
    with op.batch_alter_table('help_threads', schema=None) as batch_op:
        batch_op.drop_index('help_threads_user')

    op.drop_table('help_threads')
