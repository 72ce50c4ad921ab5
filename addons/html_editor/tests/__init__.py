from . import test_bundle, test_collaboration, test_sanitised, test_uploads, test_videos
