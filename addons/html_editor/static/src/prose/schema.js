/** What a content is made of. Elements and attributes that no button makes are kept as they came. */
import { Schema } from "prosemirror-model";
import { keptAttributes, safeAttributes } from "@html_editor/prose/attributes";
import { CLOSED, hasBlocks, isBlock, isLastBreak } from "@html_editor/prose/blocks";
import { marks, OTHER_TAGS } from "@html_editor/prose/schema_marks";
import { tables } from "@html_editor/prose/schema_tables";

const bag = { attrs: { default: {} } };
/** Marks paragraphs that came without an element of their own, while they are in the editor. */
const BARE = "data-bare";
const keep = (el) => ({ attrs: keptAttributes(el) });
const asElement = (tag) => (node) => [tag, node.attrs.attrs, 0];

const TEXT_TAGS = ["div", "address", "figcaption", "dt", "dd", "summary", "center"];
const CONTAINER_TAGS = [
    ...["div", "section", "article", "header", "footer", "main", "aside", "nav", "figure", "details", "center"],
    ...["dl", "dd", "hgroup", "fieldset", "t"],
];

const texts = {
    paragraph: {
        // what comes without an element of its own is given none where one line is all there is
        attrs: { ...bag, bare: { default: true } },
        content: "inline*",
        group: "block",
        parseDOM: [{ tag: "p", getAttrs: (el) => ({ attrs: keptAttributes(el, BARE), bare: el.hasAttribute(BARE) }) }],
        toDOM: ({ attrs }) => ["p", attrs.bare ? { ...attrs.attrs, [BARE]: "1" } : attrs.attrs, 0],
    },
    heading: {
        attrs: { ...bag, level: { default: 1 } },
        content: "inline*",
        group: "block",
        defining: true,
        parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({
            tag: `h${level}`,
            getAttrs: (el) => ({ ...keep(el), level }),
        })),
        toDOM: ({ attrs }) => [`h${attrs.level}`, attrs.attrs, 0],
    },
    preformatted: {
        attrs: bag,
        content: "inline*",
        group: "block",
        defining: true,
        whitespace: "pre",
        parseDOM: [{ tag: "pre", preserveWhitespace: "full", getAttrs: keep }],
        toDOM: asElement("pre"),
    },
    text_block: {
        attrs: { ...bag, tag: { default: "div" } },
        content: "inline*",
        group: "block",
        parseDOM: TEXT_TAGS.map((tag) => ({
            tag,
            priority: 55,
            getAttrs: (el) => (hasBlocks(el) ? false : { ...keep(el), tag }),
        })),
        toDOM: ({ attrs }) => [attrs.tag, attrs.attrs, 0],
    },
};

const containers = {
    blockquote: {
        attrs: bag,
        content: "block+",
        group: "block",
        defining: true,
        parseDOM: [{ tag: "blockquote", getAttrs: keep }],
        toDOM: asElement("blockquote"),
    },
    check_list: {
        attrs: bag,
        content: "list_item+",
        group: "block list",
        parseDOM: [{ tag: "ul.o_checklist", priority: 60, getAttrs: keep }],
        toDOM: ({ attrs }) => ["ul", { ...attrs.attrs, class: attrs.attrs.class || "o_checklist" }, 0],
    },
    bullet_list: {
        attrs: bag,
        content: "list_item+",
        group: "block list",
        parseDOM: [{ tag: "ul", getAttrs: keep }],
        toDOM: asElement("ul"),
    },
    ordered_list: {
        attrs: { ...bag, order: { default: 1 } },
        content: "list_item+",
        group: "block list",
        parseDOM: [
            {
                tag: "ol",
                getAttrs: (el) => ({
                    attrs: keptAttributes(el, "start"),
                    order: Number(el.getAttribute("start")) || 1,
                }),
            },
        ],
        toDOM: ({ attrs }) => ["ol", attrs.order === 1 ? attrs.attrs : { ...attrs.attrs, start: attrs.order }, 0],
    },
    list_item: {
        attrs: { ...bag, checked: { default: false } },
        content: "block+",
        defining: true,
        parseDOM: [
            {
                tag: "li",
                getAttrs(el) {
                    const attrs = keptAttributes(el);
                    const checked = el.classList.contains("o_checked");
                    if (checked) {
                        attrs.class = attrs.class.replace(/(^|\s)o_checked(?=\s|$)/, "").trim();
                    }
                    if (!attrs.class) {
                        delete attrs.class;
                    }
                    return { attrs, checked };
                },
            },
        ],
        toDOM({ attrs: { attrs, checked } }) {
            const classes = [attrs.class, checked && "o_checked"].filter(Boolean).join(" ");
            return ["li", classes ? { ...attrs, class: classes } : attrs, 0];
        },
    },
    container: {
        attrs: { ...bag, tag: { default: "div" } },
        content: "block+",
        group: "block",
        defining: true,
        parseDOM: CONTAINER_TAGS.map((tag) => ({
            tag,
            getAttrs: (el) => (tag === "t" && !hasBlocks(el) ? false : { ...keep(el), tag }),
        })),
        toDOM: ({ attrs }) => [attrs.tag, attrs.attrs, 0],
    },
};

