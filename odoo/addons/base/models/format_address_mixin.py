"""Mixins for models with addresses: forms follow the habits of the country."""

from odoo import api, models

from .view_labels import relabel

#: fields that a country's address format sorts
CITY_FIELDS = ("zip", "city", "state_id")


class FormatVATLabelMixin(models.AbstractModel):
    """Labels the tax number as the current company's country calls it."""

    _name = "format.vat.label.mixin"
    _description = "Country Specific VAT Label"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Set the label of the tax number."""
        arch, view = super()._get_view(view_id, view_type, **options)
        relabel(arch, {"vat": self.env.company.country_id.vat_label})
        return arch, view


class FormatAddressMixin(models.AbstractModel):
    """Shows addresses in forms as the current company's country writes them."""

    _name = "format.address.mixin"
    _description = "Address Format"

    def _extract_fields_from_address(self, address_line):
        """Return the names of the fields in a line of an address format, of those in :data:`CITY_FIELDS`."""
        names = {"state_code": "state_id", "state_name": "state_id"}
        found = []
        for part in address_line.split("%(")[1:]:
            name = part.partition(")")[0]
            name = names.get(name, name)
            if name in CITY_FIELDS and name not in found:
                found.append(name)
        return found

    def _view_get_address(self, arch):
        """Return ``arch`` with the country's own view for addresses, or with the city's line in its order."""
        country = self.env.company.country_id
        if country.address_view_id and not self.env.context.get("no_address_format"):
            return self._with_country_view(arch, country.address_view_id)
        line = next((line for line in (country.address_format or "").split("\n") if "city" in line), None)
        if not line:
            return arch
        names = self._extract_fields_from_address(line)
        for city in arch.iterfind(".//field[@name='city']"):
            self._sort_city_line(city, names)
        return arch

    def _address_blocks(self, arch):
        """Return the elements of a form that hold addresses."""
        return [node for node in arch.iter("div") if "o_address_format" in (node.get("class") or "").split()]

    def _with_country_view(self, arch, address_view):
        """Return ``arch`` with the blocks of addresses replaced by ``address_view``."""
        model = self.env["res.partner"].with_context(no_address_format=True)
        for block in self._address_blocks(arch):
            inner, _view = model._get_view(address_view.id, "form")
            block.getparent().replace(block, inner)
        return arch

    def _sort_city_line(self, city, names):
        """Move the fields beside ``city`` into the order of ``names``."""
        parent = city.getparent()
        present = {}
        for node in parent:
            if node.tag == "field" and node.get("name") in names:
                present[node.get("name")] = node
        if len(present) < 2:
            return
        position = min(parent.index(node) for node in present.values())
        ordered = [present[name] for name in names if name in present]
        for node in ordered:
            parent.remove(node)
        for offset, node in enumerate(ordered):
            parent.insert(position + offset, node)

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        """Forms depend on the company and on ``no_address_format``."""
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self.env.company.id, bool(self.env.context.get("no_address_format")))

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Show addresses as the country writes them."""
        arch, view = super()._get_view(view_id, view_type, **options)
        return self._view_get_address(arch) if view_type == "form" else arch, view
