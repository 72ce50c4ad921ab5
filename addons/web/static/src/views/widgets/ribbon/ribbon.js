import { Component, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Class of a text that is longer than so many letters. @type {[number, string][]} */
const SIZES = [
    [15, "o_small"],
    [10, "o_medium"],
];

/** Band across the corner of a sheet. */
export class RibbonWidget extends Component {
    static template = xml`<div class="ribbon ribbon-top-right" t-att-data-tooltip="props.title"><span t-att-class="classes" t-esc="props.text"/></div>`;
    static props = {
        ...standardWidgetProps,
        text: { type: String },
        title: { type: String, optional: true },
        bgClass: { type: String, optional: true },
    };
    static defaultProps = { bgClass: "text-bg-success" };

    /** Longer texts are written smaller, so that they fit. */
    get classes() {
        const { bgClass, text } = this.props;
        const size = SIZES.find(([length]) => text.length > length);
        return size ? `${bgClass} ${size[1]}` : bgClass;
    }
}

export const ribbonWidget = {
    component: RibbonWidget,
    extractProps: ({ attrs }) => ({
        text: attrs.title || attrs.text || "",
        title: attrs.tooltip,
        bgClass: attrs.bg_color ? attrs.bg_color.replace(/^bg-/, "text-bg-") : undefined,
    }),
};

registry.category("view_widgets").add("web_ribbon", ribbonWidget);
