import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { browser } from "@web/core/browser/browser";
import { isMobileOS } from "@web/core/browser/feature_detection";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { makeContext } from "@web/core/context";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { useChildRef, useOwnedDialogs, useService } from "@web/core/utils/hooks";
import { pick } from "@web/core/utils/objects";
import { getFieldDomain } from "@web/model/relational_model/utils";
import { archProps, flag, prop, propTypes, unless } from "@web/views/fields/arch_props";
import { getField, getLabel, getValue, setValue } from "@web/views/fields/field_value";
import { granted, RELATION_DEFAULTS, RELATION_PROPS } from "@web/views/fields/relation_props";
import { Many2XAutocomplete, useOpenMany2XRecord } from "@web/views/fields/relational_utils";
import { optional, standardFieldProps } from "@web/views/fields/standard_field_props";

/** What nodes tell about a link to one record. */
export const MANY2ONE_PROPS = {
    ...RELATION_PROPS,
    canOpen: unless("no_open"),
    canScanBarcode: flag("can_scan_barcode"),
    canWrite: granted("can_write"),
    context: prop(Object, (info, dynamicInfo) => dynamicInfo.context || makeContext([info.context])),
    decorations: prop(Object, (info) => info.decorations),
    noSearchMore: flag("no_search_more"),
};

/** How addresses name a model. */
function getPathOf(resModel) {
    return resModel.includes(".") ? resModel : `m-${resModel}`;
}

const wantsNewWindow = (ev) => ev.ctrlKey || ev.metaKey;

/**
 * @param {{id: number, display_name?: string}} data of a record
 * @returns {[number, string|undefined]} what fields keep of it
 */
export function m2oTupleFromData(data) {
    const { display_name: name, id } = data;
    return [id, name];
}

