"""How addresses of partners are shared, printed and kept the same between a company and its contacts."""

from collections import defaultdict

from odoo import api, models

#: the fields of an address
ADDRESS_FIELDS = ("street", "street2", "zip", "city", "state_id", "country_id")

#: what address formats may print of the place, beside the fields of the address and the country's name
PLACE_PARTS = (("state", "code"), ("state", "name"), ("country", "code"))


class PartnerAddress:
    """The part of partners that deals with addresses and with what contacts take over from their company."""

    __slots__ = ()

    # which fields

    @api.model
    def _address_fields(self):
        """Return the names of the fields of an address; extended by other modules."""
        return list(ADDRESS_FIELDS)

    @api.model
    def _formatting_address_fields(self):
        """Return the names of the fields that address formats may use."""
        return self._address_fields()

    @api.model
    def _commercial_fields(self):
        """Return the names of the fields that contacts have from their company; extended by other modules."""
        return ["vat", "company_registry", "industry_id"]

    @api.model
    def _company_dependent_commercial_fields(self):
        """Return those of the commercial fields that have a value for each company of the database."""
        return [name for name in self._commercial_fields() if self._fields[name].company_dependent]

    # values between partners

    def _convert_fields_to_values(self, field_names):
        """Return the values of fields in the form that :meth:`write` takes."""
        self.ensure_one()
        one2many = [name for name in field_names if self._fields[name].type == "one2many"]
        if one2many:
            raise AssertionError(f"one2many fields cannot be shared between partners: {one2many}")
        return self._convert_to_write({name: self[name] for name in field_names})

    @api.private
    def update_address(self, vals):
        """Write those of ``vals`` that belong to the address."""
        address = {name: vals[name] for name in self._address_fields() if name in vals}
        if address:
            self.with_context(_address_from_company=True).write(address)
        return bool(address)

    def _commercial_sync_from_company(self):
        """Take the commercial fields over from the company."""
        company = self.commercial_partner_id
        if company != self:
            self.write(company._convert_fields_to_values(self._commercial_fields()))
            self._commercial_sync_to_children()

    def _company_dependent_commercial_sync(self):
        """Take the commercial fields over that differ between companies of the database, for each of these."""
        names = self._company_dependent_commercial_fields()
        if not names:
            return
        for company in self.env["res.company"].sudo().search([]):
            if company == self.env.company:
                continue
            for partner in self.with_company(company):
                source = partner.commercial_partner_id
                if source != partner:
                    partner.write(source._convert_fields_to_values(names))

    def _commercial_sync_to_children(self):
        """Give the commercial fields to all contacts below that are no companies themselves."""
        values = self.commercial_partner_id._convert_fields_to_values(self._commercial_fields())
        children = self.child_ids.filtered(lambda child: not child.is_company)
        for child in children:
            child._commercial_sync_to_children()
        result = children.write(values) if children else True
        children._compute_commercial_partner()
        return result

    def _fields_sync(self, values):
        """Bring contacts and companies in line after ``values`` were written: upwards, then downwards."""
        moved = bool(values.get("parent_id"))
        if moved:
            # who may move a contact need not see all that it has from its company
            elevated = self.sudo()
            elevated._commercial_sync_from_company()
            elevated._company_dependent_commercial_sync()
        if moved or values.get("type") == "contact":
            self._take_address_of_parent()
        self._children_sync(values)

    def _take_address_of_parent(self):
        """Give somebody who works at the parent the parent's address, if it has one."""
        if self.type != "contact" or not self.parent_id:
            return
        address = self.parent_id._convert_fields_to_values(self._address_fields())
        if any(address.values()):
            self._write_address(address)

    def _write_address(self, address):
        """Write an address that comes from the company, without giving it back."""
        changed = {
            name: value
            for name, value in address.items()
            if self._fields[name].convert_to_write(self[name], self) != value
        }
        if changed:
            self.with_context(_address_from_company=True).write(changed)

    def _children_sync(self, values):
        """Give the contacts what is theirs to have of ``values``."""
        if not self.child_ids:
            return
        if self.commercial_partner_id == self and values.keys() & set(self._commercial_fields()):
            self.sudo()._commercial_sync_to_children()
        if values.keys() & set(self._address_fields()):
            contacts = self.child_ids.filtered(lambda child: child.type == "contact")
            address = self._convert_fields_to_values([name for name in self._address_fields() if name in values])
            for contact in contacts:
                contact._write_address(address)

    def _handle_first_contact_creation(self):
        """Give a parent without address that of the first one who works there."""
        parent = self.parent_id
        first = parent and self.type == "contact" and len(parent.child_ids) == 1
        empty = first and not any(parent[name] for name in self._address_fields())
        if empty and any(self[name] for name in self._address_fields()):
            parent._write_address(self._convert_fields_to_values(self._address_fields()))

    # which address

    def address_get(self, adr_pref=None):
        """Return the ids of the best addresses for some kinds: type -> id.

        The contacts below are looked through first, then those of the company above, up to the commercial entity.

        :param adr_pref: types as in the field; ``contact`` is always among them and stands in for missing ones
        """
        wanted = {"contact", *(adr_pref or ())}
        nearest: dict = {}
        for partner in self._partners_by_nearness():
            if partner.type in wanted:
                nearest.setdefault(partner.type, partner.id)
                # the walk reads contacts as it goes: it ends as early as it can
                if len(nearest) == len(wanted):
                    break
        fallback = nearest.get("contact") or self[:1].id or False
        return {kind: nearest.get(kind, fallback) for kind in wanted}

    def _partners_by_nearness(self):
        """Yield the partners whose address may be used for these: each with its branch, then what is above it."""
        seen: set = set()
        for partner in self:
            while partner and partner.id not in seen:
                yield from partner._branch_without_companies(seen)
                partner = not partner.is_company and partner.parent_id

    def _branch_without_companies(self, seen):
        """Yield the partner and what is below it, but for companies and those whose id is in ``seen``."""
        seen.add(self.id)
        yield self
        for child in self.child_ids:
            if child.id not in seen and not child.is_company:
                yield from child._branch_without_companies(seen)

    # printing

    @api.model
    def _get_default_address_format(self):
        """Return the format for addresses without country."""
        return "%(street)s\n%(street2)s\n%(city)s %(state_code)s %(zip)s\n%(country_name)s"

    @api.model
    def _get_address_format(self):
        """Return the format for the address: its country's."""
        return self.country_id.address_format or self._get_default_address_format()

    def _get_country_name(self):
        """Return the country's name, empty when there is none."""
        return self.country_id.name or ""

    def _prepare_display_address(self, without_company=False):
        """Return the address format and the values that fill it."""
        layout = self._get_address_format()
        company = "" if without_company else self.commercial_company_name or ""
        if company:
            layout = f"%(company_name)s\n{layout}"
        values = {f"{place}_{part}": self[f"{place}_id"][part] or "" for place, part in PLACE_PARTS}
        values["country_name"] = self._get_country_name()
        for name in self._formatting_address_fields():
            value = self[name]
            values[name] = (value.display_name if isinstance(value, models.BaseModel) else value) or ""
        return layout, {**values, "company_name": company}

    def _display_address(self, without_company=False):
        """Return the address as its country writes it, over several lines.

        What the format names and no address has, such as a field of a module that is gone, is empty.
        """
        address_format, values = self._prepare_display_address(without_company)
        lines = (address_format % defaultdict(str, values)).split("\n")
        return "\n".join(line for line in lines if line.strip())

    def _display_address_depends(self):
        """Return the fields that the printed address depends on."""
        return [*self._formatting_address_fields(), "country_id", "company_name", "state_id", "commercial_company_name"]

    @api.depends(lambda self: self._display_address_depends())
    def _compute_contact_address(self):
        """Print the address."""
        for partner in self:
            partner.contact_address = partner._display_address()

    def _get_street_split(self):
        """Return street name, number and second number of the first line of the address."""
        self.ensure_one()
        street = (self.street or "").strip()
        head, _space, tail = street.rpartition(" ")
        if head and tail[:1].isdigit():
            number, _slash, number2 = tail.partition("/")
            return {"street_name": head.rstrip(","), "street_number": number, "street_number2": number2}
        return {"street_name": street, "street_number": "", "street_number2": ""}

    def _get_all_addr(self):
        """Return the partner's addresses as dicts; extended by other modules."""
        self.ensure_one()
        address = {name: self[name] for name in ("street", "zip", "city")}
        address["contact_type"] = self.type if self.street else False
        return [{**address, "country": self.country_id.code}]
