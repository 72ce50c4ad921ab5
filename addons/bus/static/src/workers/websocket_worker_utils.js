/** A promise that somebody else settles. */
export class Deferred extends Promise {
    constructor(executor = () => {}) {
        let settle;
        super((resolve, reject) => {
            settle = { resolve, reject };
            executor(resolve, reject);
        });
        Object.assign(this, settle);
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
