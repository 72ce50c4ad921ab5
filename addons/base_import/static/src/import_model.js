import { reactive, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { post } from "@web/core/network/http_service";
import { useService } from "@web/core/utils/hooks";
import { choicePath, pathOf, valueField } from "./import_fields";
import { sortMessages } from "./import_problems";

/** Rows that are imported by one call. */
export const DEFAULT_LIMIT = 2000;
/** Rows whose values are shown. */
const PREVIEWED = 10;
/** Things that are told after an import. */
const MAX_WARNINGS = 5;
/** Options that change what the columns are. */
const OF_COLUMNS = ["has_headers", "separator", "quoting", "encoding", "sheet"];

/** What happens to values that match nothing. */
export const UNKNOWN = { error: "error", create: "create", empty: "empty", skip: "skip", replace: "replace" };

function initialOptions() {
    return {
        quoting: '"',
        separator: "",
        encoding: "",
        has_headers: true,
        float_thousand_separator: ",",
        float_decimal_separator: ".",
        date_format: "",
        datetime_format: "",
        sheet: "",
        sheets: [],
        tracking_disable: true,
    };
}

/** Content of a file, in base64. */
function readFile(file) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.addEventListener("load", () => resolve(String(reader.result).split(",")[1] || ""));
        reader.addEventListener("error", () => reject(reader.error));
        reader.readAsDataURL(file);
    });
}

/** One import: the file on the server, where its columns go, and how far it has come. */
export class BaseImportModel {
    /**
     * @param {Object} params
     * @param {Object} params.orm
     * @param {string} params.resModel model of the records
     * @param {Object} [params.context]
     */
    constructor({ orm, resModel, context = {} }) {
        this.orm = orm;
        this.resModel = resModel;
        this.context = context;
        this.id = false;
        this.templates = [];
        this.fileName = "";
        this.isLoading = false;
        this.error = "";
        this.errorPreview = "";
        this.fields = [];
        this.columns = [];
        this.fileLength = 0;
        this.options = initialOptions();
        this.limit = DEFAULT_LIMIT;
        this.skip = 0;
        this.problems = [];
        /** Files that cells name, by their names. */
        this.localFiles = {};
        this.missingFiles = [];
        this.progress = null;
        this.outcome = null;
    }

    /** Whether a file can be imported. */
    get isReady() {
        return Boolean(this.columns.length) && !this.isLoading;
    }

    /** Rows of data in the file. */
    get total() {
        return Math.max(0, this.fileLength - (this.options.has_headers ? 1 : 0));
    }

    /** Number, in the file, of the first row of data. */
    get firstRow() {
        return this.options.has_headers ? 2 : 1;
    }

    get isText() {
        return !this.options.sheets.length;
    }

    get mappedColumns() {
        return this.columns.filter((column) => column.path.length);
    }

    get hasProblems() {
        return Boolean(this.problems.length) || this.columns.some((column) => column.problems.length);
    }

    /** Whether cells may name files that are sent beside. */
    get takesFiles() {
        return this.mappedColumns.some((column) => valueField(this.fields, column.path)?.type === "binary");
    }

    async init() {
        const [[id], templates] = await Promise.all([
            this.orm.create("base_import.import", [{ res_model: this.resModel }]),
            this.orm.call(this.resModel, "get_import_templates", [], { context: this.context }),
        ]);
        this.id = id;
        this.templates = templates;
    }

    /** Send a file to the server and look into it. @param {File} file */
    async setFile(file) {
        this.isLoading = true;
        try {
            const params = { id: this.id, ufile: [file], csrf_token: globalThis.odoo.csrf_token };
            await post("/base_import/set_file", params, "json");
            this.fileName = file.name;
            this.skip = 0;
            // what was found out about another file is not true of this one
            const found = { encoding: "", separator: "", sheet: "", sheets: [], date_format: "", datetime_format: "" };
            Object.assign(this.options, found);
            this.columns = [];
            await this.preview();
        } finally {
            this.isLoading = false;
        }
    }

