import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, flag, option, propTypes } from "@web/views/fields/arch_props";
import { getField, getValue, setValue } from "@web/views/fields/field_value";
import { MANY2ONE_PROPS, Many2OneField } from "@web/views/fields/many2one/many2one_field";

const ARCH_PROPS = { ...MANY2ONE_PROPS, hideModel: flag("hide_model"), modelField: option("model_field", String) };

/** Link to a record of one of several models. */
export class ReferenceField extends Component {
    static template = "web.ReferenceField";
    static components = { Many2OneField };
    static props = { ...Many2OneField.props, ...propTypes(ARCH_PROPS) };
    static defaultProps = { ...Many2OneField.defaultProps };

    setup() {
        this.state = useState({ relation: false });
    }

    get value() {
        const value = getValue(this.props);
        if (typeof value === "string" && value) {
            const [resModel, resId] = value.split(",");
            return { resModel, resId: Number(resId), displayName: value };
        }
        return value;
    }

    get selection() {
        return getField(this.props).selection || [];
    }

    get relation() {
        return this.value ? this.value.resModel : this.state.relation;
    }

    get m2oProps() {
        const value = this.value?.resId ? [this.value.resId, this.value.displayName] : false;
        const { hideModel, modelField, ...others } = this.props;
        return { ...others, relation: this.relation, value, update: (newValue) => this.update(newValue) };
    }

    async update(value) {
        const resModel = this.relation;
        const [resId, displayName = ""] = value || [];
        this.state.relation = resModel;
        await setValue(this.props, resId ? { resModel, resId, displayName } : false);
    }

    onModelChange(ev) {
        this.state.relation = ev.target.value || false;
        setValue(this.props, false);
    }
}

export const referenceField = {
    component: ReferenceField,
    displayName: _t("Reference"),
    supportedTypes: ["reference", "char"],
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("reference", referenceField);
