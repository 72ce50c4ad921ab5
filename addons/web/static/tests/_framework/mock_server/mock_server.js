/** The server of tests: models in memory, and handlers of calls that tests define. */

import { after, scopeCollect, scopePush } from "../hoot/core";
import { expect } from "../hoot/expect";
import { realFetch } from "../hoot/network";
import { serverState } from "../mock_server_state";
import { makeServerError, MockServerError } from "./mock_errors";
import { makeKwArgs } from "./mock_kwargs";
import { Model } from "./mock_model";
import { webModels } from "./mock_models";

const MODELS = "mock models";
const HANDLERS = "mock handlers";
const PARAMS = "mock params";
/** What the page itself asks for, which is there. */
const FILES = /^\/(web\/(bundle|npm|assets)|[\w]+\/static)\//;
const CALL = /^\/web\/dataset\/call_(kw|button)(\/|$)/;

const copy = (value) => (value === undefined ? value : JSON.parse(JSON.stringify(value)));

/** Models by name, and who asks. */
class MockEnv {
    constructor(server) {
        this.server = server;
        this.models = {};
        this.context = {};
        return new Proxy(this, {
            get: (env, key) => {
                if (key in env || typeof key === "symbol") {
                    return Reflect.get(env, key);
                }
                return key === "then" ? undefined : env.model(key);
            },
        });
    }

    has(name) {
        return name in this.models;
    }

    model(name) {
        if (!this.has(name)) {
            throw new Error(`The mock server has no model "${name}": a test defines it with defineModels()`);
        }
        return this.models[name];
    }

    get uid() {
        return serverState.userId;
    }

    get user() {
        return this.has("res.users") ? this.models["res.users"].browse([this.uid])[0] : undefined;
    }

    get companies() {
        return serverState.companies;
    }

    get company() {
        return serverState.companies[0];
    }

    get lang() {
        return serverState.lang;
    }

    get cookie() {
        return {};
    }
}

/** Server of one test. */
export class MockServer {
    /** @type {MockServer|null} */
    static current = null;

    static get env() {
        return MockServer.current?.env;
    }

    constructor() {
        this.env = new MockEnv(this);
        this.params = Object.assign({ actions: [], menus: [], embedded_actions: [] }, ...scopeCollect(PARAMS));
        for (const key of ["actions", "menus", "embedded_actions"]) {
            this.params[key] = scopeCollect(PARAMS).flatMap((params) => params[key] || []);
        }
        this.addModels(scopeCollect(MODELS));
    }

    /** Put models together from classes; those of base come along where a relation needs them. */
    addModels(classes) {
        const byName = new Map();
        const add = (cls) => {
            const name = cls.getModelName();
            const known = byName.get(name) || [];
            if (!known.includes(cls)) {
                byName.set(name, [...known, cls]);
            }
        };
        const base = new Map(Object.values(webModels).map((cls) => [cls.getModelName(), cls]));
        ["res.users", "res.partner", "res.company", "res.groups", "res.currency", "res.country"].forEach((name) => {
            const own = classes.filter((cls) => cls.getModelName() === name);
            if (!own.some((cls) => new cls()._name && !new cls()._inherit)) {
                add(base.get(name));
            }
        });
        classes.forEach(add);
        const made = [];
        for (const [name, own] of byName) {
            this.env.models[name] = Model.assemble(name, own, this.env);
            made.push(this.env.models[name]);
        }
        made.forEach((model) => model._addRecords());
        made.forEach((model) => model._fillRecords());
        return made;
    }

    /** Answer a request of the page. @returns {Promise<Response>} */
    async fetch(input, init = {}) {
        const request = new Request(new URL(input instanceof Request ? input.url : input, location.origin), init);
        const url = new URL(request.url);
        const body = init.body && typeof init.body === "string" ? parse(init.body) : undefined;
        const isRpc = body?.jsonrpc;
        try {
            const result = await this.answer(url, request, body, init);
            if (result instanceof Response) {
                return result;
            }
            return json(isRpc ? { id: body.id, jsonrpc: "2.0", result: copy(result ?? null) } : result);
        } catch (error) {
            if (!isRpc || !(error instanceof MockServerError)) {
                throw error;
            }
            const { code, data, message } = error;
            return json({ id: body.id, jsonrpc: "2.0", error: { code, data, message: message || "Server Error" } });
        }
    }

    async answer(url, request, body, init) {
        const { pathname } = url;
        const params = copy(body?.params) || {};
        const isCall = CALL.test(pathname);
        const handlers = [...scopeCollect(HANDLERS)].reverse().filter((handler) => handler.accepts(pathname, params));
        const proceed = async (index) => {
            const handler = handlers[index];
            if (!handler) {
                return isCall ? this.call(params) : this.route(pathname, params, request);
            }
            const result = await this.handle(handler, { isCall, params, request, url, init }, () => proceed(index + 1));
            if (result === undefined && !handler.options.final) {
                return proceed(index + 1);
            }
            if (handler.isRoute && handler.options.pure && !(result instanceof Response)) {
                return typeof result === "object" ? json(result) : new Response(result);
            }
            return result ?? null;
        };
        return proceed(0);
    }

