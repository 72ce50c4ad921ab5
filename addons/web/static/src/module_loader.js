/**
 * @odoo-module ignore
 *
 * Runs the modules of bundles, and those that plain scripts define. What another module needs runs before it; a module
 * that fails is left out, with those that need it.
 */
(function () {
    "use strict";

    const odoo = (globalThis.odoo = globalThis.odoo || {});
    if (odoo.loader) {
        return;
    }

    /** The address of a module without what differs between the ways to write it. */
    function stem(address) {
        return new URL(address, "http://host").pathname.replace(/\.js$/, "").replace(/\/index$/, "");
    }

    /** The address of a module of an addon: `@addon/views/x` is `/addon/static/src/views/x.js`. */
    function usualAddress(name) {
        const [, addon, rest] = /^@([^/]+)\/(.*)$/.exec(name) || ["", "", name];
        return new URL(`${addon}/static/src/${rest}.js`, "http://host").pathname;
    }

    class ModuleLoader {
        /** Announces `module-started` with `{ moduleName, module }`. */
        bus = new EventTarget();
        /** What makes a module, by its name: `{ deps, fn }`. */
        factories = new Map();
        /** Names of the modules that run as soon as all they need has run. */
        jobs = new Set();
        /** What modules export, by their name. */
        modules = new Map();
        /** Why a module is left out, by its name. */
        errors = new Map();
        /** Modules that run at this moment, by name: what they export so far. */
        running = new Map();
        /** Names of modules by their other names, and by where they are. */
        aliases = new Map();
        /** Addresses by name. */
        urls = new Map();

        /** Names of the modules that are left out. */
        get failed() {
            return new Set(this.errors.keys());
        }

        /**
         * Define a module; the first definition of a name counts.
         *
         * @param {string} name
         * @param {string[]} deps names of the modules it needs
         * @param {(require: (name: string) => any, module: object, exports: object) => any} factory returns what the
         *  module exports, or fills `exports`
         * @param {boolean} [lazy] wait until somebody needs it
         */
        define(name, deps, factory, lazy = false) {
            if (typeof name !== "string" || !Array.isArray(deps) || typeof factory !== "function") {
                throw new Error(`A module is defined by a name, a list of names and a function: ${name}`);
            }
            if (this.factories.has(name)) {
                return;
            }
            this.factories.set(name, { deps, fn: factory });
            if (!lazy) {
                this.jobs.add(name);
                this.startModules();
            }
        }

        /** Run the modules that waited for others, where these have run. */
        startModules() {
            for (let name = this.findJob(); name; name = this.findJob()) {
                this.attempt(name);
            }
        }

        /** @returns {string|undefined} a module that can run now */
        findJob() {
            return [...this.jobs].find((name) =>
                this.factories.get(name).deps.every((dep) => this.modules.has(this.resolve(dep, name)))
            );
        }

        /**
         * Run the modules of a bundle in their order.
         *
         * @param {string[]} names
         * @param {Record<string, string>} urls addresses by name, of those that are not where their name says
         * @param {Record<string, string>} aliases names by other names
         */
        run(names, urls, aliases) {
            for (const name of names) {
                const url = urls[name] || usualAddress(name);
                this.urls.set(name, url);
                this.aliases.set(stem(url), name);
                this.aliases.set(name.replace(/\/index$/, ""), name);
            }
            for (const [alias, name] of Object.entries(aliases)) {
                this.aliases.set(alias, name);
            }
            const failures = [];
            for (const name of names) {
                if (!this.attempt(name)) {
                    failures.push({ url: this.urls.get(name), error: this.errors.get(name) });
                }
            }
            this.startModules();
            for (const { url, error } of failures) {
                console.error(`The module ${url} is left out:`, error);
            }
            const earlier = odoo.modulesImported || [];
            odoo.modulesImported = Promise.resolve(earlier).then((others) => [...others, ...failures]);
        }

        /** @returns {boolean} whether a module has run, now or before */
        attempt(name) {
            try {
                this.require(name);
                return true;
            } catch (error) {
                this.errors.set(name, error);
                return false;
            } finally {
                this.jobs.delete(name);
            }
        }

        /** @returns {string} the name of a module, as another module writes it */
        resolve(written, from) {
            if (this.factories.has(written)) {
                return written;
            }
            const relative = /^\.?\.?\//.test(written);
            const base = `http://host${this.urls.get(from) || "/"}`;
            const key = relative ? stem(new URL(written, base).pathname) : written.replace(/\.js$/, "");
            return this.aliases.get(key) || key;
        }

        /** @returns {any} what a module exports; it runs if it has not yet */
        require(written, from) {
            const name = this.resolve(written, from);
            if (this.modules.has(name)) {
                return this.modules.get(name);
            }
            if (this.running.has(name)) {
                return this.running.get(name).exports;
            }
            if (this.errors.has(name)) {
                throw new Error(`${from || "The page"} needs ${name}, which is left out`, {
                    cause: this.errors.get(name),
                });
            }
            if (!this.factories.has(name)) {
                throw new Error(`There is no module ${written}${from ? `, which ${from} needs` : ""}`);
            }
            return this.startModule(name);
        }

        /** Run a module. @returns {any} what it exports */
        startModule(name) {
            const module = { exports: {} };
            this.running.set(name, module);
            try {
                const { fn } = this.factories.get(name);
                const returned = fn((written) => this.require(written, name), module, module.exports);
                this.modules.set(name, returned === undefined ? module.exports : returned);
            } catch (error) {
                this.errors.set(name, error);
                throw error;
            } finally {
                this.running.delete(name);
            }
            const detail = { moduleName: name, module: this.modules.get(name) };
            this.bus.dispatchEvent(new CustomEvent("module-started", { detail }));
            return detail.module;
        }
    }

    odoo.loader = new ModuleLoader();
    odoo.define = odoo.loader.define.bind(odoo.loader);
})();
