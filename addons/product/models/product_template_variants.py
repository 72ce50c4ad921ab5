"""The variants of a product: one for each combination of its values."""

import itertools

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

#: combinations that a product may have without its database saying otherwise
VARIANT_LIMIT = 1000


class ProductTemplate(models.Model):
    """What a product comes in, and its variants."""

    _inherit = "product.template"

    attribute_line_ids = fields.One2many(
        "product.template.attribute.line", "product_tmpl_id", "Product Attributes", copy=True
    )
    valid_product_template_attribute_line_ids = fields.Many2many(
        "product.template.attribute.line",
        string="Valid Product Attribute Lines",
        compute="_compute_valid_product_template_attribute_line_ids",
    )
    has_configurable_attributes = fields.Boolean(
        "Is a configurable product", compute="_compute_has_configurable_attributes", store=True
    )

    @api.depends("attribute_line_ids.value_ids")
    def _compute_valid_product_template_attribute_line_ids(self):
        for template in self:
            template.valid_product_template_attribute_line_ids = template.attribute_line_ids.filtered("value_ids")

    @api.depends(
        "attribute_line_ids",
        "attribute_line_ids.value_ids",
        "attribute_line_ids.attribute_id.create_variant",
        "attribute_line_ids.attribute_id.display_type",
        "attribute_line_ids.value_ids.is_custom",
    )
    def _compute_has_configurable_attributes(self):
        """Set whether people choose something when they order the product."""
        for template in self:
            template.has_configurable_attributes = any(
                len(line.value_ids) > 1
                or line.value_ids.filtered("is_custom")
                or line.attribute_id.display_type == "multi"
                for line in template.attribute_line_ids
            )

    def has_dynamic_attributes(self):
        """Tell whether variants of the product are made when they are ordered."""
        self.ensure_one()
        lines = self.valid_product_template_attribute_line_ids
        return any(attribute.create_variant == "dynamic" for attribute in lines.attribute_id)

    def _create_variant_ids(self):
        """Make the variants that the values of the products ask for; delete or archive the others."""
        if "create_product_product" in self.env.context:
            # a variant that makes its template says itself what it is
            return
        for template in self:
            template._sync_variants()
        self.invalidate_recordset(["product_variant_ids", "product_variant_count"])

    def _sync_variants(self):
        """Do so for one product."""
        lines = self.valid_product_template_attribute_line_ids._without_no_variant_attributes()
        variants = self.with_context(active_test=False).product_variant_ids
        self._add_single_values(lines, variants)
        present = {}
        for variant in variants.sorted("active", reverse=True):
            present.setdefault(variant.product_template_attribute_value_ids, variant)
        wanted = self._wanted_combinations(lines, present)
        kept = self.env["product.product"].concat(*(present[values] for values in wanted if values in present))
        # the new ones come first, as a product without a variant goes
        self.env["product.product"].create(
            [self._prepare_variant_values(values) for values in wanted if values not in present]
        )
        if self.active:
            kept.filtered(lambda variant: not variant.active).write({"active": True})
        (variants - kept)._unlink_or_archive()

    def _add_single_values(self, lines, variants):
        """Put the only value of a line on the variants that have none of the line yet: they stay what they are."""
        for line in lines:
            values = line.product_template_value_ids._only_active()
            if len(values) != 1:
                continue
            for variant in variants:
                if not variant.product_template_attribute_value_ids & line.product_template_value_ids:
                    variant.product_template_attribute_value_ids |= values

    def _wanted_combinations(self, lines, present):
        """Return the combinations that have variants, as recordsets of values.

        :param dict present: ``{combination: its variant}``
        :raise UserError: when there are more than the database allows
        """
        values_by_line = [line.product_template_value_ids._only_active() for line in lines]
        if self.has_dynamic_attributes():
            return [values for values in present if self._is_combination_possible_by_config(values, True)]
        limit = int(self.env["ir.config_parameter"].sudo().get_param("product.dynamic_variant_limit", VARIANT_LIMIT))
        wanted = []
        for combination in itertools.product(*values_by_line):
            values = self.env["product.template.attribute.value"].concat(*combination)
            if not self._is_combination_possible_by_config(values, True):
                continue
            wanted.append(values)
            if len(wanted) > limit:
                raise UserError(
                    self.env._(
                        "“%(product)s” would have more than %(limit)s variants. Let some attributes make them "
                        "dynamically or never.",
                        product=self.display_name,
                        limit=limit,
                    )
                )
        return wanted

    def _prepare_variant_values(self, combination):
        """Return the values to create the variant of a combination with."""
        self.ensure_one()
        return {
            "active": self.active,
            "product_template_attribute_value_ids": [Command.link(value.id) for value in combination],
            "product_tmpl_id": self.id,
        }

    def _is_combination_possible_by_config(self, combination, ignore_no_variant=False):
        """Tell whether the product comes in a combination: one active value of each line, none excluded."""
        self.ensure_one()
        lines = self.valid_product_template_attribute_line_ids
        if ignore_no_variant:
            lines, combination = lines._without_no_variant_attributes(), combination._without_no_variant_attributes()
        single = combination.filtered(lambda value: value.display_type != "multi")
        wanted = lines.filtered(lambda line: line.attribute_id.display_type != "multi")
        if len(single) != len(wanted) or single.attribute_line_id != wanted:
            return False
        if combination != combination._only_active() or combination.attribute_line_id - lines:
            return False
        excluded = combination.exclude_for.filtered(lambda exclusion: exclusion.product_tmpl_id == self).value_ids
        return not excluded & combination

    def _is_combination_possible(self, combination, parent_combination=None, ignore_no_variant=False):
        """Tell whether a combination can be had: it exists, or it would be made when it is ordered.

        :param parent_combination: values of the product that this one is an option of
        """
        self.ensure_one()
        if not self._is_combination_possible_by_config(combination, ignore_no_variant):
            return False
        variant = self._get_variant_for_combination(combination)
        if variant:
            exists = variant.active
        else:
            exists = self.has_dynamic_attributes()
        return exists and not self._is_excluded_by(parent_combination or combination.browse(), combination)

    def _is_excluded_by(self, parent_combination, combination):
        """Tell whether values of another product exclude a combination of this one, or all of them."""
        for exclusion in parent_combination.exclude_for:
            if exclusion.product_tmpl_id == self and (not exclusion.value_ids or exclusion.value_ids & combination):
                return True
        return False

    def _get_variant_for_combination(self, combination):
        """Return the variant of a combination, also an archived one, or none."""
        self.ensure_one()
        indices = combination._without_no_variant_attributes()._ids2str()
        return (
            self.env["product.product"]
            .with_context(active_test=False)
            .search(
                [("product_tmpl_id", "=", self.id), ("combination_indices", "=", indices or False)],
                order="active DESC, id",
                limit=1,
            )
        )

    def _create_product_variant(self, combination, log_warning=False):
        """Return the variant of a combination, made now when its attributes are dynamic; none when it cannot be.

        It is made with the rights of the caller.
        """
        self.ensure_one()
        values = combination._without_no_variant_attributes()
        variant = self._get_variant_for_combination(values)
        if variant:
            if not variant.active and self.has_dynamic_attributes() and self._is_combination_possible(values):
                variant.active = True
            return variant
        if not self.has_dynamic_attributes() or not self._is_combination_possible(values):
            return variant
        return self.env["product.product"].create(self._prepare_variant_values(values))

    def _get_possible_combinations(self, parent_combination=None, necessary_values=None):
        """Yield the combinations that can be had and have all ``necessary_values``."""
        self.ensure_one()
        values = self.env["product.template.attribute.value"]
        necessary = necessary_values or values
        if not self.active:
            return
        lines = self.valid_product_template_attribute_line_ids.filtered(
            lambda line: line.attribute_id.display_type != "multi"
        )
        choices = []
        for line in lines:
            active = line.product_template_value_ids._only_active()
            choices.append((necessary & active) or active)
        for combination in itertools.product(*choices):
            chosen = values.concat(*combination)
            if not necessary - chosen and self._is_combination_possible(chosen, parent_combination):
                yield chosen

    def _get_first_possible_combination(self, parent_combination=None, necessary_values=None):
        """Return the first of those combinations, or none."""
        found = self._get_possible_combinations(parent_combination, necessary_values)
        return next(found, self.env["product.template.attribute.value"])

    def _get_closest_possible_combination(self, combination):
        """Return a combination that can be had and has as many of the first values of ``combination`` as possible."""
        values = combination
        while True:
            found = self._get_first_possible_combination(necessary_values=values)
            if found or not values:
                return found
            values = values[:-1]

    def _get_first_possible_variant_id(self):
        """Return the id of the variant of the first combination that can be had; ``False`` when it has none."""
        return self._create_product_variant(self._get_first_possible_combination()).id

    def _get_possible_variants(self, parent_combination=None):
        """Return the variants that can be had."""
        self.ensure_one()
        return self.product_variant_ids.filtered(lambda variant: variant._is_variant_possible(parent_combination))

    def get_single_product_variant(self):
        """Return the ``product_id`` and ``product_name`` of the only variant; nothing when there is a choice."""
        self.ensure_one()
        if self.has_configurable_attributes or self.product_variant_count != 1:
            return {}
        variant = self.product_variant_id
        return {"product_name": variant.display_name, "product_id": variant.id}
