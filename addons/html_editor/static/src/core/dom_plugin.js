import { setBlockType, wrapIn, lift } from "prosemirror-commands";
import { _t } from "@web/core/l10n/translation";
import { Plugin } from "@html_editor/plugin";
import { ancestor, insertBlock, textBlocks } from "@html_editor/prose/commands";
import { parseSlice } from "@html_editor/prose/content";
import { withSequence } from "@html_editor/utils/resource";
import { schema } from "@html_editor/prose/schema";

const { blockquote, heading, horizontal_rule: rule, paragraph, preformatted, text_block: textBlock } = schema.nodes;

/** Elements: which one a line is, and new ones. */
export class DomPlugin extends Plugin {
    static id = "dom";
    static dependencies = ["prose"];
    static shared = ["insert", "insertText", "setTag", "currentTag"];

    resources = {
        user_commands: [
            {
                id: "insertSeparator",
                title: _t("Separator"),
                description: _t("Draw a line across the text"),
                icon: "fa-minus",
                run: () => this.dependencies.prose.run(insertBlock(rule.create())),
            },
            { id: "setTag", title: _t("Style of the line"), run: (params) => this.setTag(params) },
        ],
        powerbox_categories: { id: "structure", name: _t("Structure") },
        powerbox_items: withSequence(20, {
            categoryId: "structure",
            commandId: "insertSeparator",
            keywords: ["hr", "line"],
        }),
    };

    /**
     * Put something in the place of what is selected.
     *
     * @param {string|Node} content text, or nodes
     * @returns {Node[]} none: the nodes that are shown are made by the editor
     */
    insert(content) {
        const { prose } = this.dependencies;
        if (typeof content === "string") {
            this.insertText(content);
            return [];
        }
        const holder = document.implementation.createHTMLDocument("").body;
        holder.append(content.cloneNode(true));
        const slice = parseSlice(holder);
        prose.run((state, dispatch) => {
            const { tr } = state;
            const single = slice.openStart === 0 && slice.openEnd === 0 && slice.content.childCount === 1;
            const node = single ? slice.content.firstChild : null;
            if (node?.isInline) {
                tr.replaceSelectionWith(node, true);
            } else {
                tr.replaceSelection(slice);
            }
            dispatch(tr.scrollIntoView());
            return true;
        });
        return [];
    }

    /** @param {string} text */
    insertText(text) {
        this.dependencies.prose.run((state, dispatch) => {
            dispatch(state.tr.insertText(text).scrollIntoView());
            return true;
        });
    }

    /** @param {{tagName: string, extraClass?: string}} params tag of the lines that are selected */
    setTag({ tagName, extraClass }) {
        const { prose } = this.dependencies;
        const name = tagName.toLowerCase();
        const attrs = extraClass ? { attrs: { class: extraClass } } : {};
        const quoted = ancestor(prose.getState(), (node) => node.type === blockquote);
        if (name === "blockquote") {
            prose.run(quoted ? lift : wrapIn(blockquote, attrs));
            return;
        }
        const level = /^h([1-6])$/.exec(name)?.[1];
        if (level) {
            prose.run(setBlockType(heading, { ...attrs, level: Number(level) }));
        } else if (name === "pre") {
            prose.run(setBlockType(preformatted, attrs));
        } else if (name === "div") {
            prose.run(setBlockType(textBlock, attrs));
        } else {
            prose.run(setBlockType(paragraph, attrs));
            if (quoted) {
                prose.run(lift);
            }
        }
    }

    /** @returns {string} tag of the line, "" where there are several */
    currentTag() {
        const state = this.dependencies.prose.getState();
        const tags = new Set(
            textBlocks(state).map((node) =>
                node.type === heading ? `h${node.attrs.level}` : node.type === preformatted ? "pre" : "p"
            )
        );
        if (tags.size !== 1) {
            return "";
        }
        const [tag] = tags;
        return tag === "p" && ancestor(state, (node) => node.type === blockquote) ? "blockquote" : tag;
    }
}
