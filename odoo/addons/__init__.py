"""The namespace of all addons: every addons directory on the path contributes its packages here."""

import pkgutil

__path__ = [*pkgutil.extend_path(__path__, __name__)]
