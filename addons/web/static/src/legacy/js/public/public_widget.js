import { SERVICES_METADATA } from "@web/core/utils/hooks";
import { Widget } from "@web/legacy/js/public/widget";

/** Widgets of public pages by name: each is started for every element that its `selector` finds. */
const registry = {};

/**
 * A widget of public pages: `selector`, `selectorHas`, `events`, `edit_events`, `read_events`, `init(parent, options)`,
 * `willStart`, `start`, `destroy`; `this.options`, `this.editableMode`.
 */
export const PublicWidget = Widget.extend({
    selector: false,
    selectorHas: false,
    edit_events: null,
    read_events: null,

    init(parent, options) {
        this.options = options || {};
        this.editableMode = this.options.editableMode || false;
        const own = this.editableMode ? this.edit_events : this.read_events;
        this.events = { ...this.events, ...own };
        this._super(parent);
    },

    /** The element is one of the page, which stays when the widget goes. */
    destroy() {
        if (!this.selector) {
            this._super();
            return;
        }
        const { $el } = this;
        this.$el = $el.constructor();
        this._super();
        $el.off(".widget_events");
    },

    /** The elements that the widget is for, by jQuery. */
    get $target() {
        return this.$el;
    },

    get target() {
        return this.el;
    },

    /**
     * @param {string} serviceName
     * @returns {any} a service; what its asynchronous methods answer comes only while the widget is there
     */
    bindService(serviceName) {
        const service = this._env().services[serviceName];
        if (service === undefined) {
            throw new Error(`There is no service "${serviceName}" on this page`);
        }
        const methods = SERVICES_METADATA[serviceName];
        if (!methods) {
            return service;
        }
        const guard =
            (method) =>
            (...args) =>
                this._whileAlive(method.apply(service, args));
        if (methods === true) {
            return guard(service);
        }
        return Object.assign(
            Object.create(service),
            Object.fromEntries(methods.filter((name) => service[name]).map((name) => [name, guard(service[name])]))
        );
    },

    /** Call a method of a service. */
    call(serviceName, method, ...args) {
        return this._env().services[serviceName][method](...args);
    },

    _whileAlive(promise) {
        return new Promise((resolve, reject) => {
            promise.then(
                (value) => this.isDestroyed() || resolve(value),
                (error) => this.isDestroyed() || reject(error)
            );
        });
    },

    _env() {
        for (let current = this; current; current = current.getParent()) {
            if (current.env) {
                return current.env;
            }
        }
        throw new Error("The widget is on no page that has services");
    },
});

export default { Widget: PublicWidget, registry };
