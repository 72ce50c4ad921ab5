"""Texts that end up in SQL: patterns of LIKE, order clauses."""

import json

__all__ = [
    "escape_psql",
    "pattern_to_translated_trigram_pattern",
    "reverse_order",
    "value_to_translated_trigram_pattern",
]


def escape_psql(to_escape: str) -> str:
    """Return a text in which the wildcards of ``LIKE`` are ordinary characters.

    :param str to_escape: the text
    """
    return to_escape.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def reverse_order(order: str) -> str:
    """Return the opposite of an order clause, ``a, b desc`` -> ``a desc, b asc``.

    :param str order: comma separated columns
    """
    parts = []
    for part in order.lower().split(","):
        name, *direction = part.split()
        parts.append(f"{name} {'asc' if direction[:1] == ['desc'] else 'desc'}")
    return ", ".join(parts)


def value_to_translated_trigram_pattern(value: str) -> str:
    """Return a ``LIKE`` pattern that the JSON text of a translated column matches when it holds ``value``.

    :param str value: the value searched
    """
    return f"%{_json_like(value)}%" if len(value) >= 3 else "%"


def pattern_to_translated_trigram_pattern(pattern: str) -> str:
    """Return a ``LIKE`` pattern for the JSON text of a translated column, no stricter than ``pattern`` on its values.

    :param str pattern: the pattern that a value must match
    """
    words, word, escaped = [], [], False
    for char in pattern:
        if escaped:
            word.append(char)
            escaped = False
        elif char == "\\":
            escaped = True
        elif char in "%_":
            words.append("".join(word))
            word = []
        else:
            word.append(char)
    words.append("".join(word))
    useful = [_json_like(word) for word in words if len(word) >= 3]
    return f"%{'%'.join(useful)}%" if useful else "%"


def _json_like(text):
    return escape_psql(json.dumps(text, ensure_ascii=False)[1:-1])
