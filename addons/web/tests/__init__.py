from . import test_bundle_scripts
from . import test_calls, test_pages
from . import test_login_page
from . import test_progress_bar
from . import test_translations
from . import test_users
from . import test_views
from . import test_reports
from . import test_search_records
from . import test_save_conflicts
from . import test_saved_lines
from . import test_list_layouts
