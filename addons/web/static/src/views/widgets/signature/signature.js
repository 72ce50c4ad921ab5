import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { exprToBoolean } from "@web/core/utils/booleans";
import { useOwnedDialogs, useService } from "@web/core/utils/hooks";
import { LaterSignatureDialog } from "@web/views/later_dialogs";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Button that lets somebody sign a record. */
export class SignatureWidget extends Component {
    static template = "web.SignatureWidget";
    static props = {
        ...standardWidgetProps,
        fullName: { type: String, optional: true },
        highlight: { type: Boolean, optional: true },
        signatureField: { type: String, optional: true },
        string: { type: String, optional: true },
    };
    static defaultProps = { signatureField: "signature" };

    setup() {
        this.orm = useService("orm");
        this.addDialog = useOwnedDialogs();
    }

    get label() {
        return this.props.string || _t("Sign").toString();
    }

    get defaultName() {
        const { fullName, record } = this.props;
        const value = fullName ? record.data[fullName] : "";
        return (Array.isArray(value) ? value[1] : value) || "";
    }

    onClickSignature() {
        this.addDialog(LaterSignatureDialog, {
            defaultName: this.defaultName,
            nameAndSignatureProps: { mode: "draw" },
            uploadSignature: (signed) => this.upload(signed),
        });
    }

    async upload({ signatureImage }) {
        const { record, signatureField } = this.props;
        await this.orm.write(record.resModel, [record.resId], { [signatureField]: signatureImage.split(",")[1] });
        await record.load();
        record.model.notify();
    }
}

export const signatureWidget = {
    component: SignatureWidget,
    extractProps: ({ attrs }) => ({
        fullName: attrs.full_name,
        highlight: exprToBoolean(attrs.highlight || ""),
        signatureField: attrs.signature_field,
        string: attrs.string,
    }),
};

registry.category("view_widgets").add("signature", signatureWidget);
