/**
 * A promise that somebody else settles; workers have no module of the client.
 *
 * @extends {Promise<any>}
 */
export class Deferred extends Promise {
    /** @type {(value?: any) => void} */
    resolve;
    /** @type {(reason?: any) => void} */
    reject;

    constructor() {
        let settle;
        super((resolve, reject) => {
            settle = { resolve, reject };
        });
        Object.assign(this, settle);
    }

    /** What `then()` gives is a plain promise. */
    static get [Symbol.species]() {
        return Promise;
    }
}

/**
 * Call a function once a while has passed without another call, with the arguments of the last one.
 *
 * @param {Function} func
 * @param {number} wait milliseconds
 * @returns {Function}
 */
export function debounce(func, wait) {
    let timer;
    return function (...args) {
        clearTimeout(timer);
        timer = setTimeout(() => func.apply(this, args), wait);
    };
}
