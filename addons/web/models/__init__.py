"""What models tell the web client."""

from . import base_document_layout
from . import ir_actions_report
from . import ir_http
from . import ir_model
from . import ir_qweb_fields
from . import ir_ui_menu
from . import ir_ui_view
from . import models
from . import onchange
from . import page_assets
from . import page_policy
from . import progressbar
from . import res_config_settings
from . import res_partner
from . import res_users
from . import list_layouts
from . import res_users_settings
from . import saving
from . import searchpanel
