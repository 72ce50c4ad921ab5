# addons: base
"""The memory of a process with nothing but base, which other cases subtract."""

import json
import resource
from pathlib import Path

pages = int(Path("/proc/self/statm").read_text().split()[1])
print(json.dumps({"case": "base_memory", "value": pages * resource.getpagesize() / 2**20}))
