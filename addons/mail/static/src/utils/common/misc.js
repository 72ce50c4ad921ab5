import { reactive } from "@odoo/owl";
import { rpc } from "@web/core/network/rpc";

/** What modules without a store in common share on a page. */
export const mailGlobal = { isInTour: false };

/**
 * Copy properties that have a value.
 *
 * @param {Object} target
 * @param {Object} source
 * @param {Iterable<string>} [names] all of the source by default
 * @returns {Object} the target
 */
export function assignDefined(target, source, names = Object.keys(source)) {
    return assignWhere(target, source, names, (name) => source[name] !== undefined);
}

/** Copy properties that the source has, whatever their value. @returns {Object} the target */
export function assignIn(target, source, names = Object.keys(source)) {
    return assignWhere(target, source, names, (name) => name in source);
}

function assignWhere(target, source, names, isWanted) {
    const wanted = [...names].filter((name) => isWanted(name));
    return Object.assign(target, Object.fromEntries(wanted.map((name) => [name, source[name]])));
}

/**
 * @param {any[]} list in ascending order
 * @param {number} number
 * @param {(item: any) => number} [valueOf]
 * @returns {any} the first item that is not less than the number; null without
 */
export function nearestGreaterThanOrEqual(list, number, valueOf = (item) => item) {
    return list.find((item) => valueOf(item) >= number) ?? null;
}

/** @deprecated `rpc` needs no environment */
export function rpcWithEnv() {
    return rpc;
}

/** Whether files from outside of the page are dragged. @param {DataTransfer} dataTransfer */
export function isDragSourceExternalFile(dataTransfer) {
    const types = [...(dataTransfer?.types || [])];
    // pictures of the page are files, too, but have an address
    return types.includes("Files") && !types.includes("text/html") && !types.includes("text/uri-list");
}

/**
 * Call a function when a value of a reactive object changes.
 *
 * @param {Object} target
 * @param {string|string[]} key
 * @param {() => void} callback
 * @returns {Object} the object as it is observed
 */
export function onChange(target, key, callback) {
    const keys = [key].flat();
    const look = () =>
        keys.forEach((name) => {
            const value = observed[name];
            if (value instanceof Object) {
                Object.keys(value);
                void value.length;
            }
        });
    const observed = reactive(target, () => {
        look();
        callback();
    });
    look();
    return observed;
}

/** Stop a camera or a microphone. @param {MediaStream} [stream] */
export function closeStream(stream) {
    stream?.getTracks().forEach((track) => track.stop());
}

/** Order of two moments; none is before all others. @returns {number} */
export function compareDatetime(date1, date2) {
    const [first, second] = [date1, date2].map((date) => date?.ts ?? (date ? Number(date) : -Infinity));
    return first === second ? 0 : first - second;
}

/** Compare versions of programs by their numbers. @param {string} version "17.2", "18.0-4" */
export function parseVersion(version) {
    const parts = String(version)
        .split(/[^0-9]+/)
        .map(Number);
    const compare = (other) => {
        const others = parseVersion(other).parts;
        const length = Math.max(parts.length, others.length);
        for (let index = 0; index < length; index++) {
            const difference = (parts[index] || 0) - (others[index] || 0);
            if (difference) {
                return difference;
            }
        }
        return 0;
    };
    return { parts, isLowerThan: (other) => compare(other) < 0 };
}
