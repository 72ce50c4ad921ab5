import { inputRules, textblockTypeInputRule, wrappingInputRule, InputRule } from "prosemirror-inputrules";
import { _t } from "@web/core/l10n/translation";
import { Plugin } from "@html_editor/plugin";
import { styleOf } from "@html_editor/prose/attributes";
import { textStyles } from "@html_editor/prose/commands";
import { withSequence } from "@html_editor/utils/resource";
import { schema } from "@html_editor/prose/schema";
import { ChoiceMenu } from "@html_editor/main/toolbar/choice_menu";

const { blockquote, bullet_list: bullets, check_list: checks, heading, ordered_list: numbers } = schema.nodes;

/** Commands: id, tag, icon, title, description. */
const TAGS = [
    ["setTagParagraph", "p", "fa-paragraph", _t("Text"), _t("A line of normal text")],
    ["setTagHeading1", "h1", "fa-header", _t("Heading 1"), _t("Title of a part")],
    ["setTagHeading2", "h2", "fa-header", _t("Heading 2"), _t("Title of a chapter")],
    ["setTagHeading3", "h3", "fa-header", _t("Heading 3"), _t("Title of a paragraph")],
    ["setTagQuote", "blockquote", "fa-quote-right", _t("Quote"), _t("Words of somebody else")],
    ["setTagPre", "pre", "fa-code", _t("Code"), _t("Text as it is typed, with all its spaces")],
];
/** Pixels. */
const SIZES = [10, 12, 14, 16, 18, 20, 24, 28, 36, 48];

/** What lines are, and how big their text is. */
export class FontPlugin extends Plugin {
    static id = "font";
    static dependencies = ["prose", "dom", "format"];

    resources = {
        user_commands: TAGS.map(([id, tagName, icon, title, description]) => ({
            id,
            icon,
            title,
            description,
            run: () => this.dependencies.dom.setTag({ tagName }),
        })),
        powerbox_items: TAGS.map(([commandId, tag]) => ({ categoryId: "structure", commandId, keywords: [tag] })),
        toolbar_groups: withSequence(2, { id: "font" }),
        toolbar_items: [
            {
                id: "font",
                groupId: "font",
                title: _t("Style of the line"),
                Component: ChoiceMenu,
                props: {
                    getLabel: () => this.tagLabel(),
                    getItems: () =>
                        TAGS.map(([id, tag, , label]) => ({
                            id,
                            label,
                            isActive: this.dependencies.dom.currentTag() === tag,
                        })),
                    onSelected: (id) => this.chooseTag(id),
                },
            },
            {
                id: "font-size",
                groupId: "font",
                title: _t("Font size"),
                Component: ChoiceMenu,
                props: {
                    getLabel: () => this.currentSize() || _t("Size"),
                    getItems: () => [
                        { id: "", label: _t("Usual"), isActive: !this.currentSize() },
                        ...SIZES.map((size) => ({
                            id: `${size}px`,
                            label: String(size),
                            isActive: this.currentSize() === String(size),
                        })),
                    ],
                    onSelected: (size) =>
                        this.dependencies.format.formatSelection("fontSize", { formatProps: { size } }),
                },
            },
        ],
        prose_plugins: [inputRules({ rules: RULES })],
    };

    tagLabel() {
        const tag = this.dependencies.dom.currentTag();
        return TAGS.find(([, name]) => name === tag)?.[3] || _t("Text");
    }

    chooseTag(id) {
        const [, tagName] = TAGS.find(([each]) => each === id);
        this.dependencies.dom.setTag({ tagName });
    }

    /** @returns {string} pixels, "" where sizes differ or nothing is said */
    currentSize() {
        const sizes = new Set(
            textStyles(this.dependencies.prose.getState()).map((attrs) => styleOf(attrs, "font-size"))
        );
        const [size] = sizes;
        return sizes.size === 1 ? String(size).replace("px", "") : "";
    }
}

/** What is typed at the start of a line, and becomes its style. */
const RULES = [
    textblockTypeInputRule(/^(#{1,6})\s$/, heading, ([, signs]) => ({ level: signs.length })),
    wrappingInputRule(/^[-*+]\s$/, bullets),
    wrappingInputRule(
        /^(\d{1,3})[.)]\s$/,
        numbers,
        ([, number]) => ({ order: Number(number) }),
        ([, number], node) => node.childCount + node.attrs.order === Number(number)
    ),
    wrappingInputRule(/^a[.)]\s$/, numbers, { attrs: { style: "list-style: lower-alpha" } }),
    wrappingInputRule(/^\[[ x]?\]\s$/, checks),
    wrappingInputRule(/^>\s$/, blockquote),
    new InputRule(/`([^`]+)`$/, (state, [, text], start, end) => {
        const code = schema.text(text, [schema.marks.code.create()]);
        return state.tr.replaceWith(start, end, code).removeStoredMark(schema.marks.code);
    }),
];
