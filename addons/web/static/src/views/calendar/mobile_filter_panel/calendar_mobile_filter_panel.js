import { Component } from "@odoo/owl";
import { getColor } from "@web/views/calendar/colors";

/** On small screens: which filters are on, and the way to all of them. */
export class CalendarMobileFilterPanel extends Component {
    static template = "web.CalendarMobileFilterPanel";
    static props = { model: Object, sideBarShown: Boolean, toggleSideBar: Function };

    /** The filters that are on, by section. */
    get sections() {
        return this.props.model.filterSections.map(({ fieldName, filters, label }) => ({
            fieldName,
            label,
            filters: filters.filter(({ active }) => active),
        }));
    }

    getFilterColor({ colorIndex }) {
        const color = getColor(colorIndex);
        return typeof color === "number" ? `o_calendar_color_${color}` : "";
    }
}
