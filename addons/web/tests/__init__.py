from . import test_calls, test_pages
from . import test_progress_bar
from . import test_translations
from . import test_users
from . import test_reports
