import { reactive } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useSortable } from "@web/core/utils/sortable";
import { throttleForAnimation } from "@web/core/utils/timing";

/** Setup hooks of code that is no component; what is to be undone is collected. */
function collectingHooks(cleanups) {
    return {
        addListener(target, ...listener) {
            target.addEventListener(...listener);
            cleanups.push(() => target.removeEventListener(...listener));
        },
        setup(begin, dependencies) {
            const end = begin(...dependencies());
            if (end) {
                cleanups.push(end);
            }
        },
        teardown: (callback) => cleanups.push(callback),
        throttle(callback) {
            const throttled = throttleForAnimation(callback);
            cleanups.push(() => throttled.cancel());
            return throttled;
        },
        wrapState: reactive,
    };
}

/** Sorting by dragging outside of components: `sortable.create({ ref, elements, ... }).enable()` returns `{ cleanup }`. */
export const sortableService = {
    start() {
        /** What is sorted, by the element and the name that its owner gave. */
        const active = new Map();
        return {
            /** @param {Object & {sortableId?: any}} params as of `useSortable` */
            create({ sortableId = Symbol("sortable"), ...params }) {
                return {
                    enable() {
                        const key = params.ref.el;
                        const known = active.get(key) || new Set();
                        if (known.has(sortableId)) {
                            return { cleanup: () => {} };
                        }
                        known.add(sortableId);
                        active.set(key, known);
                        const cleanups = [() => known.delete(sortableId)];
                        useSortable({ ...params, setupHooks: collectingHooks(cleanups) });
                        return { cleanup: () => cleanups.splice(0).forEach((cleanup) => cleanup()) };
                    },
                };
            },
        };
    },
};

registry.category("services").add("sortable", sortableService);