    /** Change how the file is read. */
    async setOption(name, value) {
        this.options[name] = value;
        if (OF_COLUMNS.includes(name)) {
            await this.preview({ keep: name === "encoding" || name === "quoting" });
        }
        this.forgetProblems();
    }

    /** Ask the server what is in the file. @param {{keep?: boolean}} [params] keep what was chosen for columns */
    async preview({ keep = false } = {}) {
        this.isLoading = true;
        this.forgetProblems();
        const kept = keep && this.columns.length > 0;
        const choices = kept ? { keep_matches: true, fields: this.columns.map(pathOf), advanced: true } : {};
        const options = { ...this.options, ...choices, limit: this.limit };
        try {
            const found = await this.orm.call("base_import.import", "parse_preview", [[this.id], options, PREVIEWED], {
                context: this.context,
            });
            this.show(found);
        } finally {
            this.isLoading = false;
        }
    }

    /** Take over what the server told. */
    show(found) {
        this.error = found.error || "";
        this.errorPreview = found.preview && found.error ? found.preview : "";
        if (found.error) {
            this.columns = [];
            return;
        }
        for (const name of Object.keys(this.options)) {
            this.options[name] = found.options[name] ?? this.options[name];
        }
        this.fields = found.fields;
        this.fileLength = found.file_length;
        this.columns = found.preview.map((values, index) => ({
            id: index,
            name: found.headers ? found.headers[index] : "",
            values,
            types: found.header_types ? found.header_types[index] : ["all"],
            path: found.matches?.[index] || [],
            problems: [],
            unknown: UNKNOWN.error,
            replacement: "",
        }));
    }

    /** Choose where a column goes. @param {string[]} path */
    setPath(column, path) {
        Object.assign(column, { path, unknown: UNKNOWN.error, replacement: "" });
        this.forgetProblems();
    }

    forgetProblems() {
        this.problems = [];
        this.outcome = null;
        this.missingFiles = [];
        for (const column of this.columns) {
            column.problems = [];
        }
    }

    /** Options of the calls that import. */
    get importOptions() {
        const options = {
            ...this.options,
            limit: this.limit,
            name_create_enabled_fields: {},
            import_set_empty_fields: [],
            import_skip_records: [],
            fallback_values: {},
        };
        for (const column of this.mappedColumns) {
            const path = choicePath(column.path);
            if (column.unknown === UNKNOWN.create) {
                options.name_create_enabled_fields[path] = true;
            } else if (column.unknown === UNKNOWN.empty) {
                options.import_set_empty_fields.push(path);
            } else if (column.unknown === UNKNOWN.skip) {
                options.import_skip_records.push(path);
            } else if (column.unknown === UNKNOWN.replace) {
                const field = valueField(this.fields, column.path);
                options.fallback_values[path] = {
                    fallback_value: column.replacement,
                    field_model: field.model_name,
                    field_type: field.type,
                };
            }
        }
        return options;
    }

    /** End the import, or the test, after the rows that the server is at. */
    stop() {
        if (this.progress) {
            this.progress.isStopping = true;
        }
    }

    /**
     * Import the rows from `skip` on, one part after the other.
     *
     * @param {boolean} [isTest] undo it
     * @returns {Promise<number[]>} ids of the records
     */
    async executeImport(isTest = false) {
        this.forgetProblems();
        const start = this.skip;
        this.progress = { isTest, done: start, isStopping: false, startedAt: Date.now(), from: start };
        const ids = [];
        let next = start;
        let failed = false;
        let isBroken = true;
        try {
            do {
                const result = await this.callImport(next, isTest);
                failed = this.keepMessages(result, next);
                if (failed) {
                    break;
                }
                ids.push(...result.ids);
                if (!isTest) {
                    await this.sendFiles(result);
                }
                next = result.nextrow;
                // what is imported is not imported again when the rest is
                this.skip = isTest ? start : next;
                this.progress.done = next || this.total;
            } while (next && !this.progress.isStopping);
            isBroken = false;
        } finally {
            const isStopped = Boolean(next) && !failed && this.progress.isStopping;
            this.outcome = { isTest, failed: failed || isBroken, isBroken, isStopped, count: ids.length, next };
            this.progress = null;
        }
        return ids;
    }

