/** Descriptions of widgets in the registry: what they make of a node, which is what addons spread and extend. */
import { expect, test } from "vitest";
import { registry } from "@web/core/registry";
import { getFieldFromRegistry } from "@web/views/fields/field";
import { many2OneField } from "@web/views/fields/many2one/many2one_field";

import.meta.glob("../../addons/web/static/src/views/fields/**/*.js", { eager: true });
import.meta.glob("../../addons/web/static/src/webclient/settings_form_view/**/*.js", { eager: true });

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
    ["datetime", {}, { showTime: true, showSeconds: true, alwaysRange: false }],
    ["datetime", { options: { show_time: false, rounding: "15" } }, { showTime: false, rounding: 15 }],
    [
        "daterange",
        { options: { end_date_field: "stop", always_range: "1" } },
        { endDateField: "stop", alwaysRange: true },
    ],
    ["selection", { viewType: "kanban" }, { autosave: true, readonly: false }],
    ["selection_badge", {}, { autosave: false, size: "md" }],
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

/** What widgets are for, and the options and attributes that they read, by their keys. */
const WIDGETS = {
    char: ["F10", "char", "placeholder_field dynamic_placeholder dynamic_placeholder_model_reference_field"],
    text: ["F11", "text html", "line_breaks dynamic_placeholder dynamic_placeholder_model_reference_field"],
    "list.text": ["F11", "text html", "line_breaks"],
    html: ["F12", "html", ""],
    ace: ["F13", "text html", "mode"],
    code: ["F13", "text html", "mode"],
    integer: ["F14", "integer", "enable_formatting type step human_readable decimals"],
    float: ["F15", "float", "enable_formatting type step human_readable decimals digits"],
    float_factor: ["F16", "float", "enable_formatting type step human_readable decimals digits factor"],
    float_time: ["F17", "float", "displaySeconds type"],
    float_toggle: ["F18", "float", "digits range factor force_button"],
    percentage: ["F19", "integer float", "digits"],
    monetary: ["F20", "monetary float", "currency_field field_digits no_symbol"],
    boolean: ["F21", "boolean", ""],
    boolean_toggle: ["F22", "boolean", "autosave"],
    "list.boolean_toggle": ["F22", "boolean", "autosave"],
    boolean_favorite: ["F23", "boolean", "autosave"],
    boolean_icon: ["F24", "boolean", "icon"],
    selection: ["F25", "selection many2one", ""],
    "kanban.selection": ["F25", "selection many2one", ""],
    filterable_selection: ["F26", "selection", "whitelisted_values blacklisted_values whitelist_fname"],
    radio: ["F27", "selection many2one", "horizontal"],
    selection_badge: ["F28", "selection many2one", "size"],
    badge: ["F29", "selection many2one char", ""],
    label_selection: ["F30", "selection", "classes"],
    state_selection: ["F31", "selection", "autosave hide_label"],
    priority: ["F32", "selection", "autosave"],
    statusbar: ["F33", "selection many2one", "clickable fold_field"],
    timezone_mismatch: ["F34", "selection", "tz_offset_field mismatch_title"],
    date: ["F35", "date", "min_date max_date warn_future min_precision max_precision condensed"],
    "list.date": ["F35", "date", "min_date max_date"],
    datetime: ["F36", "datetime", "min_date max_date rounding show_seconds show_time condensed"],
    "list.datetime": ["F36", "datetime", "rounding"],
    daterange: ["F37", "date datetime", "start_date_field end_date_field always_range rounding"],
    "list.daterange": ["F37", "date datetime", "start_date_field end_date_field always_range"],
    remaining_days: ["F38", "date datetime", "classes"],
    many2one: [
        "F39",
        "many2one",
        "no_open no_create no_quick_create no_create_edit create_name_field can_scan_barcode",
    ],
    many2one_barcode: ["F40", "many2one", "no_open no_create"],
    many2one_avatar: ["F41", "many2one", "no_open no_create"],
    "kanban.many2one_avatar": ["F41", "many2one", ""],
    many2one_avatar_user: ["F41", "many2one", ""],
    "kanban.many2one_avatar_user": ["F41", "many2one", ""],
    many2one_reference: ["F42", "many2one_reference", "no_open"],
    many2one_reference_integer: ["F43", "many2one_reference", "type step"],
    reference: ["F44", "reference char", "hide_model model_field no_create"],
    many2many_tags: [
        "F45",
        "many2many",
        "no_create no_quick_create no_create_edit create color_field create_name_field",
    ],
    "kanban.many2many_tags": ["F45", "many2many", "color_field"],
    "calendar.one2many": ["F45", "many2many", "color_field"],
    "calendar.many2many": ["F45", "many2many", "color_field"],
    "form.many2many_tags": ["F46", "many2many", "color_field no_edit_color edit_tags"],
    many2many_tags_avatar: ["F47", "many2many", "no_create"],
    "list.many2many_tags_avatar": ["F47", "many2many", "no_create"],
    "kanban.many2many_tags_avatar": ["F47", "many2many", ""],
    many2many_tags_avatar_popover: ["F47", "many2many", ""],
    many2many_avatar_user: ["F47", "many2many", ""],
    many2many_checkboxes: ["F48", "many2many", ""],
    many2many_binary: ["F49", "many2many", "accepted_file_extensions number_of_files"],
    one2many: ["F50", "one2many many2many", "create delete link unlink write no_create_edit"],
    many2many: ["F50", "one2many many2many", "create delete link unlink write"],
    "list.one2many": ["F50", "one2many many2many", ""],
    "list.many2many": ["F50", "one2many many2many", ""],
    binary: ["F51", "binary", "accepted_file_extensions"],
    "list.binary": ["F51", "binary", "accepted_file_extensions"],
    image: [
        "F52",
        "binary many2one",
        "reload zoom zoom_delay convert_to_webp accepted_file_extensions size preview_image img_class",
    ],
    image_url: ["F53", "char", "size"],
    attachment_image: ["F54", "many2one", ""],
    pdf_viewer: ["F55", "binary", "preview_image"],
    signature: ["F56", "binary", "full_name default_font size preview_image type"],
    email: ["F57", "char", ""],
    "form.email": ["F57", "char", ""],
    phone: ["F58", "char", ""],
    "form.phone": ["F58", "char", ""],
    url: ["F59", "char", "website_path"],
    "form.url": ["F59", "char", "website_path"],
    iframe_wrapper: ["F60", "text html", ""],
    embed_viewer: ["F61", "char", ""],
    progressbar: ["F62", "integer float", "editable edit_max_value current_value max_value overflow_class"],
    "kanban.progressbar": ["F62", "integer float", "editable"],
    gauge: ["F63", "integer float", "max_field max_value title"],
    percentpie: ["F64", "integer float", ""],
    statinfo: ["F65", "integer float monetary", "label_field"],
    dashboard_graph: ["F66", "text", ""],
    color: ["F67", "char", ""],
    color_picker: ["F68", "integer", ""],
    kanban_color_picker: ["F69", "integer", ""],
    handle: ["F70", "integer", ""],
    CopyClipboardChar: ["F71", "char", ""],
    CopyClipboardURL: ["F71", "char", ""],
    CopyClipboardButton: ["F71", "char", ""],
    jsonb: ["F72", "json", ""],
    DynamicModelFieldSelectorChar: ["F73", "char", "model follow_relations only_searchable"],
    domain: ["F74", "char", "model in_dialog foldable"],
    properties: ["F75", "properties", ""],
    "kanban.properties": ["F75", "", ""],
    "calendar.properties": ["F75", "", ""],
    "hierarchy.properties": ["F75", "", ""],
    property_tags: ["F76", "", ""],
    "base_settings.binary": ["F77", "binary", ""],
    "base_settings.radio": ["F77", "selection many2one", ""],
    upgrade_boolean: ["F77", "boolean", ""],
};
const words = (text) => text.split(" ").filter(Boolean);

test.each(Object.entries(WIDGETS).map(([key, [entry, ...rest]]) => [entry, key, ...rest]))(
    "%s: %s is a widget for its types, with its options",
    (_entry, key, types, options) => {
        const { component, supportedOptions = [], supportedTypes = [] } = fields.get(key);
        expect(component).toBeTypeOf("function");
        expect(supportedTypes).toEqual(expect.arrayContaining(words(types)));
        expect(supportedOptions.map(({ name }) => name)).toEqual(expect.arrayContaining(words(options)));
    }
);

test.each(["boolean_toggle", "boolean_favorite", "state_selection", "priority", "color"].map((key) => [key]))(
    "%s is blocked by its modifier only",
    (key) => {
        expect(propsOf(key, {}, { readonly: false }).readonly).toBe(false);
        expect(propsOf(key, {}, { readonly: true }).readonly).toBe(true);
    }
);

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
        can_scan_barcode: "boolean",
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
