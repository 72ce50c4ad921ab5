import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";

/** Says that what a setting switches on is not among the addons of this server. */
export class UpgradeDialog extends Component {
    static template = "web.UpgradeDialog";
    static components = { Dialog };
    static props = { close: Function, moduleName: { type: String, optional: true } };
}
