"""Choosing tests by their tags, module, class and method."""

from __future__ import annotations

import logging
import re

__all__ = ["TagsSelector"]

_logger = logging.getLogger(__name__)


class TagsSelector:
    """A choice of tests, written ``[-][tag][/module][:class][.method][[parameters]]``, several separated by commas.

    A test is chosen when it fits one of the parts without minus (without any: the tag ``standard``) and none of those
    with minus.
    ``/path/to/test_file.py`` may stand in the place of the module.

    :param spec: the text
    """

    filter_spec_re = re.compile(
        r"""
        ^(?P<sign>[+-]?)
        (?P<tag>\*|\w*)
        (?:/(?P<module>[\w./-]*\.py|[\w]*))?
        (?::(?P<class>\w*))?
        (?:\.(?P<method>\w*))?
        (?:\[(?P<params>.*)\])?$
    """,
        re.VERBOSE,
    )

    def __init__(self, spec):
        self.include = set()
        self.exclude = set()
        self.parameters = {}
        for part in self._split(spec or ""):
            match = self.filter_spec_re.match(part)
            if not match:
                _logger.error("test tag %r is not of the form [-][tag][/module][:class][.method]", part)
                continue
            excluded = match["sign"] == "-"
            tag = match["tag"]
            module, file_path = match["module"], None
            if module and (module.endswith(".py") or "/" in module):
                module, file_path = None, module
            if not tag and not excluded:
                # a place alone means all its standard tests
                tag = "standard"
            elif not tag or tag == "*":
                tag = None
            criterion = (tag, module or None, match["class"] or None, match["method"] or None, file_path)
            if match["params"]:
                self.parameters.setdefault(criterion, []).append((match["sign"] or "+", match["params"]))
                if excluded:
                    # parameters with a minus restrict what the test itself does
                    continue
            (self.exclude if excluded else self.include).add(criterion)
        if self.exclude and not self.include:
            self.include.add(("standard", None, None, None, None))

    @staticmethod
    def _split(spec: str):
        """Iterate over the parts; commas inside brackets do not separate."""
        return [part.strip() for part in re.split(r",(?![^\[]*\])", spec) if part.strip()]

    def check(self, test) -> bool:
        """Tell whether a test is chosen; sets its parameters.

        :param test: test case
        """
        if not hasattr(test, "test_tags"):
            _logger.debug("skipping test %r because it has no tags", test)
            return False
        tags = test.test_tags
        place = (test.test_module, test.test_class, test._testMethodName)
        # from the addon on: where the addon lies is not known here
        file_path = "/" + "/".join(type(test).__module__.split(".")[2:]) + ".py"

        def fits(criterion):
            tag, module, class_name, method, path = criterion
            wanted = (module, class_name, method)
            return (
                (not tag or tag in tags)
                and all(not want or want == have for want, have in zip(wanted, place, strict=True))
                and (not path or file_path.endswith(f"/{path.lstrip('/')}") or f"/{path}".endswith(file_path))
            )

        if any(fits(criterion) for criterion in self.exclude):
            return False
        if not any(fits(criterion) for criterion in self.include):
            return False
        test._test_params = [
            parameter
            for criterion, parameters in self.parameters.items()
            if fits(criterion)
            for parameter in parameters
        ]
        return True
