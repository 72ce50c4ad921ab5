import { Component, onWillStart, onWillUpdateProps, useComponent } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { getFieldDomain } from "@web/model/relational_model/utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Choices of a many2one shown as a closed list. */
export function useSpecialData(loadFn) {
    const component = useComponent();
    const orm = useService("orm");
    const state = { data: {} };
    const load = async (props) => {
        state.data = await loadFn(orm, props);
    };
    onWillStart(() => load(component.props));
    onWillUpdateProps((nextProps) => load(nextProps));
    return state;
}

/** Closed list of choices. */
export class SelectionField extends Component {
    static template = "web.SelectionField";
    static props = {
        ...standardFieldProps,
        placeholder: { type: String, optional: true },
        required: { type: Boolean, optional: true },
        domain: { type: [Array, Function], optional: true },
        autosave: { type: Boolean, optional: true },
    };
    static defaultProps = { autosave: false };

    setup() {
        this.type = this.props.record.fields[this.props.name].type;
        if (this.type === "many2one") {
            this.specialData = useSpecialData((orm, props) => {
                const { relation } = props.record.fields[props.name];
                const domain = getFieldDomain(props.record, props.name, props.domain);
                return orm.call(relation, "name_search", ["", domain], { limit: 200 });
            });
        }
    }

    get options() {
        switch (this.type) {
            case "many2one":
                return [...this.specialData.data];
            case "selection":
                return this.props.record.fields[this.props.name].selection.filter(
                    ([value, label]) => value !== false && label !== ""
                );
        }
        return [];
    }

    get string() {
        const value = this.props.record.data[this.props.name];
        if (this.type === "many2one") {
            return value ? value[1] : "";
        }
        return value !== false ? (this.options.find(([key]) => key === value)?.[1] ?? "") : "";
    }

    get value() {
        const rawValue = this.props.record.data[this.props.name];
        return this.type === "many2one" && rawValue ? rawValue[0] : rawValue;
    }

    get isRequired() {
        return this.props.record.fields[this.props.name].required || this.props.required;
    }

    stringify(value) {
        return JSON.stringify(value);
    }

    onChange(ev) {
        const value = JSON.parse(ev.target.value);
        const { record, name, autosave } = this.props;
        if (this.type === "many2one") {
            const update = value === false ? false : this.options.find(([key]) => key === value);
            record.update({ [name]: update }, { save: autosave });
        } else {
            record.update({ [name]: value }, { save: autosave });
        }
    }
}

export const selectionField = {
    component: SelectionField,
    displayName: _t("Selection"),
    supportedTypes: ["many2one", "selection"],
    isEmpty: (record, fieldName) => record.data[fieldName] === false,
    extractProps({ attrs, viewType }, dynamicInfo) {
        const props = {
            autosave: viewType === "kanban",
            placeholder: attrs.placeholder,
            required: dynamicInfo.required,
            domain: dynamicInfo.domain,
        };
        if (viewType === "kanban") {
            props.readonly = dynamicInfo.readonly;
        }
        return props;
    },
};

registry.category("fields").add("selection", selectionField);
