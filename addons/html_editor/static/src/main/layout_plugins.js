/** How lines are laid out: aligned, moved in, and in which direction they are read. */
import { _t } from "@web/core/l10n/translation";
import { goToNextCell } from "prosemirror-tables";
import { Plugin } from "@html_editor/plugin";
import { styleOf, withStyles } from "@html_editor/prose/attributes";
import { ancestor, changeBlocks, textBlocks } from "@html_editor/prose/commands";
import { ChoiceMenu } from "@html_editor/main/toolbar/choice_menu";

const ALIGNMENTS = [
    ["alignLeft", "left", "fa-align-left", _t("Left")],
    ["alignCenter", "center", "fa-align-center", _t("Centre")],
    ["alignRight", "right", "fa-align-right", _t("Right")],
    ["justify", "justify", "fa-align-justify", _t("Justified")],
];

/** To the left, the right, the middle. */
export class AlignPlugin extends Plugin {
    static id = "align";
    static dependencies = ["prose"];

    resources = {
        user_commands: ALIGNMENTS.map(([id, side, icon, title]) => ({ id, icon, title, run: () => this.align(side) })),
        toolbar_groups: { id: "layout" },
        toolbar_items: {
            id: "text_align",
            groupId: "layout",
            title: _t("Alignment"),
            Component: ChoiceMenu,
            props: {
                icon: "fa-align-left",
                getItems: () =>
                    ALIGNMENTS.map(([, id, icon, label]) => ({ id, icon, label, isActive: this.current() === id })),
                onSelected: (side) => this.align(side),
            },
        },
    };

    current() {
        const [block] = textBlocks(this.dependencies.prose.getState());
        return (block && styleOf(block.attrs.attrs, "text-align")) || "left";
    }

    align(side) {
        this.dependencies.prose.run(
            changeBlocks((attrs) => withStyles(attrs, { "text-align": side === "left" ? "" : side }))
        );
    }
}

/** Pixels of one step. */
const INDENT = 40;
const MAX_INDENT = 10 * INDENT;

/** Tab: to the next cell, deeper in a list, or further in. */
export class TabulationPlugin extends Plugin {
    static id = "tabulation";
    static dependencies = ["prose", "userCommand"];
    static shared = ["indentBlocks", "outdentBlocks"];

    resources = {
        user_commands: [
            { id: "tab", run: () => this.tab(1), isAvailable: () => this.isTabOurs(1) },
            { id: "shiftTab", run: () => this.tab(-1), isAvailable: () => this.isTabOurs(-1) },
        ],
        shortcuts: [
            { hotkey: "tab", commandId: "tab" },
            { hotkey: "shift+tab", commandId: "shiftTab" },
        ],
    };

    /** Elsewhere Tab goes on to the next field of the page. */
    isTabOurs(direction) {
        const state = this.dependencies.prose.getState();
        const inTable = ancestor(state, (node) => node.type.spec.tableRole === "table");
        const inItem = ancestor(state, (node) => node.type.name === "list_item");
        return Boolean(inTable || inItem || (direction < 0 && this.indentOf(state)));
    }

    indentOf(state) {
        const [block] = textBlocks(state);
        return (block && parseInt(styleOf(block.attrs.attrs, "margin-inline-start"), 10)) || 0;
    }

    tab(direction) {
        const { prose } = this.dependencies;
        if (this.delegateTo(direction > 0 ? "tab_overrides" : "shift_tab_overrides")) {
            return;
        }
        if (!prose.run(goToNextCell(direction))) {
            this.move(direction);
        }
    }

    indentBlocks() {
        this.move(1);
    }

    outdentBlocks() {
        this.move(-1);
    }

    move(direction) {
        this.dependencies.prose.run(
            changeBlocks((attrs) => {
                const current = parseInt(styleOf(attrs, "margin-inline-start"), 10) || 0;
                const next = Math.min(MAX_INDENT, Math.max(0, current + direction * INDENT));
                return withStyles(attrs, { "margin-inline-start": next ? `${next}px` : "" });
            })
        );
    }
}

/** From left to right, or from right to left. */
export class TextDirectionPlugin extends Plugin {
    static id = "textDirection";
    static dependencies = ["prose"];

    resources = {
        user_commands: {
            id: "switchDirection",
            title: _t("Switch direction"),
            description: _t("Read the line from the other side"),
            icon: "fa-exchange",
            run: () => this.switchDirection(),
        },
        powerbox_categories: { id: "format", name: _t("Format") },
        powerbox_items: { categoryId: "format", commandId: "switchDirection", keywords: ["rtl", "ltr"] },
    };

    switchDirection() {
        const usual = this.config.direction || getComputedStyle(this.editable).direction;
        this.dependencies.prose.run(
            changeBlocks(({ dir, ...attrs }) => {
                const next = (dir || usual) === "rtl" ? "ltr" : "rtl";
                return next === usual ? attrs : { ...attrs, dir: next };
            })
        );
    }
}
