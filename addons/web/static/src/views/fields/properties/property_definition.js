import { Component, onWillDestroy, useRef, useState } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { LaterDomainSelectorDialog } from "@web/core/later/rules";
import { ModelSelector } from "@web/core/model_selector/model_selector";
import { registry } from "@web/core/registry";
import { useAutofocus, useOwnedDialogs, usePrepared, useService } from "@web/core/utils/hooks";
import { PropertyDefinitionSelection } from "@web/views/fields/properties/property_definition_selection";
import { PropertyTags } from "@web/views/fields/properties/property_tags";
import { PropertyValue } from "@web/views/fields/properties/property_value";

/** Labels of the types that a property can have. */
export const TYPES = {
    char: _t("Text"),
    boolean: _t("Checkbox"),
    integer: _t("Integer"),
    float: _t("Decimal"),
    date: _t("Date"),
    datetime: _t("Date & Time"),
    selection: _t("Selection"),
    tags: _t("Tags"),
    many2one: _t("Many2one"),
    many2many: _t("Many2many"),
    separator: _t("Separator"),
};
/** What belongs to a type and goes with it. */
const OWN_KEYS = ["comodel", "default", "domain", "selection", "tags", "value"];
const EMPTY = { boolean: false, integer: 0, float: 0, tags: [], many2many: [] };

/** What a property is: label, type, and what belongs to the type; in a popover beside the property. */
export class PropertyDefinition extends Component {
    static template = "web.PropertyDefinition";
    static components = { CheckBox, ModelSelector, PropertyDefinitionSelection, PropertyTags, PropertyValue };
    static props = {
        canChangeDefinition: { type: Boolean, optional: true },
        checkDefinitionWriteAccess: { type: Function, optional: true },
        close: { type: Function, optional: true },
        context: { type: Object, optional: true },
        fieldName: { type: String, optional: true },
        hideKanbanOption: { type: Boolean, optional: true },
        isNewlyCreated: { type: Boolean, optional: true },
        onChange: Function,
        onClose: { type: Function, optional: true },
        onDelete: { type: Function, optional: true },
        onPropertyMove: { type: Function, optional: true },
        propertiesSize: { type: Number, optional: true },
        propertyDefinition: Object,
        propertyIndex: { type: Number, optional: true },
        readonly: { type: Boolean, optional: true },
        record: { type: Object, optional: true },
    };
    static defaultProps = { onDelete: () => {}, onPropertyMove: () => {}, propertyIndex: 0, propertiesSize: 1 };

    setup() {
        this.orm = useService("orm");
        this.addDialog = useOwnedDialogs();
        this.types = TYPES;
        this.root = useRef("root");
        this.label = useAutofocus({ refName: "label", selectAll: true });
        this.state = useState({
            definition: { ...this.props.propertyDefinition },
            index: this.props.propertyIndex,
            modelLabel: "",
            count: null,
        });
        usePrepared(() => this.describeModel());
        onWillDestroy(() => this.props.onClose?.(this.state.definition));
    }

    get isReadonly() {
        return Boolean(this.props.readonly || !this.props.canChangeDefinition);
    }

    get definition() {
        return this.state.definition;
    }

    get isRelation() {
        return ["many2one", "many2many"].includes(this.definition.type);
    }

    get hasDefault() {
        return !["separator", "selection", "tags"].includes(this.definition.type);
    }

    get countLabel() {
        const { count } = this.state;
        return (count === 1 ? _t("1 record") : _t("%s records", count)).toString();
    }

    async describeModel() {
        const { comodel, domain } = this.definition;
        this.state.count = null;
        if (!this.isRelation || !comodel) {
            this.state.modelLabel = "";
            return;
        }
        const [{ display_name: label }] = await this.orm.call("ir.model", "display_name_for", [[comodel]]);
        this.state.modelLabel = label;
        this.state.count = await this.orm.searchCount(comodel, new Domain(domain || "[]").toList({}));
    }

    /** Change parts of the definition, and tell the owner. */
    update(changes) {
        this.state.definition = { ...this.definition, string: this.typedLabel, ...changes };
        this.props.onChange(this.state.definition);
    }

    /** The label in the input, which may not have been left. */
    get typedLabel() {
        const input = /** @type {HTMLInputElement|null} */ (this.label.el);
        return input ? input.value.trim() : this.definition.string;
    }

    onLabelChange() {
        this.update({});
    }

    onLabelKeydown(ev) {
        if (ev.key === "Enter") {
            this.onLabelChange();
            this.props.close?.();
        }
    }

    /** Another type, which none of the old values suits. */
    onTypeChange(type) {
        const kept = Object.entries(this.definition).filter(([key]) => !OWN_KEYS.includes(key));
        this.state.definition = { ...Object.fromEntries(kept), type, value: EMPTY[type] ?? false };
        this.state.modelLabel = "";
        this.update({});
    }

    async onModelChange({ technical, label }) {
        if (technical === this.definition.comodel) {
            return;
        }
        this.state.modelLabel = label;
        this.update({ comodel: technical, default: false, domain: "[]", value: EMPTY[this.definition.type] ?? false });
        await this.describeModel();
    }

    onDomainClick() {
        const { comodel: resModel, domain } = this.definition;
        this.addDialog(LaterDomainSelectorDialog, {
            domain: domain || "[]",
            isDebugMode: Boolean(this.env.debug),
            onConfirm: async (changed) => {
                this.update({ domain: changed });
                await this.describeModel();
            },
            readonly: this.isReadonly,
            resModel,
        });
    }

    onRecordsClick() {
        const { comodel: resModel, domain } = this.definition;
        this.addDialog(registry.category("dialogs").get("select_create"), {
            title: _t("Selected records"),
            domain: new Domain(domain || "[]").toList({}),
            multiSelect: false,
            noCreate: true,
            resModel,
        });
    }

    move(step) {
        this.state.index += step;
        this.props.onPropertyMove(this.definition.name, step);
    }

    onDelete() {
        this.props.close?.();
        this.props.onDelete(this.definition.name);
    }
}
