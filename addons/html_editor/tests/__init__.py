from . import test_sanitised, test_uploads, test_videos
