import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useOwnedDialogs } from "@web/core/utils/hooks";
import { archProps, option, propTypes } from "@web/views/fields/arch_props";
import { setValue } from "@web/views/fields/field_value";
import { ImageField, imageField } from "@web/views/fields/image/image_field";
import { LaterSignatureDialog } from "@web/views/later_dialogs";

const ARCH_PROPS = {
    defaultFont: option("default_font", String, ""),
    fullName: option("full_name", String),
    type: option("type", String, "signature"),
};

/** Picture of a signature, which is made in a dialog. */
export class SignatureField extends ImageField {
    static template = "web.SignatureField";
    static props = { ...ImageField.props, ...propTypes(ARCH_PROPS) };

    setup() {
        super.setup();
        this.addDialog = useOwnedDialogs();
    }

    /** Name of whoever signs, if a field of the record has it. */
    get defaultName() {
        const { fullName, record } = this.props;
        const value = fullName ? record.data[fullName] : "";
        return (Array.isArray(value) ? value[1] : value) || "";
    }

    onClickSignature() {
        if (this.props.readonly) {
            return;
        }
        const { defaultFont, type: signatureType } = this.props;
        this.addDialog(LaterSignatureDialog, {
            defaultName: this.defaultName,
            nameAndSignatureProps: { defaultFont, mode: this.defaultName ? "auto" : "draw", signatureType },
            uploadSignature: ({ signatureImage }) => setValue(this.props, signatureImage.split(",")[1]),
        });
    }
}

const own = archProps(ARCH_PROPS);

export const signatureField = {
    ...imageField,
    component: SignatureField,
    displayName: _t("Signature"),
    supportedTypes: ["binary"],
    extractProps: (info, dynamicInfo) => ({
        ...imageField.extractProps(info, dynamicInfo),
        ...own.extractProps(info, dynamicInfo),
    }),
    fieldDependencies: ({ options }) => [
        ...imageField.fieldDependencies,
        ...(options.full_name ? [{ name: options.full_name, type: "char" }] : []),
    ],
    supportedOptions: [...imageField.supportedOptions, ...own.supportedOptions],
};

registry.category("fields").add("signature", signatureField);
