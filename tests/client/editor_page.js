/** Editors in a page of their own: content with the selection in square brackets, and what users do. */
import { TextSelection } from "prosemirror-state";
import { page } from "vitest/browser";
import { registerTemplates } from "@web/core/templates";
import { Editor } from "@html_editor/editor";
import { Wysiwyg } from "@html_editor/wysiwyg";
import { afterThis, makeTestEnv, mount } from "./mount";

const sources = import.meta.glob("../../addons/html_editor/static/src/**/*.xml", {
    eager: true,
    import: "default",
    query: "?raw",
});
Object.values(sources).forEach((source) => registerTemplates(source));

const SERVICES = ["dialog", "hotkey", "notification", "overlay", "popover", "ui", "orm"];

/** Where the signs of the selection stand; they are taken out. */
function readMarks(view) {
    const places = {};
    for (const sign of ["[", "]"]) {
        view.state.doc.descendants((node, position) => {
            const offset = node.isText ? node.text.indexOf(sign) : -1;
            if (offset >= 0 && places[sign] === undefined) {
                places[sign] = position + offset;
            }
        });
        if (places[sign] !== undefined) {
            view.dispatch(view.state.tr.delete(places[sign], places[sign] + 1).setMeta("addToHistory", false));
        }
    }
    if (places["["] !== undefined) {
        const { doc, tr } = view.state;
        const [anchor, head] = [places["["], places["]"] ?? places["["]].map((place) => doc.resolve(place));
        view.dispatch(tr.setSelection(TextSelection.between(anchor, head)));
    }
}

const DESKTOP = [1440, 900];

/**
 * @param {string} content HTML; `[` and `]` say what is selected
 * @param {{config?: Object, props?: Object, size?: number[]}} [options]
 * @returns {Promise<{editor: Editor, el: HTMLElement, place: HTMLElement, env: Object}>}
 */
export async function setupEditor(content, { config = {}, props = {}, size = DESKTOP } = {}) {
    await page.viewport(...size);
    const env = await makeTestEnv(SERVICES);
    let editor;
    const place = await mount(Wysiwyg, {
        env,
        props: { ...props, config: { content, ...config }, onLoad: (loaded) => (editor = loaded) },
    });
    readMarks(editor.view);
    editor.view.focus();
    return { editor, el: editor.editable, place, env };
}

/** An editor without a component around it. */
export async function plainEditor(config = {}, Class = Editor) {
    const env = await makeTestEnv(SERVICES);
    const el = document.createElement("div");
    document.body.append(el);
    const editor = new Class(config, env.services);
    afterThis(() => {
        editor.destroy();
        el.remove();
    });
    return { editor, el };
}

/** What comes of a content after a step. */
export async function outcome(content, step, options) {
    const { editor } = await setupEditor(content, options);
    await step(editor);
    return editor.getContent();
}

/** Run a command. */
export function execCommand(editor, id, params) {
    return editor.shared.userCommand.runCommand(id, params);
}

/** Type letters, as a keyboard would. */
export function insertText(editor, text) {
    for (const letter of text) {
        const { view } = editor;
        const { from, to } = view.state.selection;
        const isTaken = view.someProp("handleTextInput", (handle) => handle(view, from, to, letter));
        if (!isTaken) {
            view.dispatch(view.state.tr.insertText(letter, from, to));
        }
    }
}

/** Press a key in the text. */
export function press(editor, key, modifiers = {}) {
    const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key;
    const ev = new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...modifiers });
    editor.editable.dispatchEvent(ev);
    return ev;
}

/** Paste. */
export function paste(editor, contents) {
    const clipboardData = new DataTransfer();
    Object.entries(contents).forEach(([type, value]) => {
        if (type === "files") {
            value.forEach((file) => clipboardData.items.add(file));
        } else {
            clipboardData.setData(type, value);
        }
    });
    const ev = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    editor.editable.dispatchEvent(ev);
}

/** Editors that are shown, by what is written in. */
const shownEditors = new WeakMap();
const { attachTo } = Editor.prototype;
Editor.prototype.attachTo = function (editable) {
    shownEditors.set(editable, this);
    return attachTo.call(this, editable);
};

/** The editor of an element. */
export function typing(editable) {
    const editor = shownEditors.get(editable);
    return { editor, view: editor.view };
}