/** Link to one record. */
export class Many2OneField extends Component {
    static template = "web.Many2OneField";
    static components = { Many2XAutocomplete };
    static props = {
        ...standardFieldProps,
        ...propTypes(MANY2ONE_PROPS),
        ...optional({
            autofocus: Boolean,
            relation: String,
            searchLimit: Number,
            searchMoreLabel: true,
            searchThreshold: true,
            update: Function,
            value: true,
        }),
    };
    static defaultProps = { ...RELATION_DEFAULTS, canOpen: true, canWrite: true, decorations: {}, string: "" };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.addDialog = useOwnedDialogs();
        this.autocompleteContainerRef = useChildRef();
        this.state = useState({ isFloating: false });
        this.openDialog = useOpenMany2XRecord({
            resModel: this.relation,
            activeActions: this.activeActions,
            isToMany: false,
            // its name may be another one now
            onRecordSaved: () => this.updateRecord([this.resId]),
            onClose: () => this.focusInput(),
            fieldString: this.string,
        });
        onWillUpdateProps(() => {
            this.state.isFloating = false;
        });
    }

    get isReadonly() {
        return this.props.readonly;
    }

    get relation() {
        return this.props.relation || getField(this.props).relation;
    }

    get string() {
        return getLabel(this.props);
    }

    get context() {
        return this.props.context;
    }

    get value() {
        return this.props.value ?? getValue(this.props);
    }

    get resId() {
        return this.value && this.value[0];
    }

    get activeActions() {
        const { canCreate: create, canCreateEdit: createEdit, canWrite: write } = this.props;
        return { create, createEdit, write };
    }

    get hasExternalButton() {
        return this.props.canOpen && Boolean(this.value) && !this.state.isFloating;
    }

    /** Address of the record, which a click with the middle button opens. */
    get href() {
        return `/odoo/${getPathOf(this.relation)}/${this.resId}`;
    }

    get hasBarcodeButton() {
        return this.props.canScanBarcode && isMobileOS() && isBarcodeScannerSupported() && !this.state.isFloating;
    }

    /** Lines of the record's name: what it is called, then what else there is to tell, such as an address. */
    get lines() {
        return this.value ? (this.value[1] || _t("Unnamed").toString()).split("\n") : [];
    }

    get displayName() {
        return this.lines[0] || "";
    }

    get extraLines() {
        return this.lines.slice(1).map((line) => line.trim());
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
        const { canQuickCreate, noSearchMore, searchLimit } = this.props;
        return {
            ...pick(this.props, "id", "placeholder", "nameCreateField"),
            ...(searchLimit && { searchLimit }),
            ...(this.props.autofocus && { autofocus: true }),
            ...(noSearchMore && { noSearchMore }),
            activeActions: this.activeActions,
            autocomplete_container: this.autocompleteContainerRef,
            autoSelect: true,
            context: this.context,
            fieldString: this.string,
            resModel: this.relation,
            value: this.displayName,
            getDomain: () => this.getDomain(),
            quickCreate: canQuickCreate ? (name, params) => this.quickCreate(name, params) : null,
            setInputFloats: (isFloating) => {
                this.state.isFloating = isFloating;
            },
            update: this.update.bind(this),
        };
    }

    getDomain() {
        return getFieldDomain(this.props.record, this.props.name, this.props.domain);
    }

    focusInput() {
        this.autocompleteContainerRef.el?.querySelector("input")?.focus();
    }

    /** Keep `[id, name]` or `false`, in the field or where the one who shows this widget says. */
    updateRecord(value) {
        return this.props.update ? this.props.update(value) : setValue(this.props, value);
    }

    update(records) {
        const [record] = records || [];
        return this.updateRecord(record ? m2oTupleFromData(record) : false);
    }

    /** Make a record of a name; who merely left the input with it is asked. */
    async quickCreate(name, { triggeredOnBlur = false } = {}) {
        if (!triggeredOnBlur || (await this.confirmCreation(name))) {
            return this.updateRecord([false, name]);
        }
        // the text that is no record goes
        this.render();
    }

    /** @returns {Promise<boolean>} */
    confirmCreation(name) {
        return new Promise((resolve) => {
            this.addDialog(ConfirmationDialog, {
                title: _t("New: %s", this.string),
                body: _t("Create %(value)s as a new %(field)s?", { value: name, field: this.string }),
                confirmLabel: _t("Create"),
                confirm: () => resolve(true),
                cancelLabel: _t("Discard"),
                cancel: () => resolve(false),
            });
        });
    }

    async onBarcodeBtnClick() {
        const code = await scanBarcode(this.env);
        if (code) {
            browser.navigator.vibrate?.(100);
            await this.onBarcodeScanned(code);
        }
    }

    /** One record that is found by the code is taken; what may be several is searched for. */
    async onBarcodeScanned(code) {
        const query = { name: code, args: this.getDomain(), operator: "ilike", limit: 2, context: this.context };
        const found = await this.orm.call(this.relation, "name_search", [], query);
        if (found.length === 1) {
            await this.updateRecord(found[0]);
            return;
        }
        const input = this.autocompleteContainerRef.el.querySelector("input");
        input.focus();
        input.value = code;
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }

    async openAction(newWindow) {
        const action = await this.orm.call(this.relation, "get_formview_action", [[this.resId]], {
            context: this.context,
        });
        await this.action.doAction(action, { newWindow });
    }

    async onExternalBtnClick(ev) {
        if (this.env.inDialog) {
            await this.openDialog({ resId: this.resId, context: this.context });
            return;
        }
        const saved = await this.props.record.model.root.save?.();
        if (saved !== false) {
            await this.openAction(wantsNewWindow(ev));
        }
    }

    /** The name of a readonly link is clicked; the row or card around it is not. */
    onClick(ev) {
        ev.stopPropagation();
        return this.openAction(wantsNewWindow(ev));
    }
}

export const many2OneField = {
    component: Many2OneField,
    displayName: _t("Many2one"),
    supportedTypes: ["many2one"],
    ...archProps(MANY2ONE_PROPS),
};

registry.category("fields").add("many2one", many2OneField);
