from . import probe_order
