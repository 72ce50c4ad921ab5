import DOMPurify from "dompurify";
import { Plugin as ProseListener } from "prosemirror-state";
import { Plugin } from "@html_editor/plugin";
import { cleanPasted } from "@html_editor/utils/clean_paste";
import { schema } from "@html_editor/prose/schema";
import { isWebAddress, urlOf } from "@html_editor/utils/url";

/** Longest text that is taken from the clipboard, in characters. */
const MAX_PASTED = 5_000_000;
const FORBIDDEN = ["script", "style", "iframe", "object", "embed", "form", "input", "button", "textarea", "select"];

/** What is pasted or dropped: without what could do harm, and without what other programs put around it. */
export class ClipboardPlugin extends Plugin {
    static id = "clipboard";
    static dependencies = ["prose"];
    static shared = ["pasteText"];

    resources = {
        prose_plugins: [
            new ProseListener({
                props: {
                    transformPastedHTML: (html) => this.clean(html),
                    handlePaste: (_view, ev) => this.onPaste(ev),
                    handleDrop: (_view, ev, _slice, isMoved) => !isMoved && this.onDrop(ev),
                },
            }),
        ],
    };

    /** @param {string} html @returns {string} */
    clean(html) {
        // what was copied from an editor of ours keeps its look
        const isOurs = html.includes("data-pm-slice");
        const safe = DOMPurify.sanitize(html.slice(0, MAX_PASTED), { FORBID_TAGS: FORBIDDEN, WHOLE_DOCUMENT: false });
        return isOurs ? safe : cleanPasted(safe);
    }

    onPaste(ev) {
        this.dispatchTo("before_paste_handlers", ev);
        const { files } = ev.clipboardData || {};
        const text = ev.clipboardData?.getData("text/plain") || "";
        const html = ev.clipboardData?.getData("text/html") || "";
        // office programs add a picture of the text
        if (files?.length && !text && this.delegateTo("file_overrides", [...files])) {
            return true;
        }
        if (text && !html && this.delegateTo("paste_text_overrides", this.selection, text)) {
            return true;
        }
        return Boolean(text) && this.pasteUrl(text.trim());
    }

    get selection() {
        return this.dependencies.prose.getState().selection;
    }

    /** An address becomes the link of the text that is selected, or a link of its own. */
    pasteUrl(text) {
        const { prose } = this.dependencies;
        if (!isWebAddress(text)) {
            return false;
        }
        if (this.delegateTo("paste_url_overrides", text, urlOf(text))) {
            return true;
        }
        const mark = schema.marks.link.create({ href: urlOf(text), attrs: { ...this.config.defaultLinkAttributes } });
        return prose.run((state, dispatch) => {
            const { empty, from, to, $from } = state.selection;
            if (!$from.parent.type.allowsMarkType(mark.type)) {
                return false;
            }
            const { tr } = state;
            if (empty) {
                tr.replaceSelectionWith(schema.text(text, [mark]), false);
            } else {
                tr.removeMark(from, to, mark.type).addMark(from, to, mark);
            }
            dispatch(tr.removeStoredMark(mark.type).scrollIntoView());
            return true;
        });
    }

    onDrop(ev) {
        const { files } = ev.dataTransfer || {};
        if (!files?.length) {
            return false;
        }
        const place = this.dependencies.prose.getView().posAtCoords({ left: ev.clientX, top: ev.clientY });
        return this.delegateTo("file_overrides", [...files], place?.pos);
    }

    /** @param {string} text its lines become lines of the content */
    pasteText(text) {
        const { prose } = this.dependencies;
        const view = prose.getView();
        view.focus();
        view.pasteText(text);
    }
}
