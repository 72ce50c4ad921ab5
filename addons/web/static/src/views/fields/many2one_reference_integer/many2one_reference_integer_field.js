import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { getValue } from "@web/views/fields/field_value";
import { IntegerField, integerField } from "@web/views/fields/integer/integer_field";

/** Id that a link holds whose model is in another field. */
export class Many2OneReferenceIntegerField extends IntegerField {
    parse(text) {
        return this.linkTo(super.parse(text));
    }

    get value() {
        return getValue(this.props)?.resId || 0;
    }

    /** @returns {any} what the field holds for an id */
    linkTo(id) {
        return id ? { resId: id } : false;
    }
}

export const many2OneReferenceIntegerField = {
    ...integerField,
    component: Many2OneReferenceIntegerField,
    displayName: _t("Many2OneReferenceInteger"),
    supportedTypes: ["many2one_reference"],
};

registry.category("fields").add("many2one_reference_integer", many2OneReferenceIntegerField);
