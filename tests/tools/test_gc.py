"""How often garbage is collected."""

import gc

from odoo.tools.gc import YOUNG_OBJECTS, collect_less_often


def test_garbage_is_collected_less_often():
    before = gc.get_threshold()
    try:
        collect_less_often()
        assert gc.get_threshold() == (YOUNG_OBJECTS, *before[1:])
    finally:
        gc.set_threshold(*before)
