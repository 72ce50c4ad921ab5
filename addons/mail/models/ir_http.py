"""What pages are told when they are opened."""

from odoo import models

from ..tools.discuss import Store


class IrHttp(models.AbstractModel):
    """Pages of the backend begin with a store."""

    _inherit = "ir.http"

    def session_info(self):
        """Return what the client knows of its session, and the first records of its store."""
        info = super().session_info()
        if self.env.user._is_internal():
            store = Store()
            self.env.user._init_store_data(store)
            info["storeData"] = store.get_result()
        return info
