import { Component, useState, xml } from "@odoo/owl";
import { hasPasskeys, makePasskey, usePasskey } from "@auth_passkey/core/passkeys";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** A button that asks the browser for a passkey and goes on with what the server answers. */
class PasskeyButton extends Component {
    static template = xml`<button type="button" class="btn btn-primary" data-hotkey="q" t-att-disabled="state.busy" t-on-click="() => this.press()"><i class="fa fa-key me-1" aria-hidden="true"/><t t-esc="label"/></button>`;
    static props = standardWidgetProps;

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.state = useState({ busy: false });
    }

    async press() {
        if (!hasPasskeys()) {
            this.notification.add(_t("This browser knows no passkeys, or the page did not come by https."), {
                type: "danger",
            });
            return;
        }
        this.state.busy = true;
        try {
            const action = await this.ask();
            if (action) {
                await this.action.doAction(action);
            }
        } catch (error) {
            if (!(error instanceof DOMException)) {
                throw error;
            }
            const known = error.name === "InvalidStateError";
            this.notification.add(
                known ? _t("This device has a passkey of yours already.") : _t("No passkey was used."),
                {
                    type: "warning",
                }
            );
        } finally {
            this.state.busy = false;
        }
    }
}

/** Makes a passkey with the options that the dialog was opened with. */
export class PasskeyCreate extends PasskeyButton {
    get label() {
        return _t("Make the passkey");
    }

    async ask() {
        const { record } = this.props;
        if (!(await record.save())) {
            return;
        }
        const registration = await makePasskey(record.context.registration);
        return this.orm.call(record.resModel, "make_key", [[record.resId], registration]);
    }
}

/** Shows a passkey in place of the password. */
export class PasskeyIdentity extends PasskeyButton {
    get label() {
        return _t("Use a passkey");
    }

    async ask() {
        const { record } = this.props;
        const password = await usePasskey(await rpc("/auth/passkey/start-auth"));
        return this.orm.call(record.resModel, "run_check", [[record.resId]], { context: { password } });
    }
}

const widgets = registry.category("view_widgets");
widgets.add("auth_passkey_create", { component: PasskeyCreate, additionalClasses: ["d-inline-block"] });
widgets.add("auth_passkey_identity", { component: PasskeyIdentity, additionalClasses: ["d-inline-block"] });
