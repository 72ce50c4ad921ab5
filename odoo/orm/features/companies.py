"""Companies: which records the records of a company may refer to."""

from odoo.exceptions import UserError

__all__ = ["CompaniesMixin", "to_company_ids"]


def to_company_ids(companies) -> list:
    """Return company ids from records, a list, an id, or the name of a field that the client evaluates."""
    if hasattr(companies, "_ids"):
        return companies.ids
    if isinstance(companies, (list, tuple, str)):
        return companies
    if isinstance(companies, int):
        return [companies]
    return list(companies)


def check_company_domain_parent_of(self, companies):
    """``_check_company_domain`` of models whose records may be used by the branches of their company."""
    if isinstance(companies, str):
        return ["|", ("company_id", "=", False), ("company_id", "parent_of", companies)]
    above = _with_parents(self.env, companies)
    return [("company_id", "in", [*above, False]) if above else ("company_id", "=", False)]


def check_companies_domain_parent_of(self, companies):
    """Like :func:`check_company_domain_parent_of`, for models with ``company_ids``."""
    if isinstance(companies, str):
        return [("company_ids", "parent_of", companies)]
    above = _with_parents(self.env, companies)
    return [("company_ids", "in", above)] if above else []


def _with_parents(env, companies) -> list:
    """Return the ids of ``companies``, as :func:`to_company_ids` takes them, and of the companies above them."""
    ids = tuple(filter(None, to_company_ids(companies)))
    return env.registry.services.accounts.companies(env(su=True), ids).parent_ids.ids if ids else []


class CompaniesMixin:
    """Records that belong to companies."""

    __slots__ = ()

    def _check_company_domain(self, companies):
        """Return the domain of records that records of ``companies`` may use.

        :param companies: records, ids, or the text of an expression that the client evaluates
        """
        if not companies:
            return [("company_id", "=", False)]
        if isinstance(companies, str):
            return ["|", ("company_id", "=", False), ("company_id", "=", companies)]
        return [("company_id", "in", [*to_company_ids(companies), False])]

    def _check_company(self, fnames=None):
        """Check that the records that ``check_company`` fields refer to may be used by the records' companies.

        :raise UserError: naming the records and fields that do not fit
        """
        if fnames is None or {"company_id", "company_ids"} & set(fnames):
            fnames = list(self._fields)
        plain, by_property = [], []
        for name in fnames:
            field = self._fields[name]
            if field.relational and field.check_company:
                (by_property if field.company_dependent else plain).append(name)
        if not (plain or by_property):
            return
        inconsistent = []
        for record in self:
            inconsistent += _foreign_relations(record, plain, by_property)
        if inconsistent:
            raise UserError(_company_message(self, inconsistent))

    def _own_companies(self):
        """Return the companies that the record belongs to, ``None`` where the model's records belong to none."""
        if "company_id" in self._fields:
            return self.company_id
        return self.company_ids if "company_ids" in self._fields else None

    def _own_company_expression(self) -> str | None:
        """Return what the client calls the company of the record that is edited, ``None`` where it has none."""
        return "company_id" if "company_id" in self._fields else None

    def _foreign_to(self, companies):
        """Return those of these records that records of ``companies`` may not refer to."""
        domain = self._check_company_domain(companies)
        return self - self.filtered_domain(domain) if domain else self.browse()

    def _get_redirect_suggested_company(self):
        """Return the company in which the user could see these records, ``False`` when there is none."""
        if "company_id" in self._fields:
            return self.company_id
        if "company_ids" in self._fields:
            return self.company_ids & self.env.user.company_ids
        return False


def _foreign_relations(record, plain, by_property) -> list:
    """Return ``(record, field name, foreign record)`` of one record."""
    found = []
    own = record._own_companies()
    checks = []
    if own is not None:
        checks += [(name, own) for name in plain]
    checks += [(name, record.env.company) for name in by_property]
    for name, companies in checks:
        related = record.sudo()[name]
        wrong = related and related._foreign_to(companies)
        if wrong:
            found.append((record, name, wrong))
    return found


def _company_message(model, inconsistent) -> str:
    _ = model.env._
    lines = [_("These records belong to companies that do not fit together:")]
    for record, name, wrong in inconsistent[:5]:
        if "company_id" in record._fields and record.company_id:
            lines.append(
                _(
                    "- “%(record)s” belongs to company “%(company)s” and “%(field)s” (%(related)s) "
                    "belongs to another company.",
                    record=record.display_name,
                    company=record.company_id.display_name,
                    field=record._fields[name].string,
                    related=", ".join(wrong.sudo().mapped("display_name")),
                )
            )
        else:
            lines.append(
                _(
                    "- The “%(field)s” (%(related)s) of “%(record)s” belongs to another company.",
                    record=record.display_name,
                    field=record._fields[name].string,
                    related=", ".join(wrong.sudo().mapped("display_name")),
                )
            )
    return "\n".join(lines)
