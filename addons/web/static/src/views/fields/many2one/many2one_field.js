import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { makeContext } from "@web/core/context";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { useChildRef, useOwnedDialogs, useService } from "@web/core/utils/hooks";
import { getFieldDomain } from "@web/model/relational_model/utils";
import { Many2XAutocomplete, useOpenMany2XRecord } from "@web/views/fields/relational_utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Link to one record. */
export class Many2OneField extends Component {
    static template = "web.Many2OneField";
    static components = { Many2XAutocomplete };
    static props = {
        ...standardFieldProps,
        placeholder: { type: String, optional: true },
        canOpen: { type: Boolean, optional: true },
        canCreate: { type: Boolean, optional: true },
        canWrite: { type: Boolean, optional: true },
        canQuickCreate: { type: Boolean, optional: true },
        canCreateEdit: { type: Boolean, optional: true },
        context: { type: Object, optional: true },
        domain: { type: [Array, Function], optional: true },
        nameCreateField: { type: String, optional: true },
        searchLimit: { type: Number, optional: true },
        relation: { type: String, optional: true },
        string: { type: String, optional: true },
        canScanBarcode: { type: Boolean, optional: true },
        update: { type: Function, optional: true },
        value: { optional: true },
        decorations: { type: Object, optional: true },
        noSearchMore: { type: Boolean, optional: true },
        searchMoreLabel: { optional: true },
        searchThreshold: { optional: true },
    };
    static defaultProps = {
        canOpen: true,
        canCreate: true,
        canWrite: true,
        canQuickCreate: true,
        canCreateEdit: true,
        nameCreateField: "name",
        string: "",
        context: {},
        decorations: {},
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.addDialog = useOwnedDialogs();
        this.autocompleteContainerRef = useChildRef();
        this.state = useState({ isFloating: false });
        this.openDialog = useOpenMany2XRecord({
            resModel: this.relation,
            activeActions: { create: this.props.canCreate, write: this.props.canWrite },
            isToMany: false,
            onRecordSaved: async () => {
                const resId = this.value[0];
                await this.updateRecord([resId]);
            },
            onClose: () => this.focusInput(),
            fieldString: this.string,
        });
        onWillUpdateProps(() => {
            this.state.isFloating = false;
        });
    }

    get relation() {
        return this.props.relation || this.props.record.fields[this.props.name].relation;
    }

    get string() {
        return this.props.string || this.props.record.fields[this.props.name].string || "";
    }

    get context() {
        return this.props.context;
    }

    get value() {
        return this.props.value !== undefined ? this.props.value : this.props.record.data[this.props.name];
    }

    get resId() {
        return this.value && this.value[0];
    }

    get hasExternalButton() {
        return this.props.canOpen && Boolean(this.value) && !this.state.isFloating;
    }

    get displayName() {
        if (!this.value) {
            return "";
        }
        return this.value[1] ? this.value[1].split("\n")[0] : _t("Unnamed").toString();
    }

    get extraLines() {
        return this.value && this.value[1]
            ? this.value[1]
                  .split("\n")
                  .slice(1)
                  .map((line) => line.trim())
            : [];
    }

    get classFromDecoration() {
        for (const [name, expression] of Object.entries(this.props.decorations)) {
            if (evaluateBooleanExpr(expression, this.props.record.evalContext)) {
                return `text-${name}`;
            }
        }
        return "";
    }

    get Many2XAutocompleteProps() {
        return {
            value: this.displayName,
            id: this.props.id,
            placeholder: this.props.placeholder,
            resModel: this.relation,
            autoSelect: true,
            fieldString: this.string,
            activeActions: {
                create: this.props.canCreate,
                createEdit: this.props.canCreateEdit,
                write: this.props.canWrite,
            },
            update: (value, params) => this.update(value, params),
            quickCreate: this.props.canQuickCreate ? (name) => this.quickCreate(name) : null,
            context: this.context,
            getDomain: () => this.getDomain(),
            nameCreateField: this.props.nameCreateField,
            setInputFloats: (isFloating) => {
                this.state.isFloating = isFloating;
            },
            autocomplete_container: this.autocompleteContainerRef,
            ...(this.props.searchLimit ? { searchLimit: this.props.searchLimit } : {}),
            ...(this.props.noSearchMore ? { noSearchMore: true } : {}),
        };
    }

    getDomain() {
        return getFieldDomain(this.props.record, this.props.name, this.props.domain);
    }

    focusInput() {
        this.autocompleteContainerRef.el?.querySelector("input")?.focus();
    }

    updateRecord(value) {
        if (this.props.update) {
            return this.props.update(value);
        }
        return this.props.record.update({ [this.props.name]: value });
    }

    update(value) {
        const changes = value && value[0] ? [value[0].id, value[0].display_name] : false;
        return this.updateRecord(changes);
    }

    quickCreate(name) {
        return this.updateRecord([false, name]);
    }

    async openAction(newWindow) {
        const action = await this.orm.call(this.relation, "get_formview_action", [[this.resId]], {
            context: this.context,
        });
        await this.action.doAction(action, { newWindow });
    }

    async onExternalBtnClick(ev) {
        if (this.env.inDialog || this.props.openTarget === "new") {
            await this.openDialog({ resId: this.resId, context: this.context });
        } else {
            const saved = await this.props.record.model.root.save?.();
            if (saved !== false) {
                await this.openAction(ev.ctrlKey || ev.metaKey);
            }
        }
    }

    onClick(ev) {
        if (this.props.canOpen && this.props.readonly) {
            ev.stopPropagation();
            this.openAction(ev.ctrlKey);
        }
    }
}

/** Props that options of the arch give to many2one widgets. */
export function extractM2OProps({ attrs, context, decorations, options, string }, dynamicInfo) {
    const hasCreatePermission = attrs.can_create ? evaluateBooleanExpr(attrs.can_create) : true;
    const hasWritePermission = attrs.can_write ? evaluateBooleanExpr(attrs.can_write) : true;
    const canCreate = options.no_create ? false : hasCreatePermission;
    return {
        placeholder: attrs.placeholder,
        canOpen: !options.no_open,
        canCreate,
        canWrite: hasWritePermission,
        canQuickCreate: canCreate && !options.no_quick_create,
        canCreateEdit: canCreate && !options.no_create_edit,
        context: dynamicInfo.context || makeContext([context]),
        decorations,
        domain: dynamicInfo.domain,
        nameCreateField: options.create_name_field,
        noSearchMore: Boolean(options.no_search_more),
        string,
    };
}

export const many2OneField = {
    component: Many2OneField,
    displayName: _t("Many2one"),
    supportedTypes: ["many2one"],
    supportedOptions: [],
    extractProps: extractM2OProps,
};

registry.category("fields").add("many2one", many2OneField);
