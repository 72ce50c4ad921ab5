/** Tables, with what the editor has no words for: captions, groups of columns, heads and feet. */
import { keptAttributes, withStyles } from "@html_editor/prose/attributes";

const PIXELS = /^(\d+(?:\.\d+)?)px$/;
/** Class of the tables that are made here, whose widths of columns can be changed. */
export const TABLE_CLASS = "o_table";
const SECTIONS = { THEAD: "thead", TFOOT: "tfoot" };

function cellAttributes(el) {
    const attrs = keptAttributes(el, "colspan", "rowspan");
    const colspan = Math.min(Number(el.getAttribute("colspan")) || 1, 100);
    const rowspan = Math.min(Number(el.getAttribute("rowspan")) || 1, 1000);
    const isOurs = el.closest("table")?.classList.contains(TABLE_CLASS);
    const [, width] = (isOurs && colspan === 1 && PIXELS.exec(el.style.width)) || [];
    return {
        attrs: width ? withStyles(attrs, { width: "" }) : attrs,
        colspan,
        rowspan,
        colwidth: width ? [Math.round(Number(width))] : null,
    };
}

function cell(tag, tableRole) {
    return {
        attrs: {
            attrs: { default: {} },
            colspan: { default: 1 },
            rowspan: { default: 1 },
            colwidth: { default: null },
        },
        content: "block+",
        tableRole,
        isolating: true,
        parseDOM: [{ tag, getAttrs: cellAttributes }],
        toDOM({ attrs: { attrs, colspan, rowspan, colwidth } }) {
            const shown =
                colwidth?.[0] && colspan === 1 ? withStyles(attrs, { width: `${colwidth[0]}px` }) : { ...attrs };
            const spans = { ...(colspan > 1 && { colspan }), ...(rowspan > 1 && { rowspan }) };
            return [tag, { ...shown, ...spans }, 0];
        },
    };
}

/** What stands before the rows, as text. */
function beforeRows(table) {
    return [...table.children]
        .filter((child) => ["CAPTION", "COLGROUP"].includes(child.nodeName))
        .map((child) => child.outerHTML)
        .join("");
}

export const tables = {
    table: {
        attrs: { attrs: { default: {} }, before: { default: "" } },
        content: "table_row+",
        tableRole: "table",
        isolating: true,
        group: "block",
        parseDOM: [
            { tag: "table", getAttrs: (el) => ({ attrs: keptAttributes(el), before: beforeRows(el) }) },
            { tag: "caption", ignore: true },
            { tag: "colgroup", ignore: true },
        ],
        toDOM({ attrs: { attrs, before } }) {
            return ["table", before ? { ...attrs, "data-before": before } : attrs, ["tbody", 0]];
        },
    },
    table_row: {
        attrs: { attrs: { default: {} }, section: { default: "" } },
        content: "(table_cell | table_header)*",
        tableRole: "row",
        parseDOM: [
            {
                tag: "tr",
                getAttrs: (el) => ({ attrs: keptAttributes(el), section: SECTIONS[el.parentElement?.nodeName] || "" }),
            },
        ],
        toDOM: ({ attrs: { attrs, section } }) => ["tr", section ? { ...attrs, "data-section": section } : attrs, 0],
    },
    table_cell: cell("td", "cell"),
    table_header: cell("th", "header_cell"),
};

/**
 * Give rows their heads and feet, and tables what stands before the rows.
 *
 * @param {Element} root
 */
export function completeTables(root) {
    for (const table of root.querySelectorAll("table")) {
        const body = table.querySelector(":scope > tbody");
        for (const [name, method] of [
            ["thead", "before"],
            ["tfoot", "after"],
        ]) {
            const rows = body ? [...body.children].filter((row) => row.getAttribute("data-section") === name) : [];
            if (rows.length) {
                const section = root.ownerDocument.createElement(name);
                section.append(...rows);
                body[method](section);
            }
        }
        const before = table.getAttribute("data-before");
        if (before) {
            const parsed = new DOMParser().parseFromString(`<table>${before}</table>`, "text/html");
            table.prepend(...parsed.body.firstElementChild.children);
        }
        table.removeAttribute("data-before");
    }
    root.querySelectorAll("tr[data-section]").forEach((row) => row.removeAttribute("data-section"));
}
