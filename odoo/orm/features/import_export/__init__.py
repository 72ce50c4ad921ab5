"""Records from and to rows of a table: the interface of import files and of the web client.

==========  ==================================================
``mixin``   the methods of models
``rows``    which rows belong to one record
``run``     one run of an import, saved in batches
==========  ==================================================
"""

from .mixin import ImportExportMixin, fix_import_export_id_paths

__all__ = ["ImportExportMixin", "fix_import_export_id_paths"]
