/** Promise resolved after `delay` ms. */
export function delay(wait) {
    return new Promise((resolve) => setTimeout(resolve, wait));
}

/** Keeps only the last promise: earlier ones never settle. */
export class KeepLast {
    constructor() {
        this._id = 0;
    }

    /** @param {Promise} promise @returns {Promise} settles only when nothing was added meanwhile */
    add(promise) {
        const id = ++this._id;
        return new Promise((resolve, reject) => {
            promise.then(
                (value) => id === this._id && resolve(value),
                (error) => id === this._id && reject(error)
            );
        });
    }
}

/** Runs asynchronous functions one after the other. */
export class Mutex {
    constructor() {
        this._lock = Promise.resolve();
        this._queueSize = 0;
        this._unlocked = null;
    }

    /** Run `action` when all earlier ones ended. @returns {Promise} its result */
    exec(action) {
        if (!this._queueSize++) {
            this._unlocked = new Deferred();
        }
        const release = () => {
            if (!--this._queueSize) {
                this._unlocked.resolve();
                this._unlocked = null;
            }
        };
        const result = this._lock.then(() => action());
        this._lock = result.then(release, release);
        return result;
    }

    /** @returns {Promise} resolved when nothing runs */
    getUnlockedDef() {
        return this._unlocked || Promise.resolve();
    }
}

/** Only the running and the last asked action run; those between resolve never. */
export class Race {
    constructor() {
        this.currentProm = null;
        this.currentDeferred = null;
    }

    /** @returns {Promise} settles with the first promise that settles since the race began */
    add(promise) {
        if (!this.currentDeferred) {
            this.currentDeferred = new Deferred();
        }
        const deferred = this.currentDeferred;
        const finish = (settle) => (value) => {
            if (this.currentDeferred === deferred) {
                this.currentDeferred = null;
            }
            settle(value);
        };
        promise.then(finish(deferred.resolve), finish(deferred.reject));
        return deferred;
    }

    getCurrentProm() {
        return this.currentDeferred;
    }
}

/**
 * Promise with its resolvers as methods.
 *
 * @extends {Promise<any>}
 */
export class Deferred extends Promise {
    /** @type {(value?: any) => void} */
    resolve;
    /** @type {(reason?: any) => void} */
    reject;

    constructor() {
        let resolvers;
        super((resolve, reject) => {
            resolvers = { resolve, reject };
        });
        Object.assign(this, resolvers);
    }

    static get [Symbol.species]() {
        return Promise;
    }
}
