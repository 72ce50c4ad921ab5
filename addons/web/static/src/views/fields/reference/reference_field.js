import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Many2OneField, many2OneField } from "@web/views/fields/many2one/many2one_field";

/** Link to a record of one of several models. */
export class ReferenceField extends Component {
    static template = "web.ReferenceField";
    static components = { Many2OneField };
    static props = {
        ...Many2OneField.props,
        hideModel: { type: Boolean, optional: true },
        modelField: { type: String, optional: true },
    };
    static defaultProps = { ...Many2OneField.defaultProps };

    setup() {
        this.state = useState({ relation: false });
    }

    get value() {
        const value = this.props.record.data[this.props.name];
        if (typeof value === "string" && value) {
            const [resModel, resId] = value.split(",");
            return { resModel, resId: Number(resId), displayName: value };
        }
        return value;
    }

    get selection() {
        return this.props.record.fields[this.props.name].selection || [];
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
        let next = false;
        if (value && value[0]) {
            next = { resModel, resId: value[0], displayName: value[1] ?? "" };
        }
        this.state.relation = resModel;
        await this.props.record.update({ [this.props.name]: next });
    }

    onModelChange(ev) {
        this.state.relation = ev.target.value || false;
        this.props.record.update({ [this.props.name]: false });
    }
}

export const referenceField = {
    component: ReferenceField,
    displayName: _t("Reference"),
    supportedTypes: ["reference", "char"],
    extractProps: (info, dynamicInfo) => ({
        ...many2OneField.extractProps(info, dynamicInfo),
        hideModel: Boolean(info.options.hide_model),
        modelField: info.options.model_field,
    }),
};

registry.category("fields").add("reference", referenceField);
