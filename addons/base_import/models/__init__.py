"""Models."""

from . import base, base_import, base_import_mapping, res_users, reading, guessing, fields_tree, matching, cells, images
