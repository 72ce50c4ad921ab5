"""The object-relational mapper: registry, environments, models, recordsets and fields.

The names addons use are exported by the faces ``odoo.models``, ``odoo.fields`` and ``odoo.api``.
"""
