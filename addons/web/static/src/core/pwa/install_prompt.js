import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";

/** How to install the application where the browser does not ask by itself. */
export class InstallPrompt extends Component {
    static template = "web.InstallPrompt";
    static components = { Dialog };
    static props = { close: Function, onClose: { type: Function, optional: true } };

    get title() {
        return _t("Install on this device");
    }

    close() {
        this.props.onClose?.();
        this.props.close();
    }
}
