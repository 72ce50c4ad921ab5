/** Cells of a list as text: what spreadsheets copy and paste, and what is meant by it. */
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { getFieldDomain } from "@web/model/relational_model/utils";

const parsers = registry.category("parsers");
const YES = ["1", "true", "yes", "y", "x", "✓"];
const NO = ["", "0", "false", "no", "n"];

/** Raised on a text that is no value of its cell; the message says why. */
export class CellError extends Error {}

/** @param {string[][]} rows @returns {string} rows as spreadsheets take them: tabs between, quotes where needed */
export function toTsv(rows) {
    const quoted = (text) => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    return rows.map((cells) => cells.map(quoted).join("\t")).join("\n");
}

/**
 * Cells of a text that a spreadsheet copied; one in quotes may have tabs and line breaks in it.
 *
 * @param {string} text
 * @returns {string[][]}
 */
export function fromTsv(text) {
    const rows = [[]];
    const cell = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
    for (let found = cell.exec(text); found; found = cell.exec(text)) {
        const [all, quoted, plain, end] = found;
        rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
        // a line break at the very end is no row
        if (!end || cell.lastIndex >= text.length) {
            if (end === "\t") {
                rows.at(-1).push("");
            }
            break;
        }
        if (end !== "\t") {
            rows.push([]);
        }
        if (!all) {
            break;
        }
    }
    return rows;
}

function truth(text) {
    const word = text.trim().toLowerCase();
    const isOneOf = (words, own) => words.includes(word) || word === own.toString().toLowerCase();
    if (isOneOf(YES, _t("Yes"))) {
        return true;
    }
    if (isOneOf(NO, _t("No"))) {
        return false;
    }
    throw new CellError(_t("“%s” is neither yes nor no", text).toString());
}

function choice(text, { selection }) {
    const word = text.trim().toLowerCase();
    const found = selection.find((option) => option.some((part) => String(part).toLowerCase() === word));
    if (!found && word) {
        throw new CellError(_t("“%s” is none of the choices", text).toString());
    }
    return found ? found[0] : false;
}

function parsed(text, { type }, { widget }) {
    const parse = parsers.get(widget, null) || parsers.get(type);
    try {
        return parse(text);
    } catch (error) {
        throw new CellError(error.message, { cause: error });
    }
}

const plain = (text) => text || false;
const moment = (text, ...rest) => (text.trim() ? parsed(text.trim(), ...rest) : false);

/** How texts become values, by the type of the field. @type {Object<string, Function>} */
const READERS = {
    boolean: truth,
    char: plain,
    date: moment,
    datetime: moment,
    float: parsed,
    integer: parsed,
    monetary: parsed,
    selection: choice,
    text: plain,
};

/** Finds what is meant by the texts of cells; each name is looked up once. */
export class CellReader {
    /** @param {Object} orm */
    constructor(orm) {
        this.orm = orm;
        /** Records by model, domain and name. @type {Map<string, Promise<[number, string][]>>} */
        this.named = new Map();
    }

    /**
     * @param {string} text
     * @param {{column: Object, record: Object|null, list: Object}} cell `record` is null for a line to be added
     * @returns {Promise<any>} the value as records of the client have it
     * @throws {CellError}
     */
    async read(text, { column, list, record }) {
        const field = list.fields[column.name];
        const read = READERS[field.type];
        if (field.type === "many2one") {
            return text.trim() ? this.linked(text.trim(), field, column, record || list) : false;
        }
        if (!read) {
            throw new CellError(_t("nothing can be pasted into this field").toString());
        }
        return read(text, field, column);
    }

    async linked(name, { relation }, column, { context, evalContext, fields }) {
        const domain = getFieldDomain({ evalContext, fields }, column.name, column.domain);
        const key = JSON.stringify([relation, domain, name]);
        if (!this.named.has(key)) {
            const question = { args: domain, context, limit: 2, name, operator: "=" };
            this.named.set(key, this.orm.call(relation, "name_search", [], question));
        }
        const found = await this.named.get(key);
        if (found.length !== 1) {
            const problem = found.length ? _t("“%s” fits several records", name) : _t("“%s” is not found", name);
            throw new CellError(problem.toString());
        }
        return found[0];
    }
}
