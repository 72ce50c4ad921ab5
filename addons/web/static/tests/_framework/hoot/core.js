/** Suites and tests as files define them, and what is running. */

/** Hash of a text, short enough for an address. */
function hash(text) {
    let value = 0x811c9dc5;
    for (const character of text) {
        value = Math.imul(value ^ character.codePointAt(0), 0x01000193) >>> 0;
    }
    return value.toString(16).padStart(8, "0");
}

/** A test or a suite. */
export class Job {
    constructor(parent, name, config = {}) {
        if (typeof name !== "string" || !name.trim()) {
            throw new Error("A test or suite needs a name");
        }
        this.parent = parent;
        this.name = name.trim();
        this.config = { ...config, tags: [...(config.tags || [])] };
        /** Lists of what was defined for this job, by kind. */
        this.scoped = new Map();
        this.id = hash(this.fullName);
    }

    /** @returns {Job[]} from the outermost suite to this job */
    get path() {
        return this.parent ? [...this.parent.path, this] : [this];
    }

    /** @returns {string} such as `@web/views/list > opens a record` */
    get fullName() {
        const names = this.path.slice(1).map((job) => job.name);
        return names.join(" > ") || "";
    }

    /** @returns {Set<string>} own tags and those of the suites around */
    get tags() {
        return new Set(this.path.flatMap((job) => job.config.tags));
    }

    /** Whether this job or a suite around it is so. @param {"skip"|"todo"|"only"|"debug"} modifier */
    is(modifier) {
        return this.path.some((job) => job.config[modifier]);
    }
}

/** Tests that belong together. */
export class Suite extends Job {
    jobs = [];
    hooks = { before: [], after: [], beforeEach: [], afterEach: [] };
    hasBegun = false;

    /** @returns {Test[]} all tests in it */
    get tests() {
        return this.jobs.flatMap((job) => (job instanceof Suite ? job.tests : [job]));
    }
}

/** A test: a function, and what came of it. */
export class Test extends Job {
    constructor(parent, name, config, run) {
        super(parent, name, config);
        this.run = run;
        /** @type {"ready"|"passed"|"failed"|"skipped"|"todo"} */
        this.status = "ready";
        /** @type {Error[]} */
        this.errors = [];
        this.duration = 0;
        this.assertions = 0;
        /** Undone after the test, the last one first. */
        this.cleanups = [];
    }
}

export const root = new Suite(null, "root");
const state = {
    /** @type {Suite[]} suites whose functions run right now */
    defining: [],
    /** @type {Test|null} */
    test: null,
    /** @type {Suite|null} the suite whose hooks run */
    suite: null,
};

/** @returns {Suite} suite of a name, in another one */
function suiteOf(parent, name) {
    let found = parent.jobs.find((job) => job instanceof Suite && job.name === name);
    if (!found) {
        found = new Suite(parent, name);
        parent.jobs.push(found);
    }
    return found;
}

/** Name of the module that is running: that of the file that defines tests. */
function currentModule() {
    const running = globalThis.odoo?.loader?.running;
    const names = running ? [...running.keys()] : [];
    // a page that loads each module by itself has no names, but addresses
    const [, addon, file] = /\/(\w+)\/static\/tests\/(?!_framework\/)([\w/.-]+?)\.js/.exec(new Error().stack) || [];
    const named = names.findLast((name) => name.includes("/../tests/"));
    return named || (addon ? `@${addon}/../tests/${file}` : "tests");
}

/** @returns {Suite} the suite that what is defined now belongs to: `@addon/folder/file` for what is in none */
export function currentSuite() {
    if (state.defining.length) {
        return state.defining.at(-1);
    }
    if (state.suite) {
        return state.suite;
    }
    const name = currentModule()
        .replace("/../tests/", "/")
        .replace(/\.(test|hoot)$/, "");
    return suiteOf(root, name);
}

export const getCurrent = () => ({ suite: state.test?.parent || currentSuite(), test: state.test });
export const isInTest = () => Boolean(state.test);
export const setRunning = (changes) => Object.assign(state, changes);

/** Remember something for the running test, or for the suite that is being defined. */
export function scopePush(kind, value) {
    const job = state.test || currentSuite();
    job.scoped.set(kind, [...(job.scoped.get(kind) || []), value]);
}

/** @returns {any[]} what was remembered for the running test and the suites around it */
export function scopeCollect(kind) {
    const job = state.test || currentSuite();
    return job.path.flatMap((part) => part.scoped.get(kind) || []);
}

