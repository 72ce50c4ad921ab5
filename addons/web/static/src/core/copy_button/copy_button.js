import { Component, useRef } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** How long it is said that something was copied, ms. */
const SHOWN = 800;

/** Button that copies a text, or data by their types, and says so. */
export class CopyButton extends Component {
    static template = "web.CopyButton";
    static props = {
        className: { type: String, optional: true },
        content: { type: [String, Object, Function], optional: true },
        copyText: { type: String, optional: true },
        disabled: { type: Boolean, optional: true },
        icon: { type: String, optional: true },
        successText: { type: String, optional: true },
    };

    setup() {
        this.button = useRef("button");
        this.notification = useService("notification");
        this.tooltips = "popover" in this.env.services ? useService("popover") : null;
    }

    get label() {
        return this.props.copyText || _t("Copy").toString();
    }

    async onClick() {
        const { content } = this.props;
        const copied = typeof content === "function" ? content() : content;
        const { clipboard } = browser.navigator;
        if (!clipboard) {
            // pages that are not served by https have none
            this.notification.add(_t("The browser does not let this page copy."), { type: "warning" });
            return;
        }
        if (typeof copied === "object" && !(copied instanceof String)) {
            await clipboard.write([new ClipboardItem(copied)]);
        } else {
            await clipboard.writeText(String(copied ?? ""));
        }
        this.showSuccess();
    }

    showSuccess() {
        const text = this.props.successText || _t("Copied").toString();
        const close = this.tooltips?.add(this.button.el, CopyMessage, { text }, { position: "top" });
        browser.setTimeout(() => close?.(), SHOWN);
    }
}

/** What is said beside the button. */
class CopyMessage extends Component {
    static template = "web.CopyMessage";
    static props = { close: { type: Function, optional: true }, text: String };
}
