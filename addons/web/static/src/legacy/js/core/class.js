/** Classes with `extend`, `include` and `_super`, as addons of public pages write them. */

/** A method that reaches the one that it replaces as `this._super(...)`, until it returns. */
function withSuper(method, replaced) {
    return function (...args) {
        const before = this._super;
        this._super = replaced;
        try {
            return method.apply(this, args);
        } finally {
            this._super = before;
        }
    };
}

/** Put properties into a prototype; methods reach those that were there, and those of `parent`. */
function mix(prototype, properties, parent) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(properties))) {
        const { value } = descriptor;
        const replaced = parent[name];
        const isMethod = typeof value === "function" && !/^class\b/.test(String(value));
        if (isMethod && typeof replaced === "function") {
            descriptor.value = withSuper(value, replaced);
        }
        Object.defineProperty(prototype, name, descriptor);
    }
}

/** The class that all such classes extend; `init` is its constructor. */
class Class {
    constructor(...args) {
        this.init(...args);
    }

    /** @param {...any} _args */
    init(..._args) {}

    /**
     * @param {...Object} mixins properties, those that come later win
     * @returns {typeof Class & any} a class that extends this one
     */
    static extend(...mixins) {
        const Parent = this;
        class Extended extends Parent {}
        for (const mixin of mixins) {
            mix(Extended.prototype, mixin, Extended.prototype);
        }
        return Extended;
    }

    /** Change this class, and with it all that extend it. @param {...Object} mixins */
    static include(...mixins) {
        for (const mixin of mixins) {
            mix(this.prototype, mixin, this.prototype);
        }
    }
}
export default Class;
