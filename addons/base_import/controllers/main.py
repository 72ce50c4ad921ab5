"""The door through which files come."""

import json
import unicodedata

from odoo.exceptions import UserError
from odoo.http import Controller, request, route
from odoo.tools.text import natural_number


class ImportController(Controller):
    """Upload of the file of an import."""

    @route("/base_import/set_file", type="http", auth="user", methods=["POST"], readonly=False)
    def set_file(self, id, ufile=None):
        """Keep the file of the form for an import.

        :param id: database id of the `base_import.import`
        :param ufile: the file
        :return: JSON text `{"result": true}`
        """
        record_id = natural_number(id)
        # addons that extend the route pass the id only
        file = ufile or request.httprequest.files.get("ufile")
        if record_id is None or file is None:
            raise UserError(request.env._("An import takes one file."))
        result = (
            request.env["base_import.import"]
            .browse(record_id)
            .write(
                {
                    "file": file.read(),
                    # Safari on macOS sends decomposed names
                    "file_name": unicodedata.normalize("NFC", file.filename or ""),
                    "file_type": file.content_type,
                }
            )
        )
        return request.make_response(json.dumps({"result": result}))