    handle(handler, { isCall, params, request, url }, parent) {
        const { callback, isRoute } = handler;
        this.env.context = params.kwargs?.context || params.context || {};
        if (isRoute) {
            return callback.call(this.env, request, handler.matchOf(url.pathname));
        }
        const { args = [], kwargs = {}, model, method } = params;
        const details = { args, kwargs, model, method, parent, request, route: url.pathname };
        return isCall ? callback.call(this.env, details) : undefined;
    }

    /** Call a method of a model. */
    call({ model: name, method, args = [], kwargs = {} }) {
        const model = this.env.model(name);
        if (typeof model[method] !== "function" || method.startsWith("_")) {
            throw new Error(`The mock server has no method "${method}" of "${name}": a test defines it with onRpc()`);
        }
        this.env.context = kwargs.context || {};
        const named = makeKwArgs({ ...kwargs });
        return model[method](...args, named);
    }

    /** Answer what no handler did. */
    async route(pathname, params, request) {
        if (FILES.test(pathname)) {
            return realFetch(request);
        }
        const found = ROUTES.find(([pattern]) => pattern.test(pathname));
        if (!found) {
            throw new Error(`Nothing answers ${pathname} in this test: it defines that with onRpc()`);
        }
        return found[1].call(this, params, pathname);
    }

    findAction(id) {
        const isWanted = (action) => [action.id, action.xml_id, action.path].some((key) => key && `${key}` === `${id}`);
        const action = this.params.actions.find(isWanted);
        if (!action) {
            throw makeServerError({
                type: "odoo.addons.web.controllers.action.MissingActionError",
                message: `The action ${JSON.stringify(id)} does not exist`,
            });
        }
        return action;
    }

    /** Menus as the client wants them: by id, with the root. */
    menus() {
        const list = this.params.menus.length ? this.params.menus : [{ id: 1, children: [], name: "App0", appID: 1 }];
        const { root, ...apps } = Object.fromEntries(list.map((menu) => [menu.id, { children: [], ...menu }]));
        const nested = new Set(
            Object.values(apps).flatMap(({ children }) => children.map((child) => child.id ?? child))
        );
        const children = Object.values(apps)
            .map(({ id }) => id)
            .filter((id) => !nested.has(id));
        return { ...apps, root: root || { id: "root", children, name: "root", appID: "root" } };
    }
}

