import { useEmojiButton } from "@mail/views/web/fields/emojis/emojis_field_common";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";
import { TextField, textField } from "@web/views/fields/text/text_field";

/** One line of text, with a button for symbols. */
export class EmojisCharField extends CharField {
    static template = "mail.EmojisCharField";

    setup() {
        super.setup();
        useEmojiButton(this, () => this.input.el);
    }
}

/** Lines of text, with a button for symbols. */
export class EmojisTextField extends TextField {
    static template = "mail.EmojisTextField";

    setup() {
        super.setup();
        useEmojiButton(this, () => this.textareaRef.el);
    }
}

registry
    .category("fields")
    .add("char_emojis", {
        ...charField,
        component: EmojisCharField,
        displayName: _t("Text with emojis"),
        additionalClasses: [...(charField.additionalClasses || []), "o_field_char"],
    })
    .add("text_emojis", {
        ...textField,
        component: EmojisTextField,
        displayName: _t("Multiline text with emojis"),
        additionalClasses: [...(textField.additionalClasses || []), "o_field_text"],
    });
