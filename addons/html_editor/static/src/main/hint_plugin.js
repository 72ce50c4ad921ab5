import { Plugin as ProseListener } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { _t } from "@web/core/l10n/translation";
import { Plugin } from "@html_editor/plugin";

/**
 * Words in empty lines, which are no part of the text. Other plugins add some: `hints` is a list of
 * `{selector, text}` for the line of the cursor, or `{target(selectionData, editable) => element, text}`.
 */
export class HintPlugin extends Plugin {
    static id = "hint";
    static dependencies = ["prose", "selection"];

    /** What another plugin has to say: where, and what. @type {{position: number, text: string}|null} */
    asked = null;

    resources = {
        prose_selection_handlers: () => this.ask(),
        prose_plugins: [new ProseListener({ props: { decorations: (state) => this.hints(state) } })],
    };

    setup() {
        this.addDomListener(this.editable, "focus", () => this.refresh());
        this.addDomListener(this.editable, "blur", () => this.refresh());
    }

    /** What is shown depends on where the cursor is. */
    refresh() {
        requestAnimationFrame(() => {
            if (!this.isDestroyed) {
                const { prose } = this.dependencies;
                prose.dispatch(prose.getState().tr.setMeta("addToHistory", false));
            }
        });
    }

    /** Plugins are asked about elements, which are there when the page shows the text. */
    ask() {
        const hints = this.getResource("hints");
        if (!hints.length) {
            return;
        }
        const before = JSON.stringify(this.asked);
        this.asked = this.askedHint(hints);
        if (JSON.stringify(this.asked) !== before) {
            this.refresh();
        }
    }

    askedHint(hints) {
        const { prose, selection } = this.dependencies;
        const view = prose.getView();
        const data = selection.getSelectionData();
        const { anchorNode } = data.editableSelection;
        const line = anchorNode instanceof Element ? anchorNode : anchorNode.parentElement;
        for (const { selector, target, text } of hints) {
            const el = target ? target(data, this.editable) : line?.closest(selector);
            if (el && el !== this.editable && this.editable.contains(el)) {
                return { position: view.posAtDOM(el, 0) - 1, text: String(text) };
            }
        }
        return null;
    }

    hints(state) {
        const found = [];
        const add = (position, node, text) =>
            found.push(
                Decoration.node(position, position + node.nodeSize, {
                    class: "o-we-hint",
                    "data-hint": String(text),
                })
            );
        const { placeholder } = this.config;
        const { doc, selection } = state;
        if (placeholder && this.dependencies.prose.isEmpty(doc) && doc.firstChild) {
            add(0, doc.firstChild, placeholder);
            return DecorationSet.create(doc, found);
        }
        const other = this.asked && this.asked.position < doc.content.size && doc.nodeAt(this.asked.position);
        if (other?.isTextblock && !other.childCount) {
            add(this.asked.position, other, this.asked.text);
            return DecorationSet.create(doc, found);
        }
        const { $from, empty } = selection;
        const { parent } = $from;
        const hasFocus = this.dependencies.prose.getView()?.hasFocus();
        if (empty && hasFocus && parent.isTextblock && !parent.childCount && $from.depth > 0) {
            const text = this.textFor(parent, $from);
            if (text) {
                add($from.before(), parent, text);
            }
        }
        return DecorationSet.create(doc, found);
    }

    textFor(node, $from) {
        if (node.type.name === "heading") {
            return _t("Heading %s", node.attrs.level);
        }
        const isTop = $from.depth === 1 && node.type.name === "paragraph";
        return isTop ? _t('Type "/" to insert something') : "";
    }
}
