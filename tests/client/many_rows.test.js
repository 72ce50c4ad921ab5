/** Every widget for fields in a list of many rows: a few here, 500 by hand with `VITE_ROWS=500 vitest run FILE`. */
import { expect, test } from "vitest";
import { registry } from "@web/core/registry";
import { settle, showForm } from "./form_page";

const COUNT = Number(import.meta.env.VITE_ROWS || 10);
/** What is asked for all rows together: the rows, and the choices that some widgets offer. */
const REQUESTS = 12;
/** How many nodes a cell may have, on average over its column. */
const NODES = 30;
const PICTURE = "R0lGODlhAQABAAAAACwAAAAAAQABAAA=";
const VALUES = {
    char: "Text",
    text: "Two\nlines",
    html: "<p>Rich</p>",
    integer: 3,
    float: 0.5,
    monetary: 12.5,
    boolean: true,
    date: "2026-03-01",
    datetime: "2026-03-01 10:00:00",
    selection: "b",
    binary: PICTURE,
    many2one: 1,
    many2many: [1, 2],
    one2many: [1, 2],
    reference: { id: 1, model: "tag" },
    json: { key: "value" },
};
const FIELDS = {
    tz_offset: { type: "char" },
    currency_id: { type: "many2one", relation: "tag" },
    ...Object.fromEntries(
        Object.keys(VALUES).map((type) => {
            const more = {
                relation: "tag",
                selection: [
                    ["a", "First"],
                    ["b", "Second"],
                    ["tag", "Tag"],
                ],
            };
            return [`x_${type}`, { type, ...more }];
        })
    ),
};

/** Those that fetch a library first: they have tests of their own. */
const WITH_LIBRARY = ["ace", "code", "dashboard_graph", "gauge"];

/** `[widget, type]` of all that are for lists. */
const WIDGETS = registry
    .category("fields")
    .getEntries()
    .filter(([key]) => !key.includes(".") || key.startsWith("list."))
    .flatMap(([key, { supportedTypes = [] }]) => supportedTypes.map((type) => [key.split(".").at(-1), type]))
    .filter(([widget, type]) => type in VALUES && !WITH_LIBRARY.includes(widget));

test("B2: every widget is drawn many times, with a value and without, in few nodes and with few requests", async () => {
    expect(WIDGETS.length).toBeGreaterThan(80);
    const tag = {
        fields: { color: { type: "integer" }, name: { type: "char" }, mimetype: { type: "char" } },
        rows: [1, 2].map((id) => ({ id, display_name: `Tag ${id}`, name: `Tag ${id}`, color: id })),
    };
    const full = Object.fromEntries(Object.entries(VALUES).map(([type, value]) => [`x_${type}`, value]));
    const rows = Array.from({ length: COUNT }, (_, index) => ({
        id: index + 1,
        display_name: "R",
        ...(index % 2 ? {} : full),
    }));
    const columns = WIDGETS.map(
        ([widget, type]) => `<field name="x_${type}" widget="${widget}" options="{'preview_image': 'image_128'}"/>`
    );
    const { calls, page } = await showForm(`<list limit="${COUNT}">${columns.join("")}</list>`, {
        fields: FIELDS,
        values: {},
        models: { tag },
        answers: {
            web_search_read(model, _args, { specification }) {
                const names = ["id", ...Object.keys(specification)];
                const read = (row) =>
                    Object.fromEntries(names.map((name) => [name, valueFor(row, name, specification)]));
                const records = (model === "thing" ? rows : tag.rows).map(read);
                return { length: records.length, records };
            },
        },
        props: {
            type: "list",
            searchViewArch: "<search/>",
            searchViewFields: FIELDS,
            resId: undefined,
            resIds: undefined,
        },
    });
    await settle(10);
    const [first] = page.querySelectorAll(".o_data_row");
    expect(first.querySelectorAll(".o_data_cell").length).toBe(WIDGETS.length);
    const shown = page.querySelectorAll(".o_data_row").length;
    const crowded = WIDGETS.filter((_, index) => {
        const cells = page.querySelectorAll(`.o_data_row .o_data_cell:nth-of-type(${index + 2})`);
        const nodes = [...cells].reduce((sum, cell) => sum + cell.querySelectorAll("*").length, 0);
        return nodes / shown > NODES;
    });
    expect(crowded).toEqual([]);
    expect(page.querySelectorAll(".o_field_failed").length).toBe(0);
    expect(calls.length).toBeLessThan(REQUESTS);
    expect(page.querySelectorAll("*").length).toBeLessThan(COUNT * WIDGETS.length * 6);
}, 600_000);

/** What the server would send of a row. */
function valueFor(row, name, specification) {
    const { type } = FIELDS[name] || {};
    const value = row[name];
    if (type === "many2one") {
        return value ? { id: value, display_name: "Tag 1" } : false;
    }
    if (["one2many", "many2many"].includes(type)) {
        const isDeep = Boolean(specification[name].fields);
        return (value || []).map((id) => (isDeep ? { id, display_name: `Tag ${id}`, name: "Tag", color: id } : id));
    }
    return value ?? (["integer", "float", "monetary"].includes(type) ? 0 : false);
}
