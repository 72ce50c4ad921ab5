"""Namespace of upgrade scripts: other distributions and ``--upgrade-path`` add directories to it."""

import pkgutil

__path__ = [*pkgutil.extend_path(__path__, __name__)]
