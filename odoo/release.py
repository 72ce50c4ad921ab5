"""Version and identity of the product, in the shape that addons and RPC clients read."""

RELEASE_LEVELS = [ALPHA, BETA, RELEASE_CANDIDATE, FINAL] = ["alpha", "beta", "candidate", "final"]
RELEASE_LEVELS_DISPLAY = {ALPHA: ALPHA, BETA: BETA, RELEASE_CANDIDATE: "rc", FINAL: ""}

#: (major, minor, micro, release level, serial, extra)
version_info = (18, 0, 0, FINAL, 0, "")
series = serie = major_version = ".".join(str(part) for part in version_info[:2])
version = series + RELEASE_LEVELS_DISPLAY[version_info[3]] + str(version_info[4] or "") + version_info[5]
#: version of the Python distribution: the series, then our own numbering
distribution_version = "18.0.1.0"

product_name = "Quoin"
description = "ERP framework server"
#: the project has no site and no address of its own yet; what shows them leaves empty ones out
url = ""
author = "The Quoin authors"
author_email = ""
license = "LGPL-3"
nt_service_name = f"odoo-server-{series}"
