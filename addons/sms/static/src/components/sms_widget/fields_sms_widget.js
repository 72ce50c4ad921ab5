import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { TextField, textField } from "@web/views/fields/text/text_field";

/** Characters of the alphabet of telephones (GSM 03.38), and those of them that take the room of two. */
const ALPHABET = new Set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
);
const DOUBLE = new Set("^{}\\[~]|€\f");
/** How much fits into a message alone, and into each of several. */
const ROOM = { GSM7: [160, 153], UNICODE: [70, 67] };

/**
 * How a text is sent.
 *
 * @param {string} text
 * @returns {{encoding: string, length: number, count: number}} length counts what takes room, count is the messages
 */
export function countSms(text) {
    const characters = [...text];
    const isPlain = characters.every((one) => ALPHABET.has(one) || DOUBLE.has(one));
    const encoding = isPlain ? "GSM7" : "UNICODE";
    const length = isPlain ? characters.length + characters.filter((one) => DOUBLE.has(one)).length : text.length;
    const [alone, each] = ROOM[encoding];
    return { encoding, length, count: length <= alone ? Math.min(length, 1) : Math.ceil(length / each) };
}

/** The text of a message, with how many messages it takes. */
export class SmsWidget extends TextField {
    static template = "sms.SmsWidget";

    setup() {
        super.setup();
        this.typed = useState({ text: this.value });
    }

    get counted() {
        return countSms(this.props.readonly ? this.value : this.typed.text);
    }

    get summary() {
        const { count, encoding, length } = this.counted;
        return _t("%(length)s characters, fits in %(count)s SMS (%(encoding)s)", { count, encoding, length });
    }

    /** Called whenever the text may have changed. */
    resize() {
        super.resize();
        const { el } = this.textareaRef;
        if (el) {
            this.typed.text = el.value;
        }
    }
}

export const smsWidget = { ...textField, component: SmsWidget, displayName: _t("Text message") };

registry.category("fields").add("sms_widget", smsWidget);
