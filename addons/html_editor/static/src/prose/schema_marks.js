/** How text may look. */
import { isBlank, keptAttributes, withStyles } from "@html_editor/prose/attributes";
import { isBlock } from "@html_editor/prose/blocks";

const simple = (tag, ...others) => ({
    parseDOM: [tag, ...others].map((name) => ({ tag: name })),
    toDOM: () => [tag, 0],
});
/** Tags of text that no button makes. */
export const OTHER_TAGS = [
    "abbr",
    "bdi",
    "bdo",
    "big",
    "cite",
    "dfn",
    "ins",
    "kbd",
    "mark",
    "q",
    "samp",
    "small",
    "time",
    "var",
];

/** Attributes of an element of style with those of the ones around it, as one stands for all. */
function styleAttributes(el) {
    const chain = [];
    for (let each = el; each && !isBlock(each); each = each.parentElement) {
        if (["SPAN", "FONT"].includes(each.nodeName)) {
            chain.unshift(each);
        }
    }
    const joined = chain.map(ownAttributes).reduce((outer, inner) => {
        const classes = [outer.class, inner.class].filter(Boolean).join(" ");
        const style = [outer.style, inner.style].filter(Boolean).join("; ");
        return { ...outer, ...inner, ...(classes && { class: classes }), ...(style && { style }) };
    }, {});
    return isBlank(joined) ? false : { attrs: joined, tag: el.nodeName.toLowerCase() };
}

/** What `<font>` says in attributes of its own becomes style. */
function ownAttributes(el) {
    const attrs = keptAttributes(el, "color", "face", "size");
    const [color, face] = [el.getAttribute("color"), el.getAttribute("face")];
    return withoutEmpty(color || face ? withStyles(attrs, { color: color || "", "font-family": face || "" }) : attrs);
}

function withoutEmpty(attrs) {
    return Object.fromEntries(
        Object.entries(attrs).filter(([name, value]) => value || !["class", "style"].includes(name))
    );
}

export const marks = {
    link: {
        attrs: { href: { default: "" }, attrs: { default: {} } },
        inclusive: false,
        parseDOM: [
            {
                tag: "a[href]",
                getAttrs(el) {
                    const { href = "", ...attrs } = keptAttributes(el);
                    return { href, attrs };
                },
            },
        ],
        toDOM: ({ attrs }) => ["a", { href: attrs.href, ...attrs.attrs }, 0],
    },
    other: {
        attrs: { tag: {}, attrs: { default: {} } },
        excludes: "",
        parseDOM: OTHER_TAGS.map((tag) => ({ tag, getAttrs: (el) => ({ tag, attrs: keptAttributes(el) }) })),
        toDOM: ({ attrs }) => [attrs.tag, attrs.attrs, 0],
    },
    text_style: {
        attrs: { tag: { default: "span" }, attrs: { default: {} } },
        parseDOM: ["span", "font"].map((tag) => ({ tag, getAttrs: styleAttributes })),
        toDOM: ({ attrs }) => [attrs.tag, attrs.attrs, 0],
    },
    strong: {
        parseDOM: [{ tag: "strong" }, { tag: "b", getAttrs: (el) => (isLight(el) ? false : null) }],
        toDOM: () => ["strong", 0],
    },
    em: simple("em", "i"),
    underline: simple("u"),
    strike: simple("s", "strike", "del"),
    subscript: { ...simple("sub"), excludes: "superscript subscript" },
    superscript: { ...simple("sup"), excludes: "superscript subscript" },
    code: { ...simple("code", "tt"), code: true },
};

/** Some programs wrap what they copy in an element that is bold in name only. */
function isLight(el) {
    return /^(normal|400)$/.test(el.style.fontWeight);
}