function parse(text) {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

function json(value) {
    const text = JSON.stringify(value ?? null);
    const response = new Response(text, { headers: { "Content-Type": "application/json" } });
    // without the tasks that browsers read with: what follows from an action has happened by the next picture
    return Object.assign(response, { json: async () => JSON.parse(text), text: async () => text });
}

/** Answers to what the client itself asks for. */
const ROUTES = [
    [
        /^\/web\/action\/load$/,
        function ({ action_id }) {
            return this.findAction(action_id);
        },
    ],
    [
        /^\/web\/action\/load_breadcrumbs$/,
        function ({ actions }) {
            return actions.map(({ action, resId, model }) => {
                const found = action && this.params.actions.find((other) => `${other.id}` === `${action}`);
                const name = found?.res_model || model;
                const record = resId && name && this.env.has(name) && this.env.model(name).displayName(resId);
                return { display_name: record || found?.name || "" };
            });
        },
    ],
    [
        /^\/web\/dataset\/resequence$/,
        function ({ model, ids, field = "sequence", offset = 0 }) {
            ids.forEach((id, index) => this.env.model(model).write([id], { [field]: index + offset }));
            return true;
        },
    ],
    [
        /^\/web\/webclient\/load_menus/,
        function () {
            return json(this.menus());
        },
    ],
    [
        /^\/web\/webclient\/translations/,
        function () {
            return json({
                lang: serverState.lang,
                lang_parameters: {
                    date_format: "%m/%d/%Y",
                    decimal_point: ".",
                    direction: "ltr",
                    grouping: "[3,0]",
                    thousands_sep: ",",
                    time_format: "%H:%M:%S",
                    short_time_format: "%H:%M",
                    week_start: 7,
                    ...this.params.lang_parameters,
                },
                modules: { web: { messages: this.params.translations || [] } },
                multi_lang: serverState.multiLang,
            });
        },
    ],
    [/^\/web\/webclient\/version_info$/, () => ({ server_version: serverState.serverVersion.join(".") })],
    [/^\/web\/session\/(account|destroy|check|modules)$/, () => null],
    [/^\/web\/(image|content)\b/, () => new Response(new Blob([]), { headers: { "Content-Type": "image/png" } })],
    [/^\/web\/static\//, (_params, pathname) => realFetch(pathname)],
];

// --- what tests say --------------------------------------------------------------------------------------------------

/** Start the server of this test unless it runs. @returns {Promise<MockServer>} */
export async function makeMockServer() {
    if (!MockServer.current) {
        MockServer.current = new MockServer();
        after(() => (MockServer.current = null));
    }
    return MockServer.current;
}

/** @param {Object|(typeof Model)[]} models classes, in a list or by any names @returns {Object[]} the classes */
export function defineModels(models) {
    const classes = Object.values(models);
    for (const cls of classes) {
        if (!(cls.prototype instanceof Model)) {
            throw new Error(`defineModels() takes classes that extend models.Model, not ${cls?.name || cls}`);
        }
    }
    classes.forEach((cls) => scopePush(MODELS, cls));
    MockServer.current?.addModels(classes);
    return models;
}

/** Define the models of base. */
export function defineWebModels() {
    return defineModels(webModels);
}

/** @param {{actions?: Object[], menus?: Object[], translations?: Object[], lang_parameters?: Object}} params */
export function defineParams(params) {
    scopePush(PARAMS, params);
    if (MockServer.current) {
        for (const [key, value] of Object.entries(params)) {
            const known = MockServer.current.params[key];
            MockServer.current.params[key] = Array.isArray(known) ? [...known, ...value] : value;
        }
    }
    return params;
}

export const defineActions = (actions) => defineParams({ actions }).actions;
export const defineEmbeddedActions = (embedded_actions) => defineParams({ embedded_actions }).embedded_actions;
export const defineMenus = (menus) => defineParams({ menus }).menus;

/** `/web/image/<model>/<id>`, or with stars, to a pattern. */
function routePattern(route) {
    const source = route
        .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
        .replace(/<(?:\w+:)?(\w+)>/g, "(?<$1>[^/]+)")
        .replace(/\/:(\w+)/g, "/(?<$1>[^/]+)")
        .replace(/\*/g, ".*");
    return new RegExp(`^${source}$`);
}

const isAny = (names, name) => names.some((wanted) => wanted === "*" || wanted === name);

/**
 * Answer calls: `onRpc(callback)`, `onRpc(methods, callback)`, `onRpc(models, methods, callback)` or
 * `onRpc(route, callback, { pure })`. Handlers are asked the last one first; one that returns nothing leaves the call
 * to the next.
 *
 * @param {...any} args
 */
export function onRpc(...args) {
    const index = args.findIndex((arg) => typeof arg === "function");
    const [names, callback, options = {}] = [args.slice(0, index), args[index], args[index + 1]];
    if (index < 0) {
        throw new Error("onRpc() needs a function that answers");
    }
    const isRoute = names.length === 1 && typeof names[0] === "string" && /^(\/|https?:)/.test(names[0]);
    if (isRoute) {
        const pattern = routePattern(names[0]);
        scopePush(HANDLERS, {
            isRoute,
            callback,
            options,
            accepts: (pathname) => pattern.test(pathname),
            matchOf: (pathname) => ({ ...pattern.exec(pathname)?.groups }),
        });
        return;
    }
    const methods = [].concat(names.at(-1) ?? "*");
    const models = [].concat(names.length > 1 ? names[0] : "*");
    scopePush(HANDLERS, {
        isRoute,
        callback,
        options,
        accepts: (pathname, { model, method }) => CALL.test(pathname) && isAny(models, model) && isAny(methods, method),
    });
}

/** Note every call of a method and every route as a step. */
export function stepAllNetworkCalls() {
    onRpc(({ method }) => {
        expect.step(method);
    });
    const handler = { isRoute: true, options: {}, matchOf: () => ({}) };
    scopePush(HANDLERS, {
        ...handler,
        accepts: (pathname) => !CALL.test(pathname) && !FILES.test(pathname),
        callback: (request) => expect.step(new URL(request.url).pathname),
    });
}

/** Do something as another user. @param {number} userId @param {() => any} callback */
export async function withUser(userId, callback) {
    const before = serverState.userId;
    serverState.userId = userId;
    try {
        return await callback(MockServer.env?.user);
    } finally {
        serverState.userId = before;
    }
}

/** Log a user of the mock server in. @throws {MockServerError} there is none with this password */
export function authenticate(login, password) {
    const user = [...MockServer.env["res.users"]].find((other) => other.login === login && other.password === password);
    if (!user) {
        throw makeServerError({ type: "AccessDenied", message: "Access Denied" });
    }
    Object.assign(serverState, { userId: user.id, partnerId: user.partner_id });
}

/** Log the user out. */
export function logout() {
    const { publicUserId, publicPartnerId } = serverState;
    Object.assign(serverState, { userId: publicUserId, partnerId: publicPartnerId });
}
