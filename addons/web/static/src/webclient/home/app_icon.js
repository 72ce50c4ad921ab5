import { Component, xml } from "@odoo/owl";

/** Picture of an application, or its first letter on a colour. */
export class AppIcon extends Component {
    static template = xml`
        <span class="o_app_icon" t-att-style="style">
            <img t-if="source" t-att-src="source" alt=""/>
            <i t-elif="icon" t-att-class="icon.name" t-attf-style="color: {{icon.color}}"/>
            <t t-else="" t-esc="letter"/>
        </span>`;
    static props = { app: Object };

    get source() {
        const { webIconData, webIcon } = this.props.app;
        if (webIconData) {
            return /^(data:|\/|https?:)/.test(webIconData) ? webIconData : `data:image/png;base64,${webIconData}`;
        }
        const parts = (webIcon || "").split(",");
        return parts.length === 2 ? `/${parts[0]}/${parts[1]}` : null;
    }

    get icon() {
        const parts = (this.props.app.webIcon || "").split(",");
        return parts.length === 3 ? { name: parts[0], color: parts[1], background: parts[2] } : null;
    }

    get letter() {
        return this.props.app.name.trim()[0]?.toUpperCase() || "?";
    }

    get style() {
        if (this.icon) {
            return `background: ${this.icon.background}`;
        }
        if (this.source) {
            return "";
        }
        const hue = [...this.props.app.name].reduce((total, char) => total + char.charCodeAt(0) * 37, 0) % 360;
        return `background: hsl(${hue} 45% 45%); color: white`;
    }
}
