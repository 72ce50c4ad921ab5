from . import test_pages, test_rating_reach, test_ratings
