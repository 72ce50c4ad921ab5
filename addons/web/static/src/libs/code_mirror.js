/** CodeMirror with the languages that code in records is written in; the editor of `@web/core/code_editor` asks for it. */
import { css } from "@codemirror/lang-css";
import { html } from "@codemirror/lang-html";
import { javascript } from "@codemirror/lang-javascript";
import { python } from "@codemirror/lang-python";
import { sass } from "@codemirror/lang-sass";
import { xml } from "@codemirror/lang-xml";
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import {
    bracketMatching,
    defaultHighlightStyle,
    foldGutter,
    foldKeymap,
    indentOnInput,
    indentUnit,
    syntaxHighlighting,
} from "@codemirror/language";
import { Compartment, EditorState } from "@codemirror/state";
import {
    drawSelection,
    EditorView,
    highlightActiveLine,
    highlightSpecialChars,
    keymap,
    lineNumbers,
} from "@codemirror/view";
import { registry } from "@web/core/registry";

const LANGUAGES = { css, html, javascript, python, scss: () => sass(), xml, qweb: xml };

/** What every editor can do. */
const ABILITIES = [
    highlightSpecialChars(),
    history(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of("    "),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    syntaxHighlighting(defaultHighlightStyle, { fallback: true }),
    // Tab leaves the editor after Escape
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...foldKeymap, indentWithTab]),
];

/**
 * @param {HTMLElement} parent
 * @param {{value: string, mode: string, readonly: boolean, label: string, showLineNumbers: boolean, nonce?: string,
 *     onChange: (value: string) => void, onBlur: () => void}} options
 * @returns {{setValue: (value: string) => void, getValue: () => string, setMode: (mode: string) => void,
 *     setReadonly: (readonly: boolean) => void, setCursor: (row: number, column: number) => void, focus: () => void,
 *     destroy: () => void}}
 */
function createCodeEditor(parent, { value, mode, readonly, label, showLineNumbers, nonce, onChange, onBlur }) {
    const language = new Compartment();
    const access = new Compartment();
    const languageOf = (name) => LANGUAGES[name]?.() || [];
    const accessOf = (isReadonly) => [EditorState.readOnly.of(isReadonly), EditorView.editable.of(!isReadonly)];
    const view = new EditorView({
        parent,
        doc: value,
        extensions: [
            ...ABILITIES,
            ...(showLineNumbers ? [lineNumbers(), foldGutter()] : [EditorView.lineWrapping]),
            language.of(languageOf(mode)),
            access.of(accessOf(readonly)),
            EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
            ...(nonce ? [EditorView.cspNonce.of(nonce)] : []),
            EditorView.updateListener.of((update) => update.docChanged && onChange(update.state.doc.toString())),
            EditorView.domEventHandlers({ blur: () => onBlur() }),
        ],
    });
    return {
        destroy: () => view.destroy(),
        focus: () => view.focus(),
        getValue: () => view.state.doc.toString(),
        setCursor(row, column) {
            const line = view.state.doc.line(Math.min(row + 1, view.state.doc.lines));
            view.dispatch({ selection: { anchor: Math.min(line.from + column, line.to) }, scrollIntoView: true });
        },
        setMode: (name) => view.dispatch({ effects: language.reconfigure(languageOf(name)) }),
        setReadonly: (isReadonly) => view.dispatch({ effects: access.reconfigure(accessOf(isReadonly)) }),
        setValue: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    };
}

registry.category("code_editors").add("code_mirror", createCodeEditor);
