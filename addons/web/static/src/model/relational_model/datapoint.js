import { markRaw } from "@odoo/owl";
import { Reactive } from "@web/core/utils/reactive";
import { getId } from "@web/model/relational_model/utils";

/** Common part of records and lists. */
export class DataPoint extends Reactive {
    /**
     * @param {import("./relational_model").RelationalModel} model
     * @param {Object} config what it shows: model, fields, context...
     * @param {Object} data of the server
     * @param {Object} [options]
     */
    constructor(model, config, data, options) {
        super(...arguments);
        this.id = getId("datapoint");
        this.model = model;
        markRaw(config.activeFields);
        markRaw(config.fields);
        this._config = config;
        this.setup(config, data, options);
    }

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

    get fieldNames() {
        return Object.keys(this.activeFields).filter(
            (name) => this.fields[name] && !this.fields[name].relatedPropertyField
        );
    }

    get context() {
        return this.config.context;
    }
}
