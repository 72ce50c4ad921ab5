import { patch } from "@web/core/utils/patch";
import { FormPhoneField, PhoneField, formPhoneField, phoneField } from "@web/views/fields/phone/phone_field";
import { SendSMSButton } from "@sms/components/sms_button/sms_button";

for (const Field of [PhoneField, FormPhoneField]) {
    patch(Field, {
        components: { ...Field.components, SendSMSButton },
        defaultProps: { ...Field.defaultProps, enableButton: true },
        props: { ...Field.props, enableButton: { type: Boolean, optional: true } },
    });
}

for (const description of [phoneField, formPhoneField]) {
    patch(description, {
        extractProps({ options }) {
            return { ...super.extractProps(...arguments), enableButton: options.enable_sms ?? true };
        },
    });
}

patch(PhoneField.prototype, {
    /** Only records that are kept can be written about. */
    get hasSmsButton() {
        return Boolean(this.props.enableButton && this.props.record.resId && this.formattedValue);
    },
});
