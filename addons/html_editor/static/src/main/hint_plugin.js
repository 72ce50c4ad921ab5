import { Plugin as ProseListener } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { _t } from "@web/core/l10n/translation";
import { Plugin } from "@html_editor/plugin";

/** Words in empty lines, which are no part of the text. */
export class HintPlugin extends Plugin {
    static id = "hint";
    static dependencies = ["prose"];

    resources = {
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
