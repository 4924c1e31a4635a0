"""One moment of the whole register, for what takes several queries and must not contradict itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DEFAULT_DB_ALIAS


@contextmanager
def one_moment(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Whatever is read within is of one moment, that of the first reading; whoever writes meanwhile neither waits nor is seen."""
    connection = connections[using]
    with ExitStack() as until_read:
        if not connection.in_atomic_block:  # somebody else's transaction began already, and can't be made another
            _begin(connection, until_read)
        yield


def _begin(connection: BaseDatabaseWrapper, until_read: ExitStack) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        # a transaction of ours says at once that it will write, and so everybody else would wait for whoever downloads
        mode = vars(connection)["transaction_mode"]
        vars(connection)["transaction_mode"] = "DEFERRED"
        try:
            until_read.enter_context(transaction.atomic(using=connection.alias))
        finally:
            vars(connection)["transaction_mode"] = mode
        return
    until_read.enter_context(transaction.atomic(using=connection.alias))
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
