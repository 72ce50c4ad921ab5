import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { sortBy } from "@web/core/utils/arrays";

const OPERATORS = {
    text: [
        ["ilike", _t("contains")],
        ["not ilike", _t("does not contain")],
        ["=", _t("is equal to")],
        ["!=", _t("is not equal to")],
        ["set", _t("is set")],
        ["unset", _t("is not set")],
    ],
    number: [
        ["=", _t("is equal to")],
        ["!=", _t("is not equal to")],
        [">", _t("greater than")],
        ["<", _t("less than")],
        [">=", _t("at least")],
        ["<=", _t("at most")],
    ],
    date: [
        ["=", _t("is equal to")],
        [">=", _t("from")],
        ["<=", _t("until")],
        ["set", _t("is set")],
        ["unset", _t("is not set")],
    ],
    choice: [
        ["=", _t("is")],
        ["!=", _t("is not")],
        ["set", _t("is set")],
        ["unset", _t("is not set")],
    ],
    flag: [
        ["=", _t("is yes")],
        ["!=", _t("is no")],
    ],
};
const KINDS = {
    char: "text",
    text: "text",
    html: "text",
    many2one: "text",
    many2many: "text",
    one2many: "text",
    integer: "number",
    float: "number",
    monetary: "number",
    date: "date",
    datetime: "date",
    selection: "choice",
    boolean: "flag",
};

/** Builds a filter from conditions on fields. */
export class CustomFilterDialog extends Component {
    static template = "web.CustomFilterDialog";
    static components = { Dialog };
    static props = { fields: Object, onConfirm: Function, close: Function };

    setup() {
        const usable = Object.entries(this.props.fields).filter(
            ([, field]) => field.searchable !== false && KINDS[field.type]
        );
        this.fields = sortBy(
            usable.map(([name, field]) => ({ ...field, name })),
            "string"
        );
        this.title = _t("Custom Filter");
        const preferred = this.fields.find((field) => field.name === "name") || this.fields[0];
        this.state = useState({ connector: "&", conditions: [this.condition(preferred.name)] });
    }

    condition(name) {
        const [[operator]] = this.operatorsOf(name);
        const { type, selection } = this.props.fields[name];
        return { name, operator, value: type === "selection" ? selection[0]?.[0] : "" };
    }

    kindOf(name) {
        return KINDS[this.props.fields[name].type];
    }

    operatorsOf(name) {
        return OPERATORS[this.kindOf(name)];
    }

    needsValue({ name, operator }) {
        return !["set", "unset"].includes(operator) && this.kindOf(name) !== "flag";
    }

    add() {
        this.state.conditions.push(this.condition(this.state.conditions.at(-1).name));
    }

    changeField(index, name) {
        this.state.conditions[index] = this.condition(name);
    }

    /** Note what was entered at once: the page may be drawn again before the input is left. */
    change(index, part, ev) {
        this.state.conditions[index][part] = ev.target.value;
    }

    leafOf({ name, operator, value }) {
        if (operator === "set" || operator === "unset") {
            return [name, operator === "set" ? "!=" : "=", false];
        }
        const kind = this.kindOf(name);
        if (kind === "flag") {
            return [name, operator, true];
        }
        return [name, operator, kind === "number" ? Number(value) : value];
    }

    describe(condition) {
        const field = this.props.fields[condition.name];
        const operator = this.operatorsOf(condition.name).find(([key]) => key === condition.operator)[1];
        const choice =
            field.type === "selection"
                ? field.selection.find(([key]) => key === condition.value)?.[1]
                : condition.value;
        return [field.string, operator, this.needsValue(condition) ? choice : ""].filter(Boolean).join(" ");
    }

    confirm() {
        const { conditions, connector } = this.state;
        const domain = Domain.combine(
            conditions.map((condition) => [this.leafOf(condition)]),
            connector === "&" ? "AND" : "OR"
        ).toString();
        const description = conditions
            .map((condition) => this.describe(condition))
            .join(connector === "&" ? ` ${_t("and")} ` : ` ${_t("or")} `);
        this.props.onConfirm([{ description, domain }]);
        this.props.close();
    }
}
