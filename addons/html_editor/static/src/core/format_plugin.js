import { toggleMark } from "prosemirror-commands";
import { _t } from "@web/core/l10n/translation";
import { Plugin } from "@html_editor/plugin";
import { styleOf, withClasses, withStyles } from "@html_editor/prose/attributes";
import { changeTextStyle, isMarked, textStyles } from "@html_editor/prose/commands";
import { withSequence } from "@html_editor/utils/resource";
import { schema } from "@html_editor/prose/schema";

/** Formats that are on or off: name, command, mark, key, icon, title. */
const FORMATS = [
    ["bold", "formatBold", "strong", "control+b", "fa-bold", _t("Bold")],
    ["italic", "formatItalic", "em", "control+i", "fa-italic", _t("Italic")],
    ["underline", "formatUnderline", "underline", "control+u", "fa-underline", _t("Underline")],
    ["strikeThrough", "formatStrikethrough", "strike", "control+5", "fa-strikethrough", _t("Strike through")],
];
const MARKS = Object.fromEntries(FORMATS.map(([name, , mark]) => [name, mark]));
const SIZE_CLASS = /^(display-[1-6]|h[1-6](-fs)?|o_default-fs|o_small-fs|small|base-fs)$/;
const REMOVED = ["strong", "em", "underline", "strike", "subscript", "superscript", "code", "text_style", "other"];

/** How text looks: bold and the like, and its size. */
export class FormatPlugin extends Plugin {
    static id = "format";
    static dependencies = ["prose"];
    static shared = ["formatSelection", "isSelectionFormat", "removeFormat"];

    resources = {
        user_commands: [
            ...FORMATS.map(([name, id, , , icon, title]) => ({
                id,
                title,
                icon,
                run: () => this.formatSelection(name),
            })),
            { id: "formatFontSize", title: _t("Font size"), run: ({ size }) => this.setFontSize(size) },
            {
                id: "formatFontSizeClassName",
                title: _t("Font size"),
                run: ({ className }) => this.setFontSizeClass(className),
            },
            {
                id: "removeFormat",
                title: _t("Remove format"),
                icon: "fa-eraser",
                run: () => this.removeFormat(),
            },
        ],
        shortcuts: FORMATS.map(([, commandId, , hotkey]) => ({ hotkey, commandId })),
        toolbar_groups: withSequence(3, { id: "decoration" }),
        toolbar_items: [
            ...FORMATS.map(([name, commandId]) => ({
                id: name.toLowerCase(),
                groupId: "decoration",
                commandId,
                isActive: () => this.isSelectionFormat(name),
            })),
            { id: "remove_format", groupId: "decoration", commandId: "removeFormat" },
        ],
    };

    /**
     * @param {string} name
     * @param {{applyStyle?: boolean, formatProps?: Object}} [options] `applyStyle` says on or off, else it is changed
     */
    formatSelection(name, { applyStyle, formatProps = {} } = {}) {
        const { prose } = this.dependencies;
        if (name === "fontSize") {
            return this.setFontSize(applyStyle === false ? "" : formatProps.size);
        }
        if (name === "setFontSizeClassName") {
            return this.setFontSizeClass(applyStyle === false ? "" : formatProps.className);
        }
        if (!MARKS[name]) {
            throw new Error(`There is no format "${name}"`);
        }
        if (applyStyle === undefined || applyStyle !== this.isSelectionFormat(name)) {
            prose.run(toggleMark(schema.marks[MARKS[name]], null, { removeWhenPresent: false }));
        }
    }

    /** @param {string} name @returns {boolean} whether the text has a format */
    isSelectionFormat(name) {
        const state = this.dependencies.prose.getState();
        if (name === "fontSize") {
            return textStyles(state).some((attrs) => styleOf(attrs, "font-size"));
        }
        return Boolean(MARKS[name]) && isMarked(state, MARKS[name]);
    }

    setFontSize(size) {
        this.dependencies.prose.run(changeTextStyle((attrs) => withStyles(attrs, { "font-size": size || "" })));
    }

    setFontSizeClass(className) {
        this.dependencies.prose.run(
            changeTextStyle((attrs) => withClasses(attrs, className ? [className] : [], SIZE_CLASS))
        );
    }

    /** Leave the text with its links, and nothing else. */
    removeFormat() {
        const { prose } = this.dependencies;
        prose.run((state, dispatch) => {
            const { from, to } = state.selection;
            const { tr } = state;
            REMOVED.forEach((name) => {
                tr.removeMark(from, to, schema.marks[name]);
                tr.removeStoredMark(schema.marks[name]);
            });
            dispatch(tr);
            return true;
        });
        this.dispatchTo("remove_format_handlers");
    }
}
