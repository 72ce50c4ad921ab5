import { Component, useState } from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useInputField } from "@web/views/fields/input_field_hook";
import { archProps, dynamic, option, propTypes } from "@web/views/fields/arch_props";
import { getValue, neverEmpty } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";
import { useRecordObserver } from "@web/model/relational_model/utils";

const ARCH_PROPS = {
    context: dynamic("context", true),
    editInDialog: option("in_dialog", true),
    isFoldable: option("foldable", true),
    resModel: option("model", String),
};

/** Search domain as text, with the number of records it finds. */
export class DomainField extends Component {
    static template = "web.DomainField";
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.state = useState({ count: null, isValid: true });
        useInputField({ getValue: () => this.value, parse: (text) => new Domain(text || "[]").toString() && text });
        useRecordObserver((record, props) => {
            const value = record.data[props.name] || "[]";
            this.count(value, this.modelOf(record, props));
        });
    }

    get value() {
        return getValue(this.props) || "";
    }

    get resModel() {
        return this.modelOf(this.props.record, this.props);
    }

    modelOf(record, { resModel }) {
        return resModel && resModel in record.fields ? this.nameOf(record.data[resModel]) : resModel;
    }

    nameOf(value) {
        return Array.isArray(value) ? value[1] : value;
    }

    async count(value, resModel) {
        this.state.count = null;
        if (!resModel) {
            return;
        }
        let domain;
        try {
            domain = new Domain(value).toList({ ...this.props.context, uid: 0 });
        } catch {
            this.state.isValid = false;
            return;
        }
        this.state.isValid = await rpc("/web/domain/validate", { model: resModel, domain }, { silent: true });
        if (this.state.isValid) {
            this.state.count = await this.orm.silent.searchCount(resModel, domain);
        }
    }

    showRecords() {
        this.dialog.add(SelectCreateDialog, {
            title: _t("Selected records"),
            noCreate: true,
            multiSelect: false,
            resModel: this.resModel,
            domain: new Domain(this.value || "[]").toList({}),
            context: this.props.context || {},
        });
    }
}

export const domainField = {
    component: DomainField,
    displayName: _t("Domain"),
    supportedTypes: ["char"],
    isEmpty: neverEmpty,
    ...archProps(ARCH_PROPS),
    fieldDependencies: ({ options }) =>
        options.model && !options.model.includes(".") ? [{ name: options.model, type: "char" }] : [],
};

registry.category("fields").add("domain", domainField);
