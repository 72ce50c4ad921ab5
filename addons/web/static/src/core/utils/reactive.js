import { reactive } from "@odoo/owl";

/** Base of classes whose instances are reactive from their construction. */
export class Reactive {
    constructor() {
        return reactive(this);
    }
}

/** Run `callback` now and whenever what it read in the reactives changes. */
export function effect(callback, deps) {
    const tracked = deps.map((dep) => reactive(dep, () => callback(...tracked)));
    callback(...tracked);
}

/** Add computed getters to an object, each from a function of the object. */
export function withComputedProperties(object, sources, descriptor) {
    for (const [name, compute] of Object.entries(descriptor)) {
        effect((...args) => {
            object[name] = compute.call(object, ...args);
        }, sources);
    }
    return object;
}
