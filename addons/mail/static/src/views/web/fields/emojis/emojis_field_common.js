import { useRef } from "@odoo/owl";
import { useEmojiPicker } from "@web/core/emoji_picker/emoji_picker";
import { setValue } from "@web/views/fields/field_value";

/**
 * A button beside the input of a field puts a symbol where the cursor is.
 *
 * @param {Object} field component
 * @param {() => HTMLInputElement|HTMLTextAreaElement} getInput
 */
export function useEmojiButton(field, getInput) {
    const button = useRef("emojisButton");
    const insert = async (symbol) => {
        const input = getInput();
        const { selectionEnd, selectionStart, value } = input;
        const text = value.slice(0, selectionStart) + symbol + value.slice(selectionEnd);
        input.value = text;
        await setValue(field.props, text);
        input.focus();
        const place = selectionStart + symbol.length;
        input.setSelectionRange(place, place);
    };
    field.emojiPicker = useEmojiPicker(button, { onSelect: insert });
}
