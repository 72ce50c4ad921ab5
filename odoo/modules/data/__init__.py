"""Data files of modules: XML, CSV and SQL, read into records with external ids."""

from .csv_loader import convert_csv_import
from .errors import ParseError
from .files import convert_file
from .sql_loader import convert_sql_import
from .values import _eval_xml, nodeattr2bool, str2bool
from .xml_loader import convert_xml_import, xml_import

__all__ = [
    "ParseError",
    "_eval_xml",
    "convert_csv_import",
    "convert_file",
    "convert_sql_import",
    "convert_xml_import",
    "nodeattr2bool",
    "str2bool",
    "xml_import",
]
