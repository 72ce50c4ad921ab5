const patches = new WeakMap();

function describe(object, key) {
    for (let proto = object; proto; proto = Object.getPrototypeOf(proto)) {
        const descriptor = Object.getOwnPropertyDescriptor(proto, key);
        if (descriptor) {
            return descriptor;
        }
    }
}

function completeAccessor(descriptor, inherited) {
    if (!inherited || !(descriptor.get || descriptor.set)) {
        return descriptor;
    }
    return { ...descriptor, get: descriptor.get || inherited.get, set: descriptor.set || inherited.set };
}

function restore(target, record) {
    for (const [key, descriptor] of record.originals) {
        if (descriptor) {
            Object.defineProperty(target, key, descriptor);
        } else {
            delete target[key];
        }
    }
}

function apply(target, record) {
    const { extension, base } = record;
    record.originals = new Map();
    Object.setPrototypeOf(extension, base);
    for (const key of Reflect.ownKeys(extension)) {
        const own = Object.getOwnPropertyDescriptor(target, key);
        record.originals.set(key, own);
        if (own) {
            Object.defineProperty(base, key, own);
        }
        const added = Object.getOwnPropertyDescriptor(extension, key);
        const enumerable = own ? own.enumerable : false;
        Object.defineProperty(target, key, {
            ...completeAccessor(added, describe(base, key)),
            enumerable,
            configurable: true,
        });
    }
}

/**
 * Change an object, class prototype or class in place. `super` inside the extension reaches what
 * was there before.
 *
 * @param {object} target
 * @param {object} extension object literal; its methods use concise syntax when they need `super`
 * @returns {() => void} function that takes the patch away again
 */
export function patch(target, extension) {
    if (typeof extension === "string") {
        throw new Error("patch(target, extension): names for patches are not supported");
    }
    const stack = patches.get(target) || [];
    patches.set(target, stack);
    const record = { extension, base: Object.create(Object.getPrototypeOf(target)), originals: null };
    apply(target, record);
    stack.push(record);
    return () => {
        const index = stack.indexOf(record);
        if (index < 0) {
            return;
        }
        const later = stack.slice(index + 1);
        for (const item of [...stack.slice(index)].reverse()) {
            restore(target, item);
        }
        stack.splice(index);
        for (const item of later) {
            item.base = Object.create(Object.getPrototypeOf(target));
            apply(target, item);
            stack.push(item);
        }
    };
}
