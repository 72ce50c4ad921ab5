"""Names of tables, columns and indexes."""

from binascii import crc32

__all__ = ["MAX_IDENTIFIER_LENGTH", "make_identifier", "make_index_name", "pg_varchar"]

#: longest name that PostgreSQL keeps
MAX_IDENTIFIER_LENGTH = 63


def make_identifier(identifier: str) -> str:
    """Return the identifier, cut and made unique by a checksum when it is too long for PostgreSQL.

    :param str identifier: any name
    """
    if len(identifier) <= MAX_IDENTIFIER_LENGTH:
        return identifier
    return f"{identifier[: MAX_IDENTIFIER_LENGTH - 9]}_{crc32(identifier.encode()):08x}"


def cut_identifier(identifier: str) -> str:
    """Return the identifier as PostgreSQL keeps it: its first 63 bytes.

    :param str identifier: any name
    """
    return identifier.encode()[:MAX_IDENTIFIER_LENGTH].decode(errors="ignore")


def make_index_name(table_name: str, column_name: str) -> str:
    """Return the name of the index that a field asks for.

    :param str table_name: name of the table
    :param str column_name: name of the column
    """
    return make_identifier(f"{table_name}__{column_name}_index")


def pg_varchar(size: int = 0) -> str:
    """Return the SQL type of a text column.

    :param int size: greatest length; 0 means unlimited
    :raise ValueError: ``size`` is not an integer
    """
    if not isinstance(size, int):
        raise ValueError(f"The size of a varchar must be an integer, got {size!r}")
    return f"VARCHAR({size})" if size > 0 else "VARCHAR"
