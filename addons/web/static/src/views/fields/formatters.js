import { markup } from "@odoo/owl";
import { getCurrency, formatCurrency } from "@web/core/currency";
import { formatDate as formatDateValue, formatDateTime as formatDateTimeValue } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { isBinarySize, binarySize } from "@web/core/utils/files";
import { formatFloat as formatFloatNumber, humanNumber, insertThousandsSep } from "@web/core/utils/numbers";
import { escape } from "@web/core/utils/strings";
import { localization } from "@web/core/l10n/localization";
import { archProps, digits, flag, option, unless } from "@web/views/fields/arch_props";
import { isNull } from "@web/views/utils";

/** Options of a format that come from the node of a field. */
function fromNode(sources) {
    return archProps(sources).extractProps;
}

/** A number that is not known; 0 is. */
function isUnknown(value) {
    return value === false || isNull(value);
}

function stars(text) {
    return "*".repeat(text.length);
}

/** Size of a file. */
export function formatBinary(value) {
    return isBinarySize(value || "") ? value : binarySize(value || "");
}

/** Tick box as HTML. */
export function formatBoolean(value) {
    const checked = value ? "checked" : "";
    return markup(
        `<div class="o-checkbox d-inline-block me-2"><input type="checkbox" class="form-check-input" disabled ${checked}/></div>`
    );
}

/** Text, or stars where it is a password. */
export function formatChar(value, options) {
    const text = value ? value.toString() : "";
    const shown = options?.isPassword ? stars(text) : text;
    return options?.escape ? escape(shown) : shown;
}

/** Date as the user's language writes it. */
export function formatDate(value, options = {}) {
    return formatDateValue(value, options);
}
formatDate.extractOptions = fromNode({ condensed: flag("condensed") });

/** Date and time as the user's language writes them. */
export function formatDateTime(value, options = {}) {
    return formatDateTimeValue(value, options);
}
formatDateTime.extractOptions = fromNode({
    condensed: flag("condensed"),
    showSeconds: flag("show_seconds", true),
    showTime: flag("show_time", true),
});

/** Decimal number. */
export function formatFloat(value, options = {}) {
    return isUnknown(value) ? "" : formatFloatNumber(value, withPrecision(options));
}
const FLOAT_OPTIONS = {
    digits,
    decimals: option("decimals", Number),
    humanReadable: flag("human_readable"),
    trailingZeros: unless("hide_trailing_zeros"),
};
formatFloat.extractOptions = fromNode(FLOAT_OPTIONS);

/** The options with the precision of the field where they have none. */
function withPrecision(options) {
    return { ...options, digits: options.digits || options.field?.digits };
}

/** Decimal number times a factor. */
export function formatFloatFactor(value, options = {}) {
    return value === false ? "" : formatFloatNumber(value * (options.factor || 1), withPrecision(options));
}
formatFloatFactor.extractOptions = fromNode({ ...FLOAT_OPTIONS, factor: option("factor", Number) });

/** 1.5 -> "01:30". */
export function formatFloatTime(value, options = {}) {
    if (value === false) {
        return "";
    }
    const negative = value < 0;
    const size = Math.abs(value);
    const totalSeconds = options.displaySeconds ? Math.round(size * 3600) : Math.round(size * 60) * 60;
    const hours = Math.floor(totalSeconds / 3600);
    const minutes = Math.floor((totalSeconds % 3600) / 60);
    const pad = (number) => String(number).padStart(2, "0");
    const head = options.noLeadingZeroHour ? String(hours) : pad(hours);
    const seconds = options.displaySeconds ? `:${pad(totalSeconds % 60)}` : "";
    return `${negative ? "-" : ""}${head}:${pad(minutes)}${seconds}`;
}
formatFloatTime.extractOptions = fromNode({ displaySeconds: option("displaySeconds", Boolean) });

/** Markup as it is. */
export function formatHtml(value) {
    return value;
}

