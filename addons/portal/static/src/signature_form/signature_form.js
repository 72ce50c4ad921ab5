import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { NameAndSignature } from "@web/core/signature/name_and_signature";
import { redirect } from "@web/core/utils/urls";

/** Name and signature of a visitor, sent to an address of the document. */
export class SignatureForm extends Component {
    static template = "portal.SignatureForm";
    static components = { NameAndSignature };
    static props = {
        callUrl: String,
        defaultName: { type: String, optional: true },
        fontColor: { type: String, optional: true },
        mode: { type: String, optional: true },
        sendLabel: { type: String, optional: true },
        signatureRatio: { type: Number, optional: true },
        signatureType: { type: String, optional: true },
    };
    static defaultProps = { defaultName: "", fontColor: "DarkBlue", mode: "auto", signatureType: "signature" };

    setup() {
        this.signature = useState({ name: this.props.defaultName, isSignatureEmpty: true });
        /** @type {{isSending: boolean, error: string, answer: any}} */
        this.state = useState({ isSending: false, error: "", answer: null });
    }

    get nameAndSignatureProps() {
        const { fontColor, mode, signatureRatio, signatureType } = this.props;
        return {
            signature: this.signature,
            displaySignatureRatio: signatureRatio || 3,
            fontColor,
            mode,
            signatureType,
        };
    }

    get label() {
        return this.props.sendLabel || _t("Accept & Sign");
    }

    get isIncomplete() {
        return this.state.isSending || this.signature.isSignatureEmpty || !this.signature.name;
    }

    async onSubmit() {
        Object.assign(this.state, { isSending: true, error: "" });
        const { name } = this.signature;
        // without the kind of the picture, which the server knows
        const [, signature] = this.signature["getSignatureImage"]().split(",");
        try {
            this.take(await rpc(this.props.callUrl, { name, signature }));
        } catch (error) {
            this.state.error = _t("The signature was not sent: check your connection, and try again.");
            throw error;
        } finally {
            this.state.isSending = false;
        }
    }

    /** @param {{error?: string, force_refresh?: boolean, redirect_url?: string, message?: string}} answer */
    take(answer) {
        if (answer.error) {
            this.state.error = answer.error;
        } else if (answer.force_refresh) {
            answer.redirect_url ? redirect(answer.redirect_url) : window.location.reload();
        } else {
            this.state.answer = answer;
        }
    }
}

registry.category("public_components").add("portal.signature_form", SignatureForm);
