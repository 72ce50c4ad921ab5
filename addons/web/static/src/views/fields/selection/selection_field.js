import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, attr, domain, dynamic, prop, propTypes } from "@web/views/fields/arch_props";
import { getField, getValue, isUnset, setValue } from "@web/views/fields/field_value";
import { useRelatedChoices } from "@web/views/fields/special_data";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const isCard = ({ viewType }) => viewType === "kanban";

/** What nodes tell about a closed list; on a card, only modifiers block it. */
export const SELECTION_PROPS = {
    domain,
    placeholder: attr("placeholder"),
    required: dynamic("required", Boolean),
    autosave: prop(Boolean, isCard),
    readonly: prop(Boolean, (info, { readonly }) => (isCard(info) ? readonly : undefined)),
};

/** Closed list of choices, each a pair of key and label. A many2one holds the pair, a selection its key. */
export class SelectionField extends Component {
    static template = "web.SelectionField";
    static props = { ...standardFieldProps, ...propTypes(SELECTION_PROPS) };
    static defaultProps = { autosave: false };

    setup() {
        this.type = getField(this.props).type;
        if (this.holdsPair) {
            this.specialData = this.useChoices();
        }
    }

    /** @returns {{data: [number, string][]}} records that a link may lead to */
    useChoices() {
        return useRelatedChoices();
    }

    get holdsPair() {
        return this.type === "many2one";
    }

    get options() {
        return this.holdsPair
            ? this.specialData.data
            : (getField(this.props).selection || []).filter(([key, label]) => key !== false && label !== "");
    }

    get value() {
        const value = getValue(this.props);
        return this.holdsPair && value ? value[0] : value;
    }

    get string() {
        const choice = this.holdsPair ? getValue(this.props) : this.options.find(([key]) => key === this.value);
        return choice ? choice[1] : "";
    }

    get isRequired() {
        return getField(this.props).required || this.props.required;
    }

    stringify(value) {
        return JSON.stringify(value);
    }

    /** Take one of the options, or none of them (`undefined`). */
    choose(option) {
        return setValue(this.props, option ? (this.holdsPair ? option : option[0]) : false);
    }

    onChange(ev) {
        const chosen = JSON.parse(ev.target.value);
        this.choose(this.options.find(([key]) => key === chosen));
    }
}

export const selectionField = {
    component: SelectionField,
    displayName: _t("Selection"),
    supportedTypes: ["many2one", "selection"],
    isEmpty: isUnset,
    ...archProps(SELECTION_PROPS),
};

registry.category("fields").add("selection", selectionField).add("kanban.selection", selectionField);
