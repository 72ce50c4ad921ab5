import { Component, useState } from "@odoo/owl";
import { Domain, InvalidDomainError } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { LaterDomainSelector, LaterDomainSelectorDialog, loadRules, ruleTools } from "@web/core/later/rules";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { KeepLast } from "@web/core/utils/concurrency";
import { useBus, useOwnedDialogs, useService } from "@web/core/utils/hooks";
import { archProps, dynamic, flag, option, propTypes } from "@web/views/fields/arch_props";
import { getValue, neverEmpty, setValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { useRecordObserver } from "@web/model/relational_model/utils";

const ARCH_PROPS = {
    allowExpressions: flag("allow_expressions"),
    context: dynamic("context", true),
    editInDialog: flag("in_dialog"),
    isFoldable: flag("foldable"),
    resModel: option("model", String),
};

/** Search domain: its rules and the number of records that it finds. */
export class DomainField extends Component {
    static template = "web.DomainField";
    static components = { DomainSelector: LaterDomainSelector };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    setup() {
        this.orm = useService("orm");
        this.addDialog = useOwnedDialogs();
        const rules = ruleTools({ field: useService("field"), name: useService("name") });
        this.makeGetFieldDef = rules.makeGetFieldDef;
        this.getTreeDescription = rules.getTreeDescription;
        this.keepLast = new KeepLast();
        this.state = useState({ count: null, facets: [], isFolded: Boolean(this.props.isFoldable), isValid: true });
        /** Text that was typed and that nobody checked yet. @type {boolean} */
        this.isUnchecked = false;
        useRecordObserver((record, props) => this.follow(getValue({ ...props, record }), record, props));
        useBus(this.props.record.model.bus, "NEED_LOCAL_CHANGES", (ev) => ev.detail.proms.push(this.checkTyped()));
    }

    get domain() {
        return getValue(this.props) || "[]";
    }

    get resModel() {
        return this.modelOf(this.props.record, this.props);
    }

    get isDebugMode() {
        return Boolean(this.env.debug);
    }

    /** Whether the rules are shown as facets: before they are unfolded, or because a dialog edits them. */
    get isSummary() {
        return this.props.editInDialog || (this.props.isFoldable && this.state.isFolded);
    }

    get countLabel() {
        const { count } = this.state;
        return (count === 1 ? _t("1 record") : _t("%s records", count)).toString();
    }

    /** The option names a model, or the field that does. */
    modelOf(record, { resModel }) {
        if (!resModel || !(resModel in record.fields)) {
            return resModel || "";
        }
        const value = record.data[resModel];
        return (Array.isArray(value) ? value[1] : value) || "";
    }

    // ------------------------------------------------------------------ what follows from the value

    /** @returns {Promise<any>} for the observer: what is asked for does not hold up the form */
    async follow(value, record, props) {
        const domain = value || "[]";
        const resModel = this.modelOf(record, props);
        const evalContext = this.evalContext(record, props);
        this.state.count = null;
        if (!resModel) {
            Object.assign(this.state, { facets: [], isValid: true });
            return;
        }
        const [result, facets] = await this.keepLast.add(
            Promise.all([this.search(domain, resModel, evalContext), this.describe(domain, resModel)])
        );
        Object.assign(this.state, result, { facets });
    }

    evalContext(record, { context }) {
        return { ...user.context, ...record.evalContext, ...context, uid: user.userId };
    }

    /** @returns {Promise<{isValid: boolean, count: number|null}>} */
    async search(text, resModel, evalContext) {
        let domain;
        try {
            domain = new Domain(text).toList(evalContext);
        } catch (error) {
            // names that only the server knows are allowed where the view says so
            const isDomain = !(error instanceof InvalidDomainError);
            return { isValid: isDomain && Boolean(this.props.allowExpressions), count: null };
        }
        const isValid = await rpc("/web/domain/validate", { model: resModel, domain }, { silent: true });
        const context = this.props.context || {};
        return { isValid, count: isValid ? await this.orm.silent.searchCount(resModel, domain, { context }) : null };
    }

    /** @returns {Promise<string[]>} what each part that has to hold says */
    async describe(text, resModel) {
        let domain;
        try {
            domain = new Domain(text);
        } catch {
            // what is no domain has no parts
            return [];
        }
        const { treeFromDomain } = await loadRules();
        const getFieldDef = await this.makeGetFieldDef(resModel, treeFromDomain(domain));
        const tree = treeFromDomain(domain, { getFieldDef, distributeNot: !this.isDebugMode });
        const isSplit = tree.type === "connector" && tree.value === "&" && !tree.negate;
        return Promise.all((isSplit ? tree.children : [tree]).map((part) => this.getTreeDescription(resModel, part)));
    }

    /** Before the record is saved: text that is no domain is not saved. */
    async checkTyped() {
        if (!this.isUnchecked) {
            return;
        }
        this.isUnchecked = false;
        const { name, record } = this.props;
        const { isValid } = await this.search(this.domain, this.resModel, this.evalContext(record, this.props));
        this.state.isValid = isValid;
        if (!isValid) {
            await record.setInvalidField(name);
        }
    }

    // ------------------------------------------------------------------ changes

    update(domain, isDebugEdited = false) {
        this.isUnchecked = isDebugEdited;
        return setValue(this.props, domain);
    }

    toggleFold() {
        this.state.isFolded = !this.state.isFolded;
    }

    openDomainDialog() {
        this.addDialog(LaterDomainSelectorDialog, {
            context: this.evalContext(this.props.record, this.props),
            domain: this.domain,
            isDebugMode: this.isDebugMode,
            onConfirm: (domain) => this.update(domain),
            readonly: Boolean(this.props.readonly),
            resModel: this.resModel,
        });
    }

    /** The records that are found, to look at. */
    onButtonClick() {
        const { context, record } = this.props;
        this.addDialog(registry.category("dialogs").get("select_create"), {
            title: _t("Selected records"),
            noCreate: true,
            multiSelect: false,
            resModel: this.resModel,
            domain: new Domain(this.domain).toList(this.evalContext(record, this.props)),
            context: context || {},
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

/** In a cell there is room for what the rules say. */
export const listDomainField = {
    ...domainField,
    extractProps: (info, dynamicInfo) => ({ ...domainField.extractProps(info, dynamicInfo), editInDialog: true }),
};

registry.category("fields").add("domain", domainField).add("list.domain", listDomainField);
