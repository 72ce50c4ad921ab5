import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { getFieldDomain } from "@web/model/relational_model/utils";
import { useSpecialData } from "@web/views/fields/selection/selection_field";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Stages of a document as a row of arrows. */
export class StatusBarField extends Component {
    static template = "web.StatusBarField";
    static components = { Dropdown, DropdownItem };
    static props = {
        ...standardFieldProps,
        isDisabled: { type: Boolean, optional: true },
        visibleSelection: { type: Array, element: String, optional: true },
        withCommand: { type: Boolean, optional: true },
        foldField: { type: String, optional: true },
        domain: { type: [Array, Function], optional: true },
    };
    static defaultProps = { visibleSelection: [] };

    setup() {
        if (this.field.type === "many2one") {
            this.specialData = useSpecialData((orm, props) => this.loadStages(orm, props));
        }
    }

    get field() {
        return this.props.record.fields[this.props.name];
    }

    get currentName() {
        return this.getAllItems().find((item) => item.isSelected)?.label || "";
    }

    async loadStages(orm, props) {
        const { record, name, foldField } = props;
        const { relation } = record.fields[name];
        const fieldNames = ["display_name", ...(foldField ? [foldField] : [])];
        const value = record.data[name];
        let domain = getFieldDomain(record, name, props.domain);
        if (domain.length && value) {
            domain = Domain.or([[["id", "=", value[0]]], domain]).toList({});
        }
        return orm.searchRead(relation, domain, fieldNames);
    }

    /** @returns {{value, label, isFolded, isSelected}[]} */
    getAllItems() {
        const { foldField, name, record, visibleSelection } = this.props;
        const current = record.data[name];
        if (this.field.type === "many2one") {
            return this.specialData.data.map((option) => ({
                value: option.id,
                label: option.display_name,
                isFolded: Boolean(option[foldField]),
                isSelected: Boolean(current && option.id === current[0]),
            }));
        }
        return this.field.selection
            .filter(([value]) => !visibleSelection.length || value === current || visibleSelection.includes(value))
            .map(([value, label]) => ({ value, label, isFolded: false, isSelected: value === current }));
    }

    get visibleItems() {
        return this.getAllItems().filter((item) => !item.isFolded || item.isSelected);
    }

    get foldedItems() {
        return this.getAllItems().filter((item) => item.isFolded && !item.isSelected);
    }

    async selectItem(item) {
        const { name, record } = this.props;
        const value = this.field.type === "many2one" ? [item.value, item.label] : item.value;
        await record.update({ [name]: value }, { save: true });
    }
}

export const statusBarField = {
    component: StatusBarField,
    displayName: _t("Status"),
    supportedTypes: ["many2one", "selection"],
    isEmpty: (record, fieldName) => record.model.env.isSmall && !record.data[fieldName],
    extractProps: ({ attrs, options, viewType }, dynamicInfo) => ({
        isDisabled:
            !options.clickable ||
            (typeof options.clickable === "string" && !evaluateBooleanExpr(options.clickable)) ||
            dynamicInfo.readonly,
        visibleSelection: attrs.statusbar_visible?.trim().split(/\s*,\s*/) || [],
        withCommand: viewType === "form",
        foldField: options.fold_field,
        domain: dynamicInfo.domain,
    }),
};

registry.category("fields").add("statusbar", statusBarField);
