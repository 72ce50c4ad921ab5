"""Evaluation of expressions and code that people write: what it may name, call and import."""
