import { Component, useChildSubEnv, useState } from "@odoo/owl";
import { HighlightText } from "@web/webclient/settings_form_view/highlight_text/highlight_text";

/** Settings under one title. */
export class SettingsBlock extends Component {
    static template = "web.SettingsBlock";
    static components = { HighlightText };
    /** @type {Object} */
    static props = {
        title: { type: String, optional: true },
        tip: { type: String, optional: true },
        id: { type: String, optional: true },
        name: { type: String, optional: true },
        class: { type: String, optional: true },
        slots: { type: Object, optional: true },
        "*": true,
    };

    setup() {
        this.search = useState(this.env.searchState);
        // what is found in the head of a block is found in all that stands below
        useChildSubEnv({ settingsBlockText: `${this.props.title || ""} ${this.props.tip || ""}` });
    }
}