/** @param {(parent?: any) => any} getInstance @returns {() => any} getter of one instance for each test or suite */
export function createJobScopedGetter(getInstance, cleanup) {
    const kind = Symbol("scoped");
    return () => {
        const job = state.test || currentSuite();
        if (!job.scoped.has(kind)) {
            const parent = job.path.findLast((part) => part.scoped.has(kind))?.scoped.get(kind)[0];
            job.scoped.set(kind, [getInstance(parent)]);
            cleanup && after(() => cleanup(job.scoped.get(kind)[0]));
        }
        return job.scoped.get(kind)[0];
    };
}

/** Undo something after the running test, or after the suite. */
export function after(callback) {
    if (state.test) {
        state.test.cleanups.push(callback);
    } else {
        currentSuite().hooks.after.unshift(callback);
    }
}

/** Do something before the first test of the suite; at once in a test. @returns {any} */
export function before(callback) {
    if (state.test) {
        return callback();
    }
    currentSuite().hooks.before.push(callback);
}

/** Do something before each test of the suite. */
export function beforeEach(callback) {
    currentSuite().hooks.beforeEach.push(callback);
}

/** Do something after each test of the suite. */
export function afterEach(callback) {
    currentSuite().hooks.afterEach.push(callback);
}

/** Do something when an error is thrown that nobody caught, in the running test or suite. */
export function onError(callback) {
    scopePush("onError", callback);
}

// --- describe and test ------------------------------------------------------------------------------------------------

/** Names of tags from arguments, or from a template string. */
function tagNames([first, ...rest]) {
    return Array.isArray(first) ? first.flatMap((text) => text.split(/\s+/)).filter(Boolean) : [first, ...rest];
}

/**
 * A function with modifiers: `fn.only(...)`, `fn.tags("a").skip(...)`.
 *
 * @param {(config: Object, args: any[]) => any} define
 * @param {Object} config what the modifiers so far say
 */
function withModifiers(define, config = {}) {
    const next = (more) => withModifiers(define, { ...config, ...more });
    const result = (...args) => define(config, args);
    for (const name of ["only", "skip", "todo", "debug"]) {
        Object.defineProperty(result, name, { get: () => next({ [name]: true }) });
    }
    return Object.assign(result, {
        config: (more) => next(more),
        tags: (...names) => next({ tags: [...(config.tags || []), ...tagNames(names)] }),
        timeout: (timeout) => next({ timeout }),
        multi: (multi) => next({ multi }),
    });
}

function defineSuite(config, args) {
    const run = args.pop();
    let suite = currentSuite();
    for (const name of args.flat()) {
        suite = suiteOf(suite, name);
    }
    Object.assign(suite.config, { ...config, tags: [...suite.config.tags, ...(config.tags || [])] });
    state.defining.push(suite);
    try {
        const result = run();
        if (result !== undefined) {
            throw new Error(`The function of the suite "${suite.fullName}" returns something: only tests may wait`);
        }
    } finally {
        state.defining.pop();
    }
}

function defineTest(config, [name, run]) {
    if (state.test) {
        throw new Error(`The test "${name}" is defined inside of another one`);
    }
    const parent = currentSuite();
    if (parent.jobs.some((job) => job instanceof Test && job.name === name)) {
        throw new Error(`There are two tests "${name}" in "${parent.fullName}"`);
    }
    if (typeof run !== "function" && !config.todo && !config.skip) {
        throw new Error(`The test "${name}" has no function`);
    }
    const test = new Test(parent, name, config, run);
    parent.jobs.push(test);
    return test;
}

/** Group tests: `describe("name", () => { test(...) })`; modifiers `only`, `skip`, `todo`, `debug`, `tags(...)`. */
export const describe = withModifiers(defineSuite);
/** Define a test: `test("name", async () => { ... })`; modifiers as those of `describe`, and `timeout(ms)`. */
export const test = withModifiers(defineTest);

// what a file says of all its tests
const currentConfig = {
    tags: (...names) => {
        currentSuite().config.tags.push(...tagNames(names));
        return currentConfig;
    },
    timeout: (timeout) => {
        currentSuite().config.timeout = timeout;
        return currentConfig;
    },
    config: (config) => {
        Object.assign(currentSuite().config, config);
        return currentConfig;
    },
};
for (const name of ["only", "skip", "todo", "debug"]) {
    const apply = () => {
        currentSuite().config[name] = true;
        return currentConfig;
    };
    currentConfig[name] = apply;
}
describe.current = currentConfig;

/** Tags that tests may have, by name; others are known when they are used. */
export const knownTags = new Map();

/** @param {...{name: string, exclude?: string[], before?: Function}} tags */
export function defineTags(...tags) {
    tags.forEach((tag) => knownTags.set(tag.name, tag));
}
