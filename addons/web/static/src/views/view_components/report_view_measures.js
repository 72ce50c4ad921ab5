import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";

/** Menu of what a report may measure. */
export class ReportViewMeasures extends Component {
    static template = "web.ReportViewMeasures";
    static components = { Dropdown, DropdownItem };
    /** @type {Object} */
    static props = {
        measures: true,
        activeMeasures: { type: Array, element: String, optional: true },
        onMeasureSelected: { type: Function, optional: true },
    };
    static defaultProps = { activeMeasures: [], onMeasureSelected: () => {} };

    /** Names of the measures, and whether each is in use; the number of records stands apart at the end. */
    get entries() {
        return Object.entries(this.props.measures).map(([name, { string }]) => ({
            name,
            label: string,
            isActive: this.props.activeMeasures.includes(name),
            isApart: name === "__count",
        }));
    }
}
