import { Component, useRef } from "@odoo/owl";
import { useEmojiPicker } from "@web/core/emoji_picker/emoji_picker";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";

/** Signs that are used most. */
const QUICK = ["👍", "❤️", "😄", "😮", "😢", "🎉"];

/** A few signs for a message, and a way to all others. */
export class QuickReactionMenu extends Component {
    static template = "mail.QuickReactionMenu";
    static components = { Dropdown };
    static props = { action: { optional: true }, message: Object, messageActive: { optional: true } };

    setup() {
        this.quick = QUICK;
        this.dropdown = useDropdownState();
        this.toggler = useRef("toggler");
        this.picker = useEmojiPicker(null, { onSelect: (emoji) => this.react(emoji) }, { position: "bottom-end" });
    }

    openPicker() {
        const target = this.toggler.el;
        this.dropdown.close();
        this.picker.open(target);
    }

    isOwn(emoji) {
        return this.props.message.reactions.some(({ content, isSelf }) => content === emoji && isSelf);
    }

    /** React, or take the reaction back. */
    react(emoji) {
        this.dropdown.close();
        const own = this.props.message.reactions.find(({ content, isSelf }) => content === emoji && isSelf);
        return own ? own.remove() : this.props.message.react(emoji);
    }
}
