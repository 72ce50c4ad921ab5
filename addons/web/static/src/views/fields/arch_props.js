/**
 * Props that a field component takes from the node of its field, each declared once:
 *
 *     const ARCH_PROPS = { placeholder: attr("placeholder"), step: option("step", Number) };
 *
 * From that table come the schema of the props (`propTypes`), and for the registry the function that reads a node and
 * the list of options that the widget knows (`archProps`).
 */
import { evaluateExpr } from "@web/core/py_js/py";
import { exprToBoolean } from "@web/core/utils/booleans";
import { optional } from "@web/views/fields/standard_field_props";

/**
 * @typedef {Object} PropSource
 * @property {any} type of the prop
 * @property {(info: Object, dynamicInfo?: Object) => any} read what the node says; undefined where it says nothing
 * @property {string[]} options that are read
 * @typedef {Record<string, PropSource>} ArchProps
 */

/** Truth of what a node says: the texts "false" and "0" are false too. */
function truth(given, fallback) {
    return given === undefined || given === null || given === "" ? fallback : exprToBoolean(String(given));
}

/**
 * Whatever a function reads.
 *
 * @param {any} type
 * @param {PropSource["read"]} read
 * @param {...string} options that the function looks at
 * @returns {PropSource}
 */
export function prop(type, read, ...options) {
    return { type, read, options };
}

function fromText(type, text) {
    if (type === Boolean) {
        return truth(text, false);
    }
    if (type === Number) {
        return text ? Number(text) : undefined;
    }
    return text;
}

/**
 * An attribute of the node.
 *
 * @param {string} name
 * @param {StringConstructor|NumberConstructor|BooleanConstructor} [type]
 */
export function attr(name, type = String) {
    return prop(type, ({ attrs = {} }) => fromText(type, attrs[name]));
}

/**
 * One of the node's `options`.
 *
 * @param {string} name
 * @param {any} type
 * @param {any} [fallback] without the option
 */
export function option(name, type, fallback) {
    return prop(type, ({ options = {} }) => options[name] ?? fallback, name);
}

/**
 * An option that switches something on.
 *
 * @param {string} name
 * @param {boolean} [fallback] without the option
 */
export function flag(name, fallback = false) {
    return prop(Boolean, ({ options = {} }) => truth(options[name], fallback), name);
}

/**
 * True unless an option takes it away.
 *
 * @param {string} name
 */
export function unless(name) {
    return prop(Boolean, ({ options = {} }) => !truth(options[name], false), name);
}

/**
 * What holds for the record now: `context`, `domain`, `readonly`, `required`.
 *
 * @param {string} name
 * @param {any} type
 */
export function dynamic(name, type) {
    return prop(type, (info, dynamicInfo) => dynamicInfo[name]);
}

/** Precision of a number, written like a Python tuple in the attribute or given as an option. */
export const digits = prop(
    Array,
    ({ attrs = {}, options = {} }) => (attrs.digits ? evaluateExpr(attrs.digits) : options.digits),
    "digits"
);

/** Label that the view gives to the field. */
export const string = prop(String, (info) => info.string);

/** Choice among records of another model. */
export const domain = dynamic("domain", [Array, Function]);

/** For widgets that are used where the record is not in edition: only modifiers block them, and they save at once. */
export const autosaving = { autosave: flag("autosave", true), readonly: dynamic("readonly", Boolean) };

/**
 * @param {ArchProps} sources
 * @returns {Object} schema for the static `props` of the component
 */
export function propTypes(sources) {
    return optional(Object.fromEntries(Object.entries(sources).map(([name, { type }]) => [name, type])));
}

const isSimple = (type) => type === Boolean || type === Number;

/**
 * @param {ArchProps} sources
 * @returns {{extractProps: (info: Object, dynamicInfo?: Object) => Object,
 *   supportedOptions: {label: string, name: string, type: string}[]}} for the description of the widget
 */
export function archProps(sources) {
    const entries = Object.entries(sources);
    const types = new Map(entries.flatMap(([, { options, type }]) => options.map((name) => [name, type])));
    return {
        extractProps(info, dynamicInfo) {
            const props = {};
            for (const [name, { read }] of entries) {
                const value = read(info, dynamicInfo);
                if (value !== undefined) {
                    props[name] = value;
                }
            }
            return props;
        },
        supportedOptions: [...types].map(([name, type]) => ({
            label: name.replaceAll("_", " "),
            name,
            type: isSimple(type) ? type.name.toLowerCase() : "string",
        })),
    };
}