/**
 * Whole number with separators, or a short form of it.
 *
 * @param {number|false|null} value
 * @param {Object} [options] `isPassword`, `humanReadable`, `decimals`, `thousandsSep`, `grouping`
 * @returns {string}
 */
export function formatInteger(value, options = {}) {
    if (isUnknown(value)) {
        return "";
    }
    if (options.isPassword) {
        return stars(String(value));
    }
    const { thousandsSep = localization.thousandsSep, grouping = localization.grouping } = options;
    return options.humanReadable
        ? humanNumber(value, options)
        : insertThousandsSep(Number(value).toFixed(0), thousandsSep, grouping);
}
formatInteger.extractOptions = fromNode({
    decimals: option("decimals", Number, 0),
    humanReadable: flag("human_readable"),
});

/** JSON text. */
export function formatJson(value) {
    return (value && JSON.stringify(value)) || "";
}

/** First line of the name of a linked record. */
export function formatMany2one(value, options) {
    if (!value) {
        return "";
    }
    const text = value[1] ? value[1].split("\n")[0] : _t("Unnamed").toString();
    return options?.escape ? encodeURIComponent(text) : text;
}

/** Name of a record of any model. */
export function formatMany2oneReference(value) {
    return value ? value.displayName || String(value.resId) : "";
}

/** Name of a record of one of several models. */
export function formatReference(value, options) {
    return value ? formatMany2one([value.resId, value.displayName], options) : "";
}

/** How many records are linked. */
export function formatX2many(value) {
    const { count } = value.currentIds ? { count: value.currentIds.length } : { count: value?.length || 0 };
    if (!count) {
        return _t("No records");
    }
    return count === 1 ? _t("1 record") : _t("%s records", count);
}

/** Amount with the symbol of the record's currency. */
export function formatMonetary(value, options = {}) {
    if (isUnknown(value)) {
        return "";
    }
    let { currencyId } = options;
    if (!currencyId && options.data) {
        const name = options.currencyField || options.field?.currency_field || "currency_id";
        const currency = options.data[name];
        currencyId = Array.isArray(currency) ? currency[0] : currency;
    }
    const digits = options.digits || getCurrency(currencyId)?.digits || options.field?.digits;
    return formatCurrency(value, currencyId, { ...options, digits });
}
formatMonetary.extractOptions = fromNode({
    noSymbol: flag("no_symbol"),
    currencyField: option("currency_field", String),
    trailingZeros: unless("hide_trailing_zeros"),
});

/** 0.5 -> "50%". */
export function formatPercentage(value, options = {}) {
    const text = formatFloatNumber((value || 0) * 100, { trailingZeros: false, ...withPrecision(options) });
    return `${text}${options.noSymbol ? "" : "%"}`;
}
formatPercentage.extractOptions = formatFloat.extractOptions;

/** Labels of properties. */
export function formatProperties(value) {
    return (value || []).map((property) => property.string).join(", ");
}

/** Label of a choice. */
export function formatSelection(value, options = {}) {
    const selection = options.selection || options.field?.selection || [];
    const option = selection.find(([key]) => key === value);
    return option ? option[1] : "";
}

/** Text of several lines. */
export function formatText(value) {
    return value ? value.toString() : "";
}

registry
    .category("formatters")
    .add("binary", formatBinary)
    .add("boolean", formatBoolean)
    .add("char", formatChar)
    .add("date", formatDate)
    .add("datetime", formatDateTime)
    .add("float", formatFloat)
    .add("float_factor", formatFloatFactor)
    .add("float_time", formatFloatTime)
    .add("html", formatHtml)
    .add("integer", formatInteger)
    .add("json", formatJson)
    .add("many2one", formatMany2one)
    .add("many2one_reference", formatMany2oneReference)
    .add("one2many", formatX2many)
    .add("many2many", formatX2many)
    .add("monetary", formatMonetary)
    .add("percentage", formatPercentage)
    .add("properties", formatProperties)
    .add("properties_definition", formatProperties)
    .add("reference", formatReference)
    .add("selection", formatSelection)
    .add("text", formatText);
