import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { Domain } from "@web/core/domain";
import { DomainSelector } from "@web/core/domain_selector/domain_selector";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

/** Dialog that a domain is edited in; it closes with one that the server can search with. */
export class DomainSelectorDialog extends Component {
    static template = "web.DomainSelectorDialog";
    static components = { Dialog, DomainSelector };
    static props = {
        className: { type: String, optional: true },
        close: Function,
        confirmButtonText: { optional: true },
        context: { type: Object, optional: true },
        defaultConnector: { type: [{ value: "&" }, { value: "|" }], optional: true },
        disableConfirmButton: { type: Function, optional: true },
        discardButtonText: { optional: true },
        domain: String,
        isDebugMode: { type: Boolean, optional: true },
        onConfirm: Function,
        readonly: { type: Boolean, optional: true },
        resModel: String,
        text: { optional: true },
        title: { optional: true },
    };
    static defaultProps = { context: {}, isDebugMode: false, readonly: false };

    setup() {
        this.notification = useService("notification");
        this.state = useState({ domain: this.props.domain, isChecking: false });
    }

    get confirmButtonText() {
        return this.props.confirmButtonText || _t("Confirm");
    }

    get discardButtonText() {
        return this.props.discardButtonText || _t("Discard");
    }

    get dialogTitle() {
        return this.props.title || (this.props.readonly ? _t("Domain") : _t("Rules"));
    }

    get isConfirmDisabled() {
        return this.state.isChecking || Boolean(this.props.disableConfirmButton?.(this.state.domain));
    }

    get domainSelectorProps() {
        const { className, defaultConnector, isDebugMode, readonly, resModel } = this.props;
        const update = (domain) => {
            this.state.domain = domain;
        };
        return {
            ...(className && { className }),
            ...(defaultConnector && { defaultConnector }),
            debugUpdate: update,
            domain: this.state.domain,
            isDebugMode,
            readonly,
            resModel,
            update,
        };
    }

    /** @returns {Promise<boolean>} whether the server can search with the domain */
    async isValid() {
        const { context, resModel } = this.props;
        let domain;
        try {
            domain = new Domain(this.state.domain).toList({ ...user.context, ...context });
        } catch {
            // a name that nobody knows, or no domain at all
            return false;
        }
        return rpc("/web/domain/validate", { model: resModel, domain });
    }

    async onConfirm() {
        this.state.isChecking = true;
        try {
            if (!(await this.isValid())) {
                this.notification.add(_t("The domain is not valid: no records can be searched with it."), {
                    type: "danger",
                });
                return;
            }
        } finally {
            this.state.isChecking = false;
        }
        this.props.onConfirm(this.state.domain);
        this.props.close();
    }
}
