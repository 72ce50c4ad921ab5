import { Component } from "@odoo/owl";

/** The settings of one application: drawn while it is selected, and while all are searched. */
export class SettingsApp extends Component {
    static template = "web.SettingsApp";
    static props = {
        key: String,
        string: String,
        imgurl: String,
        isShown: Boolean,
        slots: { type: Object, optional: true },
    };
}
