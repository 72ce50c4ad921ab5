from . import test_bundle, test_sanitised, test_uploads, test_videos
