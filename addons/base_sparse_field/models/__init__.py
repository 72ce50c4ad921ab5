"""The kind of field, what describes it, and a model to try it."""

from . import fields, ir_model_fields, sparse_fields_test