    /** Tell something that no row is to blame for. @param {string} type "error" or "warning" @param {string[]} lines */
    _addMessage(type, lines) {
        this.problems.push({ text: lines.join(" "), type, rows: [], moreinfo: "" });
    }

    /** What is to be told after an import that went well. */
    get warnings() {
        const texts = [...this.columns, this].flatMap(({ problems }) => problems.map(({ text }) => text));
        const warnings = texts.slice(0, MAX_WARNINGS);
        if (this.missingFiles.length) {
            const names = this.missingFiles.slice(0, MAX_WARNINGS).join(", ");
            warnings.push(_t("These files were not sent: %s", names));
        }
        return warnings;
    }

    callImport(skip, isTest) {
        const columns = this.columns.map((column) => column.name.trim().toLowerCase());
        const options = { ...this.importOptions, skip };
        const args = [[this.id], this.columns.map(pathOf), columns, options];
        return this.orm.silent.call("base_import.import", "execute_import", args, {
            dryrun: isTest,
            context: this.context,
        });
    }

    /** Show what is wrong with some rows. @returns {boolean} whether they were not imported */
    keepMessages(result, skip) {
        for (const problem of sortMessages(this.columns, result.messages, skip + this.firstRow)) {
            this.problems.push(problem);
        }
        return !result.ids;
    }

    /** Send the files that the cells of some records name. */
    async sendFiles({ binary_filenames: named = {}, ids }) {
        for (const [path, names] of Object.entries(named)) {
            for (const [index, name] of names.entries()) {
                const file = name && this.localFiles[name];
                if (file && names.length === ids.length) {
                    const content = await readFile(file);
                    await this.orm.silent.write(this.resModel, [ids[index]], { [path]: content });
                } else if (name) {
                    this.missingFiles.push(name);
                }
            }
        }
    }

    /** Keep files that cells name. @param {Iterable<File>} files */
    addLocalFiles(files) {
        for (const file of files) {
            this.localFiles[file.name] = file;
        }
    }

    /** What the last run came to, in one sentence. */
    get outcomeText() {
        const { isTest, failed, isBroken, isStopped, count, next } = this.outcome || {};
        if (!this.outcome) {
            return "";
        }
        if (isBroken && !isTest) {
            return _t(
                "The server gave no answer. %(count)s records were imported; see whether row %(row)s is there, then go on.",
                { count, row: next + this.firstRow }
            );
        }
        if (isBroken) {
            return _t("The server gave no answer.");
        }
        if (failed && isTest) {
            return _t("The file cannot be imported yet: see what is wrong beside the columns.");
        }
        if (failed) {
            return count
                ? _t("%(count)s records were imported, the rows from %(row)s on were not: correct them and go on.", {
                      count,
                      row: next + this.firstRow,
                  })
                : _t("Nothing was imported: see what is wrong beside the columns.");
        }
        if (isTest) {
            return isStopped
                ? _t("Everything is right as far as row %s.", next + this.firstRow - 1)
                : _t("Everything is right: the file can be imported.");
        }
        return isStopped
            ? _t("%(count)s records were imported. Go on from row %(row)s when you like.", {
                  count,
                  row: next + this.firstRow,
              })
            : _t("%s records were imported.", count);
    }
}

/** Hook: an import that the component shows. @returns {BaseImportModel} */
export function useImportModel({ resModel, context }) {
    const orm = useService("orm");
    return useState(reactive(new BaseImportModel({ orm, resModel, context })));
}
