import { renderToElement } from "@web/core/utils/render";
import Class from "@web/legacy/js/core/class";

/** @returns {any} jQuery; pages with widgets have it */
const $ = (...args) => globalThis["jQuery"](...args);

/** What bubbles from a widget to those around it. */
class WidgetEvent {
    constructor(target, name, data) {
        Object.assign(this, { target, name, data, stopped: false });
    }

    stopPropagation() {
        this.stopped = true;
    }

    /** @returns {boolean} */
    is_stopped() {
        return this.stopped;
    }
}

/** Events between objects that know each other, and a tree of parents. */
const Parented = Class.extend({
    init(parent) {
        this.__parent = null;
        this.__children = [];
        this.__listeners = [];
        this.__destroyed = false;
        this.setParent(parent || null);
        Object.entries(this.custom_events || {}).forEach(([name, method]) =>
            this.on(name, this, typeof method === "function" ? method : this[method])
        );
    },

    setParent(parent) {
        const siblings = this.__parent?.__children;
        siblings?.splice(siblings.indexOf(this), 1);
        this.__parent = parent;
        parent?.__children?.push(this);
    },

    getParent() {
        return this.__parent;
    },

    getChildren() {
        return [...this.__children];
    },

    isDestroyed() {
        return this.__destroyed;
    },

    /** @param {string} names @param {Object|null} owner @param {Function} callback called on the owner */
    on(names, owner, callback) {
        for (const name of names.split(/\s+/)) {
            this.__listeners.push({ name, owner, callback });
        }
        return this;
    },

    off(name, owner, callback) {
        const isMeant = (listener) =>
            (!name || listener.name === name) &&
            (!owner || listener.owner === owner) &&
            (!callback || listener.callback === callback);
        this.__listeners = this.__listeners.filter((listener) => !isMeant(listener));
        return this;
    },

    once(name, owner, callback) {
        const handle = (...args) => {
            this.off(name, owner, handle);
            return callback.apply(owner, args);
        };
        return this.on(name, owner, handle);
    },

    trigger(name, ...args) {
        const listeners = this.__listeners.filter((listener) => listener.name === name);
        listeners.forEach(({ owner, callback }) => callback.apply(owner || this, args));
        return this;
    },

    /** Tell an event to this object and those around it, until one stops it. */
    trigger_up(name, data = {}) {
        const event = new WidgetEvent(this, name, data);
        for (let current = this; current && !event.stopped; current = current.getParent?.()) {
            current.trigger(name, event);
        }
        return event;
    },

    destroy() {
        this.getChildren().forEach((child) => child.destroy());
        this.setParent(null);
        this.__listeners = [];
        this.__destroyed = true;
    },
});

/** An element with events, made from a template or taken from the page. */
export const Widget = Parented.extend({
    tagName: "div",
    id: null,
    className: null,
    attributes: {},
    events: {},
    template: null,

    init(parent) {
        this._super(parent);
        this.setElement(document.createElement(this.tagName));
    },

    /** What has to be there before the element is made. @returns {Promise<any>} */
    willStart() {
        return Promise.resolve();
    },

    /** Called when the element is there. @returns {Promise<any>} */
    start() {
        return Promise.resolve();
    },

    $(selector) {
        return selector === undefined ? this.$el : this.$el.find(selector);
    },

    renderElement() {
        this.setElement(this.template ? renderToElement(this.template, { widget: this }) : this._makeElement());
    },

    _makeElement() {
        const el = document.createElement(this.tagName);
        const attributes = { ...this.attributes, id: this.id, class: this.className };
        Object.entries(attributes)
            .filter(([, value]) => value)
            .forEach(([name, value]) => el.setAttribute(name, value));
        return el;
    },

    /** Make an element that of the widget. @param {any} element of jQuery or of the page; null for none */
    setElement(element) {
        if (this.el) {
            this._undelegateEvents();
        }
        this.$el = $(element);
        this.el = this.$el[0];
        this._delegateEvents();
        return this;
    },

    _delegateEvents() {
        for (const [key, method] of Object.entries(this.events || {})) {
            const [, name, selector] = /^(\S+)\s*(.*)$/.exec(key);
            const callback = (typeof method === "function" ? method : this[method])?.bind(this);
            if (!callback) {
                throw new Error(`A widget has no method "${method}" for its event "${key}"`);
            }
            this.$el.on(`${name}.widget_events`, selector || null, callback);
        }
    },

    _undelegateEvents() {
        this.$el.off(".widget_events");
    },

    async _insert(insert) {
        await this.willStart();
        if (this.isDestroyed()) {
            return;
        }
        this.renderElement();
        insert(this.$el);
        await this.start();
    },

    appendTo(target) {
        return this._insert(($el) => $el.appendTo(target));
    },

    prependTo(target) {
        return this._insert(($el) => $el.prependTo(target));
    },

    insertAfter(target) {
        return this._insert(($el) => $el.insertAfter(target));
    },

    insertBefore(target) {
        return this._insert(($el) => $el.insertBefore(target));
    },

    replace(target) {
        return this._insert(($el) => $el.replaceAll(target));
    },

    /** Make an element of the page that of the widget, and begin. @returns {Promise<void>} */
    async attachTo(target) {
        this.setElement($(target));
        await this.willStart();
        if (!this.isDestroyed()) {
            await this.start();
        }
    },

    do_show() {
        this.$el.removeClass("o_hidden");
    },

    do_hide() {
        this.$el.addClass("o_hidden");
    },

    do_toggle(isShown) {
        this.$el.toggleClass("o_hidden", isShown === undefined ? undefined : !isShown);
    },

    destroy() {
        const $el = this.$el;
        this._super();
        $el.off(".widget_events");
        $el.remove();
    },
});
