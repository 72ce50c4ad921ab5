import { _t } from "@web/core/l10n/translation";
import { Plugin } from "@html_editor/plugin";
import { insertBlock } from "@html_editor/prose/commands";
import { schema } from "@html_editor/prose/schema";

const HOST = '<div data-embedded="tableOfContent" data-oe-protected="true" contenteditable="false"></div>';

/** A list of the headings of the text, inside of it. */
export class TableOfContentPlugin extends Plugin {
    static id = "tableOfContent";
    static dependencies = ["prose", "embeddedComponents"];

    resources = {
        user_commands: {
            id: "insertTableOfContent",
            title: _t("Contents"),
            description: _t("A list of the headings, to be gone to"),
            icon: "fa-bookmark-o",
            run: () => this.dependencies.prose.run(insertBlock(schema.nodes.raw_block.create({ html: HOST }))),
            isAvailable: () => this.isKnown,
        },
        powerbox_categories: { id: "structure", name: _t("Structure") },
        powerbox_items: {
            categoryId: "structure",
            commandId: "insertTableOfContent",
            keywords: ["toc", "headings"],
            isAvailable: () => this.isKnown,
        },
    };

    /** Whether the editor can show it. */
    get isKnown() {
        return this.getResource("embedded_components").some(({ name }) => name === "tableOfContent");
    }
}
