import { EventBus, onWillStart, onWillUpdateProps, status, useComponent } from "@odoo/owl";
import { Race } from "@web/core/utils/concurrency";
import { useBus, useService } from "@web/core/utils/hooks";
import { buildSampleORM } from "@web/model/sample_server";
import { pick } from "@web/core/utils/objects";
import { useSetupAction } from "@web/views/view_hook";

/** Base of the data models of views. Subclasses write `setup`, `load` and may write `hasData`. */
export class Model {
    static services = [];
    /** Whether views show made up data where there is none, see `useModelWithSampleData`. */
    static hasSampleData = false;
    /** Whether the data is made up. */
    useSampleModel = false;
    /** What answers once the data is not made up any more. */
    _realOrm = null;

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

    /** Show what there is, which may be nothing, in place of made up data. */
    async leaveSampleMode() {
        if (this.useSampleModel) {
            Object.assign(this, { orm: this._realOrm, useSampleModel: false });
            await this.load();
        }
    }

    /** Ask components that use the model to render again. */
    notify() {
        this.bus.trigger("update");
    }
}

/**
 * @param {string} name `field.property`
 * @param {Object} definition of the property
 * @param {Object} relatedPropertyField description of the field
 * @returns {Object} description of the property like that of a field
 */
export function _makeFieldFromPropertyDefinition(name, definition, relatedPropertyField) {
    return {
        ...definition,
        name,
        propertyName: definition.name,
        relation: definition.comodel,
        relatedPropertyField: { fieldName: name.split(".")[0], ...relatedPropertyField },
    };
}

/**
 * Add descriptions of the properties that records are grouped by.
 *
 * @param {Object} orm
 * @param {string} resModel
 * @param {Object} context
 * @param {Object} fields they are added to
 * @param {string[]} groupBy
 */
export async function addPropertyFieldDefs(orm, resModel, context, fields, groupBy) {
    const names = groupBy.map((spec) => spec.split(":")[0]).filter((name) => name.includes(".") && !fields[name]);
    await Promise.all(
        [...new Set(names)].map(async (name) => {
            const definition = await orm.call(resModel, "get_property_definition", [name], { context });
            const { name: fieldName, string } = fields[name.split(".")[0]];
            fields[name] = _makeFieldFromPropertyDefinition(name, definition, { name: fieldName, string });
        })
    );
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
 * @param {Object} [options]
 * @param {Function} [options.beforeFirstLoad]
 * @param {Function} [options.onWillStart] the same
 * @param {Function} [options.afterFirstLoad] gets the model
 * @param {Function} [options.onWillStartAfterLoad] called then, too
 * @param {Function} [options.beforeLoad] called with the model before all loads but the first
 * @param {Function} [options.onUpdate] called instead of rendering the component when the model has changed
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
    const render = () => status(component) !== "destroyed" && component.render(true);
    useBus(model.bus, "update", options.onUpdate || render);
    const race = new Race();
    onWillStart(async () => {
        await options.beforeFirstLoad?.();
        await options.onWillStart?.();
        await race.add(model.load(getSearchParams(component.props)));
        await options.afterFirstLoad?.(model);
        await options.onWillStartAfterLoad?.();
        model._resolveReady();
    });
    onWillUpdateProps(async (nextProps) => {
        options.beforeLoad?.(model);
        await race.add(model.load(getSearchParams(nextProps)));
    });
    return model;
}

/**
 * Same as `useModel`; where the view wants it and the first load finds nothing, a model whose class is made for it shows
 * made up data until something else is searched, and says so by its `useSampleModel`. Who comes back to a view where
 * there was something is not shown any.
 *
 * @param {typeof Model} ModelClass
 * @param {Object} params given to its `setup`
 * @param {Object} [options] as for `useModel`
 * @returns {Model} observed by the component
 */
export function useModelWithSampleData(ModelClass, params, options = {}) {
    const { props } = useComponent();
    const isWanted = (props.globalState?.useSampleModel ?? props.useSampleModel) && ModelClass.hasSampleData;
    const model = useModel(ModelClass, params, {
        ...options,
        afterFirstLoad: async (model) => {
            model._realOrm = model.orm;
            if (isWanted && !model.hasData()) {
                model.orm = buildSampleORM(props.resModel, props.fields);
                await model.load(getSearchParams(props));
                model.useSampleModel = true;
            }
        },
        beforeLoad: (model) => Object.assign(model, { orm: model._realOrm, useSampleModel: false }),
    });
    useSetupAction({ getGlobalState: () => ({ useSampleModel: model.useSampleModel }) });
    return model;
}
