import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { laterComponent } from "@web/core/later/later";
import { RULES_BUNDLE } from "@web/core/later/rules";
import { registry } from "@web/core/registry";
import { archProps, flag, option, propTypes } from "@web/views/fields/arch_props";
import { getValue, setValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const LaterSelector = laterComponent(
    RULES_BUNDLE,
    async () =>
        (await import("@web/views/fields/dynamic_widget/dynamic_model_field_selector")).DynamicModelFieldSelector
);

const ARCH_PROPS = {
    followRelations: flag("follow_relations", true),
    onlySearchable: flag("only_searchable"),
    resModel: option("model", String),
};

/** Path to a field as text, chosen step by step. */
export class DynamicModelFieldSelectorChar extends Component {
    static template = "web.DynamicModelFieldSelectorChar";
    static components = { DynamicModelFieldSelector: LaterSelector };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    /** The option names a model, or the field that does. */
    get resModel() {
        const { record, resModel = "" } = this.props;
        if (!(resModel in record.fields)) {
            return resModel;
        }
        const value = record.data[resModel];
        return (Array.isArray(value) ? value[1] : value) || "";
    }

    get selectorProps() {
        const { followRelations, onlySearchable, readonly } = this.props;
        return {
            allowEmpty: true,
            followRelations,
            isDebugMode: Boolean(this.env.debug),
            path: getValue(this.props) || "",
            readonly: Boolean(readonly),
            resModel: this.resModel,
            update: (path) => setValue(this.props, path),
            filter: (field) => field.type !== "separator" && (!onlySearchable || field.searchable),
        };
    }
}

export const dynamicModelFieldSelectorChar = {
    component: DynamicModelFieldSelectorChar,
    displayName: _t("Field of a model"),
    supportedTypes: ["char"],
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("DynamicModelFieldSelectorChar", dynamicModelFieldSelectorChar);
