import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Many2OneField, many2OneField } from "@web/views/fields/many2one/many2one_field";

/** Link whose model is in another field. */
export class Many2OneReferenceField extends Many2OneField {
    get relation() {
        const { record, name } = this.props;
        return record.data[record.fields[name].model_field];
    }

    get value() {
        const value = this.props.record.data[this.props.name];
        return value && [value.resId, value.displayName];
    }

    updateRecord(value) {
        return this.props.record.update({ [this.props.name]: value && { resId: value[0], displayName: value[1] } });
    }
}

export const many2OneReferenceField = {
    ...many2OneField,
    component: Many2OneReferenceField,
    displayName: _t("Many2OneReference"),
    supportedTypes: ["many2one_reference"],
};

registry.category("fields").add("many2one_reference", many2OneReferenceField);
