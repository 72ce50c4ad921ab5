/** @odoo-module alias=@web/../tests/helpers/mock_server */

/** The server of a test, as these suites describe it: models, views, actions and menus in one object. */

import { registry } from "@web/core/registry";
import {
    defineModels,
    defineParams,
    fields,
    getKwArgs,
    makeMockServer as startServer,
    models,
    onRpc,
} from "../../web_test_helpers";

/** Answers that addons give in all tests: functions `(route, args) => value`, by method, model and method, or route. */
const answers = registry.category("mock_server");

/** `{"partner,1,list": "<list/>"}` -> `{"list,1": "<list/>"}`, those of a model. */
function viewsOf(name, archs = {}) {
    const own = Object.entries(archs).filter(([key]) => key.split(",")[0] === name);
    const keyOf = (key) => {
        const [, id, type] = key.split(",");
        return `${type === "tree" ? "list" : type},${id}`;
    };
    return Object.fromEntries(own.map(([key, arch]) => [keyOf(key), arch]));
}

/** A class of the mock server. */
function modelClass(name, { fields: described = {}, records = [], onchanges = {}, methods = {} }, archs) {
    class DescribedModel extends models.Model {
        _name = name;
        _records = structuredClone(records);
        _onChanges = { ...onchanges };
        _views = viewsOf(name, archs);

        constructor() {
            super();
            for (const [key, field] of Object.entries(described)) {
                this[key] = fields.Generic(field);
            }
        }

        /** Archs of these suites may name fields that nobody described: nothing is read of them. */
        read(...args) {
            const { ids, fields: names, load } = getKwArgs(args, "ids", "fields", "load");
            return super.read(
                ids,
                names?.filter((key) => key in this._fields),
                load
            );
        }
    }
    for (const [key, method] of Object.entries(methods)) {
        DescribedModel.prototype[key] = function (...args) {
            const kwargs = args.pop();
            return method.call(this, name, args, kwargs);
        };
    }
    return DescribedModel;
}

/** Ask a function of these suites, which answers everything that nobody else does by `undefined`. */
function answerWith(callback) {
    onRpc(({ args, kwargs, model, method, route, parent }) =>
        callback(route, { args, kwargs, model, method }, () => parent())
    );
    onRpc("/*", async (request) => {
        const { pathname } = new URL(request.url);
        const body = await request
            .clone()
            .json()
            .catch(() => null);
        const isMethod = pathname.startsWith("/web/dataset/call_");
        return body?.jsonrpc && !isMethod ? callback(pathname, body.params || {}) : undefined;
    });
}

function answerOfAddons(route, args) {
    const names = args.method ? [`${args.model}/${args.method}`, args.method] : [route];
    const name = names.find((key) => answers.contains(key));
    return name && answers.get(name)(route, args);
}

/**
 * Start the mock server with what a test says.
 *
 * @param {{models?: Object, views?: Object, actions?: Object, menus?: Object}} [serverData] models by name, each with
 *  `fields`, `records`, `onchanges` and `methods`; archs by `"model,id,type"`; actions and menus by their ids
 * @param {(route: string, args: Object, perform?: () => Promise<any>) => any} [mockRPC] is asked first; what it answers
 *  by `undefined` is left to the models
 */
export async function makeMockServer(serverData = {}, mockRPC = undefined) {
    const { models: described = {}, views, actions = {}, menus } = serverData;
    defineModels(Object.entries(described).map(([name, model]) => modelClass(name, model, views)));
    defineParams({ actions: Object.values(actions), ...(menus && { menus: Object.values(menus) }) });
    answerWith(answerOfAddons);
    if (mockRPC) {
        answerWith(mockRPC);
    }
    return startServer();
}
