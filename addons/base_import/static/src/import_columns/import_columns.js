import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { SelectMenu } from "@web/core/select_menu/select_menu";
import { useService } from "@web/core/utils/hooks";
import { fieldsAlong, labelOf, levelsOf, valueField } from "../import_fields";
import { UNKNOWN } from "../import_model";
import { rowsText } from "../import_problems";

const RELATIONS = ["many2one", "many2many"];

/** One column of the file: what is in it, where it goes, what is wrong with it. */
export class ImportColumn extends Component {
    static template = "base_import.ImportColumn";
    static components = { SelectMenu };
    static props = { column: Object, model: Object };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ options: [] });
        onWillStart(() => this.loadOptions());
        onWillUpdateProps(() => this.loadOptions());
    }

    get column() {
        return this.props.column;
    }

    get fields() {
        return this.props.model.fields;
    }

    get title() {
        return this.column.name || _t("Column %s", this.column.id + 1);
    }

    /** A select for each step of the path. */
    get selects() {
        const { path } = this.column;
        return levelsOf(this.fields, path).map((fields, depth) => ({
            depth,
            value: path[depth] || "",
            groups: [
                { label: "", choices: [{ value: "", label: this.nothingAt(depth) }] },
                ...(depth ? this.groupsBelow(fields, depth) : this.groupsOfFields(fields)),
            ],
            label: depth ? labelOf(this.fields, path.slice(0, depth)) : this.title,
        }));
    }

    /** What it means that no further field is chosen. */
    nothingAt(depth) {
        if (!depth) {
            return _t("Left out");
        }
        const parent = fieldsAlong(this.fields, this.column.path)[depth - 1];
        return RELATIONS.includes(parent.type) ? _t("By name") : _t("Existing lines, by name");
    }

    groupsBelow(fields, depth) {
        const parent = fieldsAlong(this.fields, this.column.path)[depth - 1];
        if (RELATIONS.includes(parent.type)) {
            return [{ label: _t("Find records by"), choices: this.choicesOf(fields) }];
        }
        return [{ label: parent.string, choices: this.choicesOf(fields) }];
    }

    /** Fields that suit what is in the column come first. */
    groupsOfFields(fields) {
        const { types } = this.column;
        const suits = ({ type }) =>
            types.includes("all") || types.includes(type) || (types.includes("char") && RELATIONS.includes(type));
        const groups = [
            { label: _t("Suit the values"), fields: fields.filter(suits) },
            { label: _t("Other fields"), fields: fields.filter((field) => !suits(field)) },
        ];
        return groups.map(({ label, fields }) => ({ label, choices: this.choicesOf(fields) }));
    }

    choicesOf(fields) {
        return fields.map(({ name, string, required }) => ({ value: name, label: required ? `${string} *` : string }));
    }

    onSelect(depth, name) {
        const path = this.column.path.slice(0, depth);
        this.props.model.setPath(this.column, name ? [...path, name] : path);
    }

    // what happens to values that match nothing

    get field() {
        return valueField(this.fields, this.column.path);
    }

    /** Whether values of the column may match nothing. */
    get mayBeUnknown() {
        return [...RELATIONS, "selection", "boolean"].includes(this.field?.type);
    }

    get isAsked() {
        return this.mayBeUnknown && (this.column.problems.length > 0 || this.column.unknown !== UNKNOWN.error);
    }

    get unknownChoices() {
        const { type } = this.field;
        const byName = RELATIONS.includes(type) && this.column.path.at(-1) === this.field.name;
        return [
            { value: UNKNOWN.error, label: _t("Nothing is imported") },
            ...(byName ? [{ value: UNKNOWN.create, label: _t("It is created") }] : []),
            { value: UNKNOWN.empty, label: _t("The field stays empty") },
            { value: UNKNOWN.skip, label: _t("The row is left out") },
            ...this.state.options.map(([value, label]) => ({
                value: `=${value}`,
                label: _t("It becomes “%s”", label),
            })),
        ];
    }

    get unknownValue() {
        const { unknown, replacement } = this.column;
        return unknown === UNKNOWN.replace ? `=${replacement}` : unknown;
    }

    onUnknownChange(ev) {
        const { value } = ev.target;
        const isValue = value.startsWith("=");
        this.column.unknown = isValue ? UNKNOWN.replace : value;
        this.column.replacement = isValue ? value.slice(1) : "";
    }

    /** Ask for the values that the field may have. */
    async loadOptions() {
        const field = this.field;
        const key = field && `${field.model_name},${field.name}`;
        if (key === this.loadedFor) {
            return;
        }
        this.loadedFor = key;
        this.state.options = [];
        if (field?.type === "boolean") {
            this.state.options = [
                ["true", _t("Yes")],
                ["false", _t("No")],
            ];
        } else if (field?.type === "selection" && !field.name.includes(".")) {
            const attributes = ["selection"];
            const found = await this.orm.call(field.model_name, "fields_get", [[field.name]], { attributes });
            this.state.options = found[field.name]?.selection || [];
        }
    }

    rowsText(problem) {
        return rowsText(problem);
    }

    /** Values that would be right, as text. */
    hintOf({ moreinfo }) {
        if (Array.isArray(moreinfo)) {
            return _t("Possible: %s", moreinfo.join(", "));
        }
        return typeof moreinfo === "string" ? moreinfo : "";
    }

    canShow({ moreinfo }) {
        return Boolean(moreinfo) && !Array.isArray(moreinfo) && typeof moreinfo === "object";
    }

    showPossible({ moreinfo }) {
        this.action.doAction(moreinfo);
    }
}
