"""Which modules the records that describe the code come from."""


def installed_modules_of(records) -> dict[int, str]:
    """Return the names of the installed modules that name each record by an external id, with commas between."""
    modules = records.env["ir.module.module"].sudo().search([("state", "=", "installed")])
    installed = set(modules.mapped("name"))
    return {
        id_: ", ".join(sorted(installed & {xml_id.split(".")[0] for xml_id in xml_ids}))
        for id_, xml_ids in records._get_external_ids().items()
    }
