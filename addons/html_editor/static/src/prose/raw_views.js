/** What is shown of elements that the editor leaves as they are: nothing in them runs. */
import DOMPurify from "dompurify";

const OPTIONS = {
    ADD_TAGS: ["iframe", "t"],
    ADD_ATTR: [
        "t-out",
        "t-esc",
        "t-field",
        "t-if",
        "t-foreach",
        "allow",
        "allowfullscreen",
        "contenteditable",
        "frameborder",
        "target",
    ],
    FORBID_TAGS: ["script", "style"],
    RETURN_DOM_FRAGMENT: true,
};

class RawView {
    constructor(node) {
        this.node = node;
        const wrapper = node.isInline ? "span" : "div";
        this.dom = document.createElement(wrapper);
        this.dom.className = "o_editor_raw";
        this.dom.contentEditable = "false";
        this.dom.append(safeFragment(node.attrs.html));
    }

    ignoreMutation() {
        return true;
    }

    /** Clicks on controls of the content are not those of the editor. */
    stopEvent(event) {
        return event.target instanceof Element && Boolean(event.target.closest("button, input, select, video, audio"));
    }
}

/** @param {string} html @returns {DocumentFragment} without anything that runs */
export function safeFragment(html) {
    return /** @type {any} */ (DOMPurify.sanitize(html, OPTIONS));
}

const rawView = (node) => new RawView(node);

export const rawNodeViews = { raw_block: rawView, raw_inline: rawView };
