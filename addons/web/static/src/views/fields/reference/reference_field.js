import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, flag, option, propTypes } from "@web/views/fields/arch_props";
import { getField, getValue, setValue } from "@web/views/fields/field_value";
import { MANY2ONE_PROPS, Many2OneField } from "@web/views/fields/many2one/many2one_field";
import { useRecordObserver } from "@web/model/relational_model/utils";

const ARCH_PROPS = { ...MANY2ONE_PROPS, hideModel: flag("hide_model"), modelField: option("model_field", String) };

/** What a text "model,id" stands for; nothing for any other text. */
function parse(text) {
    const [, resModel, id] = /^([\w.]+),(\d+)$/.exec(text || "") || [];
    return resModel ? { resModel, resId: Number(id) } : null;
}

/** Link to a record of one of several models. */
export class ReferenceField extends Component {
    static template = "web.ReferenceField";
    static components = { Many2OneField };
    static props = { ...Many2OneField.props, ...propTypes(ARCH_PROPS) };
    static defaultProps = { ...Many2OneField.defaultProps };

    setup() {
        this.orm = useService("orm");
        this.nameService = useService("name");
        this.state = useState({ relation: false });
        /** Names of records that a text stands for, and models by the ids of their descriptions. */
        this.names = useState({});
        this.models = useState({});
        useRecordObserver((record, props) => this.follow({ ...props, record }));
    }

    get isText() {
        return getField(this.props).type === "char";
    }

    get value() {
        const value = getValue(this.props);
        if (!this.isText) {
            return value;
        }
        const target = parse(value);
        return target ? { ...target, displayName: this.names[value] ?? value } : false;
    }

    /** Ask for what the record does not tell: the name behind a text, the model behind a link to its description. */
    async follow(props) {
        const { modelField, record } = props;
        const value = getValue(props);
        const model = modelField && record.data[modelField];
        await Promise.all([
            this.isText && parse(value) && !(value in this.names) && this.loadName(value),
            model && !(model[0] in this.models) && this.loadModel(model[0]),
        ]);
    }

    async loadName(value) {
        const { resId, resModel } = parse(value);
        const names = await this.nameService.loadDisplayNames(resModel, [resId]);
        this.names[value] = typeof names[resId] === "string" ? names[resId] : value;
    }

    async loadModel(id) {
        const [row] = await this.orm.read("ir.model", [id], ["model"]);
        this.models[id] = row.model;
    }

    /** The model that another field chooses, if there is such a field. */
    get chosenModel() {
        const { modelField, record } = this.props;
        const chosen = modelField && record.data[modelField];
        return chosen ? this.models[chosen[0]] || false : false;
    }

    get choosesModel() {
        return !this.props.readonly && !this.props.hideModel && !this.props.modelField;
    }

    get modelLabel() {
        return _t("Model").toString();
    }

    get selection() {
        return getField(this.props).selection || [];
    }

    get relation() {
        if (this.props.modelField) {
            return this.chosenModel;
        }
        return this.value ? this.value.resModel : this.state.relation;
    }

    get m2oProps() {
        const isOfModel = this.value?.resId && this.value.resModel === this.relation;
        const value = isOfModel ? [this.value.resId, this.value.displayName] : false;
        const { hideModel, modelField, ...others } = this.props;
        return { ...others, relation: this.relation, value, update: (newValue) => this.update(newValue) };
    }

    async update(value) {
        const resModel = this.relation;
        const [resId, displayName = ""] = value || [];
        this.state.relation = resModel;
        if (!resId) {
            await setValue(this.props, false);
        } else if (this.isText) {
            const text = `${resModel},${resId}`;
            this.names[text] = displayName;
            await setValue(this.props, text);
        } else {
            await setValue(this.props, { resModel, resId, displayName });
        }
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
    fieldDependencies: ({ options }) =>
        options.model_field ? [{ name: options.model_field, type: "many2one", relation: "ir.model" }] : [],
};

registry.category("fields").add("reference", referenceField);
