from . import test_utm
