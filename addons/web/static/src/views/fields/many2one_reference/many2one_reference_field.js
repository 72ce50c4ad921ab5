import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { getField, getValue, setValue } from "@web/views/fields/field_value";
import { Many2OneField, many2OneField } from "@web/views/fields/many2one/many2one_field";

/** Link whose model is in another field of the same view. */
export class Many2OneReferenceField extends Many2OneField {
    /** @throws {Error} the view does not have the field with the model */
    get relation() {
        const { model_field: modelField, name } = getField(this.props);
        if (!(modelField in this.props.record.activeFields)) {
            throw new Error(`The view has the field "${name}" but not "${modelField}", which tells its model`);
        }
        return this.props.record.data[modelField];
    }

    /** Without a model there is nothing to choose from. */
    get isReadonly() {
        return this.props.readonly || !this.relation;
    }

    get value() {
        const value = getValue(this.props);
        return value && [value.resId, value.displayName];
    }

    updateRecord(value) {
        return setValue(this.props, value && { resId: value[0], displayName: value[1] });
    }
}

export const many2OneReferenceField = {
    ...many2OneField,
    component: Many2OneReferenceField,
    displayName: _t("Many2OneReference"),
    supportedTypes: ["many2one_reference"],
};

registry.category("fields").add("many2one_reference", many2OneReferenceField);
