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

/** Keep properties of an object equal to what functions make of reactives. */
export function withComputedProperties(object, sources, descriptor) {
    const keep = (name) => {
        effect((...read) => Object.assign(object, { [name]: descriptor[name].apply(object, read) }), sources);
    };
    Object.keys(descriptor).forEach(keep);
    return object;
}
