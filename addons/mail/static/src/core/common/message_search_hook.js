import { onWillUnmount, useState } from "@odoo/owl";
import { useSequential } from "@mail/utils/common/hooks";
import { useService } from "@web/core/utils/hooks";
import { escapeRegExp } from "@web/core/utils/strings";

/** Class of the words that were looked for. */
export const HIGHLIGHT_CLASS = "o-mail-Message-searchHighlight";

/**
 * Mark words in a text.
 *
 * @param {string} searchTerm
 * @param {HTMLElement} root changed in place
 */
export function searchHighlight(searchTerm, root) {
    const words = (searchTerm || "").split(/\s+/).filter(Boolean).map(escapeRegExp);
    if (!words.length) {
        return;
    }
    const pattern = new RegExp(`(${words.join("|")})`, "gi");
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) {
        texts.push(/** @type {Text} */ (walker.currentNode));
    }
    for (const text of texts) {
        const parts = text.textContent.split(pattern);
        // every second part is what was found
        const nodes = parts.map((part, index) => {
            if (index % 2 === 0) {
                return part;
            }
            const mark = document.createElement("mark");
            mark.className = HIGHLIGHT_CLASS;
            mark.textContent = part;
            return mark;
        });
        if (nodes.length > 1) {
            text.replaceWith(...nodes);
        }
    }
}

/** Looks for messages of a conversation, a page at a time. @param {Object} [thread] */
export function useMessageSearch(thread) {
    const store = useService("mail.store");
    const sequential = useSequential();
    const state = useState({
        count: 0,
        loadMore: false,
        messages: [],
        searched: false,
        searching: false,
        searchTerm: undefined,
        thread,
        clear() {
            Object.assign(state, { count: 0, loadMore: false, messages: [], searched: false, searchTerm: undefined });
        },
        highlight: (root) => searchHighlight(state.searchTerm, root),
        async search(before) {
            if (!state.searchTerm?.trim()) {
                state.clear();
                return;
            }
            state.searching = true;
            const page = await sequential(() => store.search(state.searchTerm, state.thread, before));
            if (!page) {
                return;
            }
            const messages = before ? [...state.messages, ...page.messages] : page.messages;
            Object.assign(state, { ...page, messages, searched: true, searching: false });
        },
        searchMore: () => state.search(state.messages.at(-1)?.id),
    });
    onWillUnmount(() => state.clear());
    return state;
}
