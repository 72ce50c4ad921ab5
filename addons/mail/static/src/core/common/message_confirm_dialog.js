import { Component } from "@odoo/owl";
import { discussComponentRegistry } from "@mail/core/common/discuss_component_registry";
import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";

/** Asks before something is done with a message, which is shown. */
export class MessageConfirmDialog extends Component {
    static template = "mail.MessageConfirmDialog";
    static components = { Dialog };
    static props = {
        close: Function,
        confirmColor: { type: String, optional: true },
        confirmText: { type: String, optional: true },
        message: Object,
        messageComponent: { type: Function, optional: true },
        onConfirm: Function,
        prompt: String,
        size: { type: String, optional: true },
        title: { type: String, optional: true },
    };
    static defaultProps = { confirmColor: "btn-primary", size: "md" };

    get title() {
        return this.props.title || _t("Are you sure?").toString();
    }

    get confirmText() {
        return this.props.confirmText || _t("Yes").toString();
    }

    get messageComponent() {
        return this.props.messageComponent || discussComponentRegistry.get("Message");
    }

    onClickConfirm() {
        this.props.onConfirm();
        this.props.close();
    }
}
discussComponentRegistry.add("MessageConfirmDialog", MessageConfirmDialog);
