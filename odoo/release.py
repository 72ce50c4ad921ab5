"""Version and identity of the product, in the shape that addons and RPC clients read."""

RELEASE_LEVELS = [ALPHA, BETA, RELEASE_CANDIDATE, FINAL] = ["alpha", "beta", "candidate", "final"]
RELEASE_LEVELS_DISPLAY = {ALPHA: ALPHA, BETA: BETA, RELEASE_CANDIDATE: "rc", FINAL: ""}

#: (major, minor, micro, release level, serial, extra)
version_info = (18, 0, 0, FINAL, 0, "")
series = serie = major_version = ".".join(str(part) for part in version_info[:2])
version = series + RELEASE_LEVELS_DISPLAY[version_info[3]] + str(version_info[4] or "") + version_info[5]
#: version of the Python distribution: the series, then our own numbering
distribution_version = "18.0.1.0"

product_name = "Odoo"
description = "ERP framework server"
url = "https://www.odoo.com"
author = "OpenERP S.A."
author_email = "info@odoo.com"
license = "LGPL-3"
nt_service_name = f"odoo-server-{series}"
