"""Records from and to rows of a table: the interface of import files and of the web client.

==============  ==================================================
``exporting``   records to rows
``importing``   rows to records
``paths``       names of columns
``properties``  properties that a file leaves out
``rows``        which rows belong to one record
``run``         one run of an import, saved in batches
==============  ==================================================
"""

from .exporting import ExportMixin
from .importing import ImportMixin
from .paths import fix_import_export_id_paths
from .properties import with_other_properties

__all__ = ["ExportMixin", "ImportMixin", "fix_import_export_id_paths", "with_other_properties"]
