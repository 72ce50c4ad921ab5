import { markRaw } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Reactive } from "@web/core/utils/reactive";
import { getId } from "@web/model/relational_model/utils";

const METHODS = ["action_archive", "action_unarchive"];

function sentence(isArchived, count) {
    if (count === 1) {
        return isArchived ? _t("The record was archived.") : _t("The record was unarchived.");
    }
    return isArchived ? _t("%s records were archived.", count) : _t("%s records were unarchived.", count);
}

/** Common part of records and lists. */
export class DataPoint extends Reactive {
    /**
     * @param {import("./relational_model").RelationalModel} model
     * @param {Object} config what it shows: model, fields, context...
     * @param {Object} data of the server
     * @param {Object} [options]
     */
    constructor(model, config, data, options = {}) {
        super();
        // descriptions of fields stay as they are: nobody has to observe them
        [config.fields, config.activeFields].forEach((descriptions) => markRaw(descriptions));
        this._config = config;
        this.model = model;
        this.id = getId("datapoint");
        this.setup(config, data, options);
    }

    /**
     * Take what the server gave; there is nothing yet but the model and the configuration.
     *
     * @overload
     * @param {Object} config
     * @param {Object} data
     * @param {Object} [options]
     * @returns {void}
     */
    setup() {}

    get config() {
        return this._config;
    }

    get resModel() {
        return this.config.resModel;
    }

    get fields() {
        return this.config.fields;
    }

    get activeFields() {
        return this.config.activeFields;
    }

    get context() {
        return this.config.context;
    }

    /** Names of the fields that are shown and known. */
    get fieldNames() {
        return Object.keys(this.activeFields).filter((name) => name in this.fields);
    }

    /** Do something after all that the model is busy with. @returns {Promise<any>} what `task` gives */
    _inTurn(task) {
        return this.model.mutex.exec(task);
    }

    /** The same with what was typed in the fields of the page. @returns {Promise<any>} what `task` gives */
    async _onceTyped(task) {
        await this.model._askChanges();
        return this._inTurn(task);
    }

    /** Call a method on records of this model. @returns {Promise<any>} its answer */
    _callMethod(name, resIds) {
        return this.model.orm.call(this.resModel, name, [resIds], { context: this.context });
    }

    /** Archive records or not; the server may want an action to be run before they are read again. */
    async _setArchived(resIds, isArchived, reload) {
        const changed = await this._whatChanges(resIds, isArchived);
        const [method, opposite] = isArchived ? METHODS : METHODS.toReversed();
        const action = await this._callMethod(method, resIds);
        const isAction = Object.keys(action || {}).length > 0;
        await (isAction ? this.model.action.doAction(action, { onClose: reload }) : reload());
        if (changed.length && !isAction) {
            const { context, resModel } = this;
            const undo = (orm) => orm.call(resModel, opposite, [changed], { context });
            this.model.offerUndo(sentence(isArchived, changed.length), undo);
        }
    }

    /** Those of the records that are not archived yet, or still are; asked for where lists may have both. */
    async _whatChanges(resIds, isArchived) {
        const { activeFields, context, domain } = this.config;
        const isMixed = domain && (context.active_test === false || JSON.stringify(domain).includes("active"));
        if (!isMixed) {
            return resIds;
        }
        const name = "x_active" in activeFields || "x_active" in this.fields ? "x_active" : "active";
        const affected = [
            ["id", "in", resIds],
            [name, "=", isArchived],
        ];
        return this.model.orm.search(this.resModel, affected, { context: { ...context, active_test: false } });
    }
}
