import { Component } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { _t } from "@web/core/l10n/translation";
import {
    DATES,
    DATETIMES,
    DECIMALS,
    ENCODINGS,
    formatChoices,
    SEPARATORS,
    THOUSANDS,
    withPresent,
} from "../import_formats";

/** How the file is read, and which of its rows are imported. */
export class ImportDataSidepanel extends Component {
    static template = "ImportDataSidepanel";
    static components = { CheckBox };
    static props = { model: Object, onChooseFiles: Function };

    get model() {
        return this.props.model;
    }

    /** The selects of text files, and of dates and numbers. */
    get selects() {
        const { options, isText } = this.model;
        const automatic = { value: "", label: _t("Automatic") };
        const encodings = ENCODINGS.map((value) => ({ value, label: value }));
        const texts = [
            { name: "encoding", label: _t("Encoding"), choices: withPresent(encodings, options.encoding) },
            { name: "separator", label: _t("Values are separated by"), choices: SEPARATORS() },
            {
                name: "quoting",
                label: _t("Texts stand between"),
                choices: ['"', "'"].map((value) => ({ value, label: value })),
            },
        ];
        const sheets = options.sheets.map((value) => ({ value, label: value }));
        const formats = [
            { name: "date_format", label: _t("Dates"), choices: formatChoices(DATES, options.date_format) },
            {
                name: "datetime_format",
                label: _t("Dates with a time"),
                choices: formatChoices(DATETIMES, options.datetime_format),
            },
        ];
        const numbers = [
            { name: "float_thousand_separator", label: _t("Thousands are separated by"), choices: THOUSANDS() },
            { name: "float_decimal_separator", label: _t("Decimals begin with"), choices: DECIMALS() },
        ];
        const open = [...texts.slice(0, 2), ...formats].map(({ name }) => name);
        return [
            ...(isText ? texts : [{ name: "sheet", label: _t("Sheet"), choices: sheets }]),
            ...formats,
            ...numbers,
        ].map((select) => ({
            ...select,
            choices: open.includes(select.name) ? [automatic, ...select.choices] : select.choices,
        }));
    }

    onSelect(name, ev) {
        this.model.setOption(name, ev.target.value);
    }

    onLimitChange(ev) {
        this.model.limit = Math.min(Math.max(1, Number.parseInt(ev.target.value, 10) || 1), 20000);
        ev.target.value = this.model.limit;
    }

    onStartChange(ev) {
        const { firstRow, total } = this.model;
        const row = Number.parseInt(ev.target.value, 10) || firstRow;
        this.model.skip = Math.min(Math.max(0, row - firstRow), Math.max(0, total - 1));
        ev.target.value = this.model.skip + firstRow;
    }

    onFilesChange(ev) {
        this.model.addLocalFiles(ev.target.files);
    }

    get localFileCount() {
        return Object.keys(this.model.localFiles).length;
    }

    get localFilesText() {
        return _t("Files that are ready: %s", this.localFileCount);
    }
}
