import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

const OPERATIONS = { read: _t("Read"), write: _t("Modify"), create: _t("Create"), unlink: _t("Delete") };

/**
 * Why a user may, or may not, read, modify, create and delete the records of a model, or one of them.
 *
 * @typedef {{name: string, group: string|false, applies: boolean, id: number}} Permission
 * @typedef {{name: string, model: string, groups: string[], is_global: boolean, domain: string|false,
 *   admits: boolean|null, error?: string, id: number}} Rule
 * @typedef {{operation: string, allowed: boolean, access: Permission[], rules: Rule[], by_code: boolean}} Operation
 */
export class ExplainAccessDialog extends Component {
    static template = "web.ExplainAccessDialog";
    static components = { Dialog, RecordSelector };
    static props = {
        close: Function,
        resId: { type: [Number, { value: false }], optional: true },
        resModel: String,
    };

    setup() {
        this.orm = useService("orm");
        /** Administrators may ask about everybody. */
        this.mayChooseUser = user.isSystem;
        this.userLabel = _t("User");
        /** @type {any} */
        this.state = useState({ explained: null, userId: user.userId });
        onWillStart(() => this.load());
    }

    async load() {
        const { resId = false, resModel } = this.props;
        const params = [resModel, resId, this.state.userId];
        this.state.explained = await this.orm.call("ir.model.access", "explain_access", params);
    }

    get title() {
        return _t("Access to %s", this.state.explained.model_name);
    }

    /** @returns {Promise<void>} the page of another user is shown */
    async onUserChanged(userId) {
        this.state.userId = userId || user.userId;
        await this.load();
    }

    label({ operation }) {
        return OPERATIONS[operation].toString();
    }

    /** In one sentence, what decides. @param {Operation} operation @returns {string} */
    verdict(operation) {
        const { explained } = this.state;
        if (explained.is_superuser) {
            return _t("Nothing is forbidden to the superuser.").toString();
        }
        const permissions = operation.access.filter(({ applies }) => applies);
        if (!permissions.length) {
            const groups = operation.access.map(({ group }) => group).filter(Boolean);
            return groups.length
                ? _t(
                      "No group of the user has the right. These have it: %s.",
                      [...new Set(groups)].join(", ")
                  ).toString()
                : _t("Nobody has the right.").toString();
        }
        if (operation.allowed) {
            return this.reason(permissions, operation);
        }
        return operation.by_code
            ? _t("The rights and the rules allow it; the program of the model refuses it.").toString()
            : _t("The user has the right, but a rule excludes this record.").toString();
    }

    /** @param {Permission[]} permissions those that grant @param {Operation} operation @returns {string} */
    reason(permissions, { rules }) {
        const { group } = permissions[0];
        const by = group ? _t("By the group %s", group) : _t("Everybody has the right");
        if (!rules.length) {
            return _t("%s; no rule restricts it.", by).toString();
        }
        const text = explainsRecord(rules)
            ? _t("%s; the rules admit this record.", by)
            : _t("%s; the rules below say for which records.", by);
        return text.toString();
    }

    /** Permissions that grant, and those of other groups. @param {Permission} permission */
    permissionText({ applies, group }) {
        const owner = group || _t("Everybody");
        return (applies ? _t("%s grants it", owner) : _t("%s would grant it", owner)).toString();
    }

    /** @param {Rule} rule @returns {string} whom a rule is about, and how */
    ruleScope({ groups, is_global: isGlobal }) {
        return isGlobal
            ? _t("holds for everybody").toString()
            : _t("one of those of %s is enough", groups.join(", ")).toString();
    }

    /** @param {Rule} rule @returns {string} */
    ruleAnswer({ admits, error }) {
        if (error) {
            return _t("cannot be evaluated: %s", error).toString();
        }
        const texts = { true: _t("admits this record"), false: _t("excludes this record"), null: "" };
        return texts[String(admits)].toString();
    }
}

/** @param {Rule[]} rules @returns {boolean} whether they were asked about a record */
function explainsRecord(rules) {
    return rules.some(({ admits }) => admits !== null);
}
