import { Component, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { withSourcePlaces } from "@web/core/errors/source_places";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { capitalize } from "@web/core/utils/strings";

/** Props that error dialogs receive. */
export const standardErrorDialogProps = {
    traceback: { optional: true },
    message: { optional: true },
    name: { optional: true },
    exceptionName: { optional: true },
    data: { optional: true },
    subType: { optional: true },
    code: { optional: true },
    type: { optional: true },
    serverHost: { optional: true },
    id: { optional: true },
    model: { optional: true },
    close: Function,
};

/** Titles of known exceptions. */
export const odooExceptionTitleMap = new Map(
    Object.entries({
        "odoo.addons.base.models.ir_mail_server.MailDeliveryException": _t("The e-mail could not be delivered"),
        "odoo.addons.web.controllers.action.MissingActionError": _t("Missing Action"),
        "odoo.exceptions.AccessDenied": _t("Access Denied"),
        "odoo.exceptions.MissingError": _t("Missing Record"),
        "odoo.exceptions.UserError": _t("Invalid Operation"),
        "odoo.exceptions.ValidationError": _t("Validation Error"),
        "odoo.exceptions.AccessError": _t("Access Error"),
        "odoo.exceptions.Warning": _t("Warning"),
        "odoo.http.LimitExceeded": _t("Too Much for One Request"),
        "odoo.http.RowLimitExceeded": _t("Too Much for One Request"),
    })
);

/** An unexpected error with its details. */
export class ErrorDialog extends Component {
    static template = "web.ErrorDialog";
    static components = { Dialog };
    static title = _t("Something went wrong");
    static showTracebackButtonText = _t("Show technical details");
    static props = { ...standardErrorDialogProps };

    setup() {
        this.state = useState({ showTraceback: false, copied: false, copiedId: false, traceback: "" });
    }

    get title() {
        return /** @type {typeof ErrorDialog} */ (this.constructor).title;
    }

    get summary() {
        const name = this.props.exceptionName || this.props.name;
        return [name, this.props.data?.message || this.props.message].filter(Boolean).join(": ");
    }

    get details() {
        return this.props.data?.debug || this.state.traceback || this.props.traceback || "";
    }

    /** Show the details, first as they are, then with the places of modules. */
    async toggleDetails() {
        this.state.showTraceback = !this.state.showTraceback;
        if (this.state.showTraceback && this.props.traceback && !this.state.traceback) {
            this.state.traceback = await withSourcePlaces(this.props.traceback);
        }
    }

    /** What the server's log calls the request. */
    get requestId() {
        return this.props.data?.request_id || "";
    }

    async onClickClipboard() {
        const parts = [this.summary, this.requestId && `Request: ${this.requestId}`, this.details];
        await browser.navigator.clipboard.writeText(parts.filter(Boolean).join("\n\n"));
        this.state.copied = true;
    }

    async onClickCopyRequestId() {
        await browser.navigator.clipboard.writeText(this.requestId);
        this.state.copiedId = true;
    }
}

/** Error in the code of the client. */
export class ClientErrorDialog extends ErrorDialog {}

/** Error of the network. */
export class NetworkErrorDialog extends ErrorDialog {
    static title = _t("Network Error");
}

/** Unexpected error of the server. */
export class RPCErrorDialog extends ErrorDialog {
    get title() {
        const { exceptionName, type, code } = this.props;
        if (odooExceptionTitleMap.has(exceptionName)) {
            return odooExceptionTitleMap.get(exceptionName).toString();
        }
        return type === "server" || code === 200 ? _t("Server Error") : ErrorDialog.title;
    }
}

/** Refusal of the server meant for the user. */
export class WarningDialog extends Component {
    static template = "web.WarningDialog";
    static components = { Dialog };
    static props = { ...standardErrorDialogProps, title: { optional: true } };

    setup() {
        const { data, message, title } = this.props;
        this.title = title || this.inferTitle();
        this.message = data?.arguments?.length ? data.arguments[0] : data?.message || message;
    }

    inferTitle() {
        const { exceptionName } = this.props;
        if (odooExceptionTitleMap.has(exceptionName)) {
            return odooExceptionTitleMap.get(exceptionName).toString();
        }
        return _t("Warning");
    }
}

/** Refusal that proposes where to go. */
export class RedirectWarningDialog extends Component {
    static template = "web.RedirectWarningDialog";
    static components = { Dialog };
    static props = { ...standardErrorDialogProps };

    setup() {
        this.actionService = useService("action");
        this.title = capitalize(this.props.subType) || _t("Warning");
    }

    get message() {
        return this.props.data.arguments[0];
    }

    get buttonText() {
        return this.props.data.arguments[2];
    }

    async onClick() {
        const [, action, , additionalContext] = this.props.data.arguments;
        await this.actionService.doAction(action, { additionalContext, clearBreadcrumbs: false });
        this.props.close();
    }
}

/** Refused with HTTP 504. */
export class Error504Dialog extends ErrorDialog {
    static title = _t("Request timeout");
}

/** The session is over. */
export class SessionExpiredDialog extends Component {
    static template = "web.SessionExpiredDialog";
    static components = { Dialog };
    static props = { ...standardErrorDialogProps };

    onClick() {
        browser.location.reload();
    }
}

registry
    .category("error_dialogs")
    .add("odoo.addons.web.controllers.action.MissingActionError", WarningDialog)
    .add("odoo.exceptions.AccessDenied", WarningDialog)
    .add("odoo.exceptions.AccessError", WarningDialog)
    .add("odoo.exceptions.MissingError", WarningDialog)
    .add("odoo.exceptions.UserError", WarningDialog)
    .add("odoo.exceptions.ValidationError", WarningDialog)
    .add("odoo.exceptions.RedirectWarning", RedirectWarningDialog)
    .add("odoo.http.LimitExceeded", WarningDialog)
    .add("odoo.http.RowLimitExceeded", WarningDialog)
    .add("odoo.http.SessionExpiredException", SessionExpiredDialog)
    .add("werkzeug.exceptions.Forbidden", SessionExpiredDialog)
    .add("504", Error504Dialog);
