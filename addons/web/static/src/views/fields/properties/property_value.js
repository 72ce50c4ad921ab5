import { Component } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { MultiRecordSelector } from "@web/core/record_selectors/multi_record_selector";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { registry } from "@web/core/registry";
import { TagsList } from "@web/core/tags_list/tags_list";
import { imageUrl } from "@web/core/utils/urls";
import { useInputText, useService } from "@web/core/utils/hooks";
import { PropertyTags } from "@web/views/fields/properties/property_tags";

const NUMBERS = ["integer", "float"];
const MODELS_WITH_AVATAR = ["res.users", "res.partner"];

/** Value of one property, with the editor of its type. */
export class PropertyValue extends Component {
    static template = "web.PropertyValue";
    static components = { CheckBox, DateTimeInput, MultiRecordSelector, PropertyTags, RecordSelector, TagsList };
    static props = {
        canChangeDefinition: { type: Boolean, optional: true },
        canOpen: { type: Boolean, optional: true },
        checkDefinitionWriteAccess: { type: Function, optional: true },
        comodel: { type: [String, { value: false }], optional: true },
        context: { type: Object, optional: true },
        domain: { type: [String, { value: false }], optional: true },
        id: { type: String, optional: true },
        onChange: { type: Function, optional: true },
        onTagsChange: { type: Function, optional: true },
        readonly: { type: Boolean, optional: true },
        record: { type: Object, optional: true },
        selection: { type: Array, optional: true },
        string: { type: String, optional: true },
        tags: { type: Array, optional: true },
        type: String,
        value: { optional: true },
    };
    static defaultProps = { canOpen: true, context: {}, onChange: () => {}, onTagsChange: () => {}, string: "" };

    setup() {
        this.action = useService("action");
        this.nameService = useService("name");
        useInputText("input", () => this.inputText());
    }

    get isNumber() {
        return NUMBERS.includes(this.props.type);
    }

    get isMoment() {
        return ["date", "datetime"].includes(this.props.type);
    }

    get hasAvatar() {
        return MODELS_WITH_AVATAR.includes(this.props.comodel);
    }

    avatar(id) {
        return imageUrl(this.props.comodel, id, "avatar_128");
    }

    /** Text of the value, for those who only read it. */
    get displayValue() {
        const { selection, type, value } = this.props;
        if (type === "selection") {
            return (selection || []).find(([key]) => key === value)?.[1] || "";
        }
        const isNothing = value === false || value === undefined || value === null;
        const format = registry.category("formatters").get(type, null);
        if (isNothing && type !== "boolean") {
            return "";
        }
        return format && type !== "many2one" ? format(value) : String(value);
    }

    // ------------------------------------------------------------------ records

    get records() {
        const { type, value } = this.props;
        const pairs = type === "many2one" ? (value ? [value] : []) : value || [];
        return pairs.map(([id, name]) => ({
            id,
            // who may not read a record does not get its name
            name: name || _t("No Access").toString(),
            isReadable: Boolean(name),
        }));
    }

    get recordTags() {
        return this.records.map(({ id, name, isReadable }) => ({
            id,
            text: name,
            img: this.hasAvatar && isReadable ? this.avatar(id) : undefined,
            onClick: () => isReadable && this.props.canOpen && this.openRecord(id),
        }));
    }

    get recordIds() {
        return this.records.map(({ id }) => id);
    }

    get searchDomain() {
        return new Domain(this.props.domain || "[]").toList({});
    }

    async chooseRecords(ids) {
        const names = await this.nameService.loadDisplayNames(this.props.comodel, ids);
        const pairs = ids.map((id) => [id, typeof names[id] === "string" ? names[id] : null]);
        this.props.onChange(this.props.type === "many2one" ? pairs[0] || false : pairs);
    }

    openRecord(resId) {
        const { comodel: resModel } = this.props;
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: resModel,
            res_id: resId,
            views: [[false, "form"]],
        });
    }

    // ------------------------------------------------------------------ events

    onInput({ target }) {
        const { type, value, onChange } = this.props;
        if (!this.isNumber) {
            onChange(target.value || false);
            return;
        }
        let number;
        try {
            number = registry.category("parsers").get(type)(target.value || "0");
        } catch {
            // the number that was there is shown again
            target.value = this.inputText(value);
            return;
        }
        onChange(number);
    }

    inputText(value = this.props.value) {
        if (this.isNumber) {
            return registry.category("formatters").get(this.props.type)(value || 0);
        }
        return value || "";
    }

    onSelect({ target }) {
        this.props.onChange(target.value || false);
    }
}
