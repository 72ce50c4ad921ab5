import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { getFieldDomain } from "@web/model/relational_model/utils";
import { archProps, domain, option, prop, propTypes } from "@web/views/fields/arch_props";
import { getField, getValue, setValue } from "@web/views/fields/field_value";
import { useSpecialData } from "@web/views/fields/special_data";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Whether an arch lets the user click; the option may be an expression. */
function isClickable({ options: { clickable } }) {
    return typeof clickable === "string" ? evaluateBooleanExpr(clickable) : Boolean(clickable);
}

const ARCH_PROPS = {
    domain,
    foldField: option("fold_field", String),
    isDisabled: prop(Boolean, (info, { readonly }) => readonly || !isClickable(info), "clickable"),
    visibleSelection: prop(Array, ({ attrs }) => attrs.statusbar_visible?.trim().split(/\s*,\s*/) || []),
    withCommand: prop(Boolean, ({ viewType }) => viewType === "form"),
};

/** Stages of a document as a row of arrows. */
export class StatusBarField extends Component {
    static template = "web.StatusBarField";
    static components = { Dropdown, DropdownItem };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };
    static defaultProps = { visibleSelection: [] };

    setup() {
        if (this.isLink) {
            this.specialData = useSpecialData((orm, props) => this.loadStages(orm, props));
        }
    }

    get field() {
        return getField(this.props);
    }

    /** Whether the stages are records, not choices of the field. */
    get isLink() {
        return this.field.type === "many2one";
    }

    get currentName() {
        return this.getAllItems().find((item) => item.isSelected)?.label || "";
    }

    /** Stages of the domain; the record's own is always among them. */
    loadStages(orm, props) {
        const current = getValue(props);
        const stages = getFieldDomain(props.record, props.name, props.domain);
        const isLimited = stages.length && current;
        return orm.searchRead(
            getField(props).relation,
            isLimited ? Domain.or([stages, [["id", "=", current[0]]]]).toList({}) : stages,
            ["display_name", props.foldField].filter(Boolean)
        );
    }

    /** @returns {[any, string, boolean][]} key, label, and whether it has a place in the menu only */
    get stages() {
        const { foldField, visibleSelection } = this.props;
        if (this.isLink) {
            return this.specialData.data.map((stage) => [stage.id, stage.display_name, Boolean(stage[foldField])]);
        }
        const shown = visibleSelection.length ? [getValue(this.props), ...visibleSelection] : null;
        return this.field.selection.filter(([key]) => !shown || shown.includes(key)).map((stage) => [...stage, false]);
    }

    /** @returns {{value, label, isFolded, isSelected}[]} */
    getAllItems() {
        const value = getValue(this.props);
        const current = this.isLink ? value && value[0] : value;
        return this.stages.map(([key, label, isFolded]) => ({
            value: key,
            label,
            isFolded,
            isSelected: key === current,
        }));
    }

    get visibleItems() {
        return this.getAllItems().filter((item) => !item.isFolded || item.isSelected);
    }

    get foldedItems() {
        return this.getAllItems().filter((item) => item.isFolded && !item.isSelected);
    }

    async selectItem({ value, label }) {
        await setValue(this.props, this.isLink ? [value, label] : value, { save: true });
    }
}

export const statusBarField = {
    component: StatusBarField,
    displayName: _t("Status"),
    supportedTypes: ["many2one", "selection"],
    isEmpty: (record, fieldName) => record.model.env.isSmall && !record.data[fieldName],
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("statusbar", statusBarField);