/** Element of a HTML text, in a document where nothing of it runs. */
export function elementOf(html) {
    return new DOMParser().parseFromString(html, "text/html").body.firstElementChild || document.createElement("span");
}

const asItCame = ({ attrs }) => elementOf(attrs.html);
const closed = (isWanted) => ({
    attrs: { html: {} },
    atom: true,
    parseDOM: [...CLOSED, "t"].map((tag) => ({
        tag,
        priority: 70,
        getAttrs: (el) => (isWanted(el) && !(tag === "t" && hasBlocks(el)) ? { html: el.outerHTML } : false),
    })),
    toDOM: asItCame,
});

const leaves = {
    horizontal_rule: {
        attrs: bag,
        group: "block",
        parseDOM: [{ tag: "hr", getAttrs: keep }],
        toDOM: (node) => ["hr", node.attrs.attrs],
    },
    raw_block: { ...closed((el) => isBlock(el) || hasBlocks(el)), group: "block" },
    raw_inline: { ...closed((el) => !isBlock(el) && !hasBlocks(el)), group: "inline", inline: true },
    image: {
        attrs: { ...bag, src: { default: "" }, alt: { default: "" } },
        inline: true,
        group: "inline",
        draggable: true,
        parseDOM: [
            {
                tag: "img",
                getAttrs: (el) => ({
                    attrs: keptAttributes(el, "src", "alt"),
                    src: el.getAttribute("src") || "",
                    alt: el.getAttribute("alt") || "",
                }),
            },
        ],
        toDOM: ({ attrs }) => ["img", { src: attrs.src, alt: attrs.alt, ...attrs.attrs }],
    },
    icon: {
        attrs: { ...bag, tag: { default: "i" } },
        inline: true,
        group: "inline",
        atom: true,
        parseDOM: ["i", "span"].map((tag) => ({
            tag: `${tag}.fa, ${tag}.fab, ${tag}.fad, ${tag}.far, ${tag}.oi`,
            priority: 60,
            getAttrs: (el) => ({ ...keep(el), tag }),
        })),
        toDOM: ({ attrs }) => [attrs.tag, attrs.attrs],
    },
    hard_break: {
        inline: true,
        group: "inline",
        selectable: false,
        linebreakReplacement: true,
        parseDOM: [
            { tag: "br", getAttrs: (el) => (isLastBreak(el) ? false : null) },
            { tag: "br", ignore: true },
        ],
        toDOM: () => ["br"],
    },
    text: { group: "inline" },
};

/** @type {any} */
const nodes = { doc: { content: "block+" }, ...texts, ...containers, ...tables, ...leaves };

const SHOWN_TAGS = new Set([
    ...TEXT_TAGS,
    ...CONTAINER_TAGS,
    ...OTHER_TAGS,
    ...["a", "blockquote", "br", "code", "em", "font", "hr", "i", "img", "li", "ol", "p", "pre", "s", "span", "strong"],
    ...["sub", "sup", "table", "td", "th", "tr", "u", "ul", "h1", "h2", "h3", "h4", "h5", "h6"],
]);

/** What is shown of an element: documents of others may say anything, and nothing of it runs. */
function harmless(toDOM) {
    return (...parts) => {
        const shown = toDOM(...parts);
        if (!Array.isArray(shown)) {
            return shown;
        }
        const [tag, ...rest] = shown;
        const [attrs] = rest;
        const hasAttributes = attrs && typeof attrs === "object" && !Array.isArray(attrs);
        return [
            SHOWN_TAGS.has(tag) ? tag : "span",
            ...(hasAttributes ? [safeAttributes(attrs), ...rest.slice(1)] : rest),
        ];
    };
}

const withHarmless = (specs) =>
    Object.fromEntries(
        Object.entries(specs).map(([name, spec]) => [
            name,
            spec.toDOM ? { ...spec, toDOM: harmless(spec.toDOM) } : spec,
        ])
    );

export const schema = new Schema({ nodes: withHarmless(nodes), marks: withHarmless(marks) });
