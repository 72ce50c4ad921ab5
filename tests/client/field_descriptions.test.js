/** Descriptions of widgets in the registry: what they make of a node, which is what addons spread and extend. */
import { expect, test } from "vitest";
import { registry } from "@web/core/registry";
import { getFieldFromRegistry } from "@web/views/fields/field";
import { many2OneField } from "@web/views/fields/many2one/many2one_field";

import.meta.glob("../../addons/web/static/src/views/fields/**/*.js", { eager: true });

const fields = registry.category("fields");
const NOT_CREATED = { canCreate: false, canQuickCreate: false, canCreateEdit: false };

function propsOf(widget, info, dynamicInfo = {}) {
    const nothing = { attrs: {}, options: {}, decorations: {} };
    const node = { name: "x", viewType: "form", widget, string: "Label", ...nothing, ...info };
    const now = { context: { lang: "en_US" }, domain: [], required: false, readonly: false, ...dynamicInfo };
    return fields.get(widget).extractProps(node, now);
}

test.each([
    ["integer", {}, { formatNumber: true, humanReadable: false, decimals: 0 }],
    ["integer", { options: { enable_formatting: false, type: "number", step: 5 } }, { formatNumber: false, step: 5 }],
    ["float", { attrs: { digits: "(12, 3)" }, options: { digits: [16, 1] } }, { digits: [12, 3] }],
    ["float", { options: { digits: [16, 1], hide_trailing_zeros: true } }, { digits: [16, 1], trailingZeros: false }],
    ["float_factor", { options: { factor: 24 } }, { factor: 24, trailingZeros: true }],
    [
        "monetary",
        { options: { no_symbol: true }, attrs: { type: "number" } },
        { hideSymbol: true, inputType: "number" },
    ],
    ["char", { attrs: { password: "True", placeholder: "Secret" } }, { isPassword: true, placeholder: "Secret" }],
    ["char", { attrs: { password: "False" } }, { isPassword: false }],
    ["text", { attrs: { rows: "4" }, options: { line_breaks: false } }, { rowCount: 4, lineBreaks: false }],
    ["datetime", {}, { showTime: true, showSeconds: false, alwaysRange: false }],
    ["datetime", { options: { show_time: false, rounding: "15" } }, { showTime: false, rounding: 15 }],
    [
        "daterange",
        { options: { end_date_field: "stop", always_range: "1" } },
        { endDateField: "stop", alwaysRange: true },
    ],
    ["selection", { viewType: "kanban" }, { autosave: true, readonly: false }],
    ["selection_badge", {}, { autosave: false, size: "normal" }],
    ["radio", { options: { horizontal: true } }, { orientation: "horizontal", label: "Label" }],
    ["boolean", {}, { autosave: false }],
    ["boolean_toggle", {}, { autosave: true, readonly: false }],
    ["boolean_toggle", { options: { autosave: false } }, { autosave: false }],
    ["boolean_favorite", { attrs: { nolabel: "0" } }, { noLabel: false }],
    [
        "statusbar",
        { attrs: { statusbar_visible: "draft, sent" } },
        { visibleSelection: ["draft", "sent"], isDisabled: true },
    ],
    ["statusbar", { options: { clickable: "1", fold_field: "fold" } }, { isDisabled: false, foldField: "fold" }],
    ["image", { options: { size: [0, 90] }, attrs: { width: "60" } }, { width: 60, height: 90, reload: true }],
    ["many2one", {}, { canOpen: true, canCreate: true, canQuickCreate: true, canCreateEdit: true, canWrite: true }],
    ["many2one", { attrs: { can_create: "False", can_write: "False" } }, { ...NOT_CREATED, canWrite: false }],
    ["many2one", { options: { no_create: true, no_open: true } }, { ...NOT_CREATED, canOpen: false }],
    [
        "many2one",
        { options: { no_quick_create: true } },
        { canCreate: true, canQuickCreate: false, canCreateEdit: true },
    ],
    ["many2one_avatar", { viewType: "list" }, { canOpen: false }],
    ["many2many_tags", { options: { no_create: true, color_field: "color" } }, { ...NOT_CREATED, colorField: "color" }],
    [
        "one2many",
        { options: { delete: false, no_create_edit: true } },
        { crudOptions: { delete: false, createEdit: false } },
    ],
])("props of %s with %j", (widget, node, props) => {
    expect(propsOf(widget, node)).toMatchObject(props);
});

test("modifiers block widgets that save by themselves", () => {
    expect(propsOf("priority", {}, { readonly: true }).readonly).toBe(true);
    expect(propsOf("selection", { viewType: "kanban" }, { readonly: true }).readonly).toBe(true);
    // elsewhere the state of the record counts, which the field knows
    expect(propsOf("selection", {}, { readonly: true })).not.toHaveProperty("readonly");
});

test("options that a widget knows", () => {
    const options = Object.fromEntries(many2OneField.supportedOptions.map(({ name, type }) => [name, type]));
    expect(options).toEqual({
        no_create: "boolean",
        no_create_edit: "boolean",
        no_quick_create: "boolean",
        no_open: "boolean",
        no_search_more: "boolean",
        create_name_field: "string",
    });
});

test.each([
    [["char", undefined, "form"], ["char"]],
    [["text", undefined, "list"], ["list.text"]],
    [["char", "many2many_tags", "form"], ["form.many2many_tags"]],
    [["char", "no_such_widget", "list"], ["char"]],
    [
        ["one2many", undefined, "list", "any_class"],
        ["list.one2many", "list.many2many"],
    ],
])("widget of the field %j", (names, keys) => {
    const found = getFieldFromRegistry(...names);
    expect(fields.getEntries().flatMap(([key, field]) => (field === found ? [key] : []))).toEqual(keys);
});
