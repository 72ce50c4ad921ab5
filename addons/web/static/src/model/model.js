import { EventBus, onWillStart, onWillUpdateProps, status, useComponent } from "@odoo/owl";
import { Race } from "@web/core/utils/concurrency";
import { useBus, useService } from "@web/core/utils/hooks";
import { pick } from "@web/core/utils/objects";

/** Base of the data models of views. Subclasses write `setup`, `load` and may write `hasData`. */
export class Model {
    static services = [];

    constructor(env, params, services) {
        this.env = env;
        this.orm = services.orm;
        this.bus = new EventBus();
        this.isReady = false;
        /** @type {Promise<void>} */
        this.whenReady = new Promise((resolve) => {
            this._resolveReady = () => {
                this.isReady = true;
                resolve();
            };
        });
        this.setup(params, services);
    }

    /**
     * @overload
     * @param {Object} params
     * @param {Object<string, any>} services those that the class names in `services`
     * @returns {void}
     */
    setup() {}

    /**
     * @overload
     * @param {Object} [params] what is searched, or what else to load
     * @returns {Promise<void>}
     */
    async load() {}

    hasData() {
        return true;
    }

    getGroups() {
        return null;
    }

    /** Ask components that use the model to render again. */
    notify() {
        this.bus.trigger("update");
    }
}

const SEARCH_PARAMS = ["comparison", "context", "domain", "groupBy", "orderBy"];

/** Search parameters of a view's props. */
export function getSearchParams(props) {
    return pick(props, ...SEARCH_PARAMS);
}

/**
 * Create the model of a view component, load it before the first rendering and again when the
 * search changes.
 *
 * @param {typeof Model} ModelClass
 * @param {Object} params given to its `setup`
 * @param {{beforeFirstLoad?: Function}} [options]
 * @returns {Model} observed by the component
 */
export function useModel(ModelClass, params, options = {}) {
    const component = useComponent();
    const services = {};
    for (const name of ModelClass.services) {
        services[name] = useService(name);
    }
    services.orm = services.orm || useService("orm");
    const model = new ModelClass(component.env, params, services);
    useBus(model.bus, "update", () => status(component) !== "destroyed" && component.render(true));
    const race = new Race();
    onWillStart(async () => {
        await options.beforeFirstLoad?.();
        await race.add(model.load(getSearchParams(component.props)));
        model._resolveReady();
    });
    onWillUpdateProps(async (nextProps) => {
        await race.add(model.load(getSearchParams(nextProps)));
    });
    return model;
}

/** Same as `useModel`; the state of the model is reactive. */
export function useModelWithSampleData(ModelClass, params, options = {}) {
    return useModel(ModelClass, params, options);
}
