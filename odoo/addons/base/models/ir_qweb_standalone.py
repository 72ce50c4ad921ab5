"""QWeb for templates that need no database."""

from lxml import etree
from markupsafe import Markup

from .ir_qweb_compile import QWebCompiler
from .ir_qweb_runtime import CompiledTemplate, QWebSyntaxError


class StandaloneQWeb(QWebCompiler):
    """Engine without environment: no fields, widgets nor groups."""

    def __init__(self, load):
        self._load = load
        self._cache = {}

    def _call_template(self, template, values, options=None):
        if options and "lang" in options:
            values["lang"] = options["lang"]
        yield from self._compile(template, (options or {}).get("nsmap"))(self, values)

    def _cached_part(self, _place, _key, function, values):
        """Write a part; nothing is kept without a database."""
        return function(self, values)

    def _compile(self, template, nsmap=None):
        if isinstance(template, etree._Element):
            return CompiledTemplate(*self._source(template, template.get("t-name"), nsmap))
        key = template, tuple((nsmap or {}).items())
        if key not in self._cache:
            element, ref = self._load(template)
            if isinstance(element, (str, bytes)):
                element = etree.fromstring(element)
            self._cache[key] = CompiledTemplate(*self._source(element, ref, nsmap))
        return self._cache[key]

    def _source(self, element, ref, nsmap):
        try:
            return (*self._generate_code_from_tree(element, ref, nsmap=nsmap), ref)
        except QWebSyntaxError as error:
            raise error.as_exception(ref) from error


def render(template_name, values, load, **options):
    """Render a template without database.

    :param template_name: name given to ``load``, or an element
    :param dict values: names the template can use
    :param load: function from a name to ``(element or text, name)``
    :return: ``Markup``
    """
    return Markup("".join(StandaloneQWeb(load)._call_template(template_name, dict(values))))
