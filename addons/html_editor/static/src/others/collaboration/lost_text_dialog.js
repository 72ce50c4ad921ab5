import { Component, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";

/** What the user wrote, where it could not be joined with what somebody else has saved. */
export class LostTextDialog extends Component {
    static template = "html_editor.LostTextDialog";
    static components = { Dialog };
    static props = { close: Function, text: String };

    setup() {
        this.title = _t("Somebody else has saved another text");
        this.state = useState({ isCopied: false });
    }

    async copy() {
        await browser.navigator.clipboard.writeText(this.props.text);
        this.state.isCopied = true;
    }
}
