import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { NameAndSignature } from "@web/core/signature/name_and_signature";

/** Dialog that somebody signs in; it closes with the name and the picture of the signature. */
export class SignatureDialog extends Component {
    static template = "web.SignatureDialog";
    static components = { Dialog, NameAndSignature };
    static props = {
        close: Function,
        defaultName: { type: String, optional: true },
        nameAndSignatureProps: { type: Object, optional: true },
        uploadSignature: Function,
    };
    static defaultProps = { defaultName: "", nameAndSignatureProps: {} };

    setup() {
        this.title = _t("Adopt Your Signature");
        this.signature = useState({ name: this.props.defaultName, isSignatureEmpty: true });
    }

    get nameAndSignatureProps() {
        return { ...this.props.nameAndSignatureProps, signature: this.signature };
    }

    async onClickConfirm() {
        const { name } = this.signature;
        await this.props.uploadSignature({ name, signatureImage: this.signature["getSignatureImage"]() });
        this.props.close();
    }
}
