/** Modules that come as one script. */

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import source from "@web/module_loader?raw";

let before;
let errors;

beforeEach(() => {
    before = globalThis.odoo;
    globalThis.odoo = {};
    errors = vi.spyOn(console, "error").mockImplementation(() => {});
    new Function(source)();
});

afterEach(() => {
    globalThis.odoo = before;
    vi.restoreAllMocks();
});

/** Define modules and run them: `{ "@a/x": [needed, factory] }`. */
function run(modules, aliases = {}, urls = {}) {
    for (const [name, [deps, factory]] of Object.entries(modules)) {
        odoo.define(name, deps, factory, true);
    }
    odoo.loader.run(Object.keys(modules), urls, aliases);
    return (name) => odoo.loader.modules.get(name);
}

describe("modules of a bundle", () => {
    test("run once, after what they need", () => {
        const order = [];
        const module = (name, ...deps) => [
            deps,
            (require, own, exports) => {
                deps.forEach(require);
                order.push(name);
                exports.name = name;
            },
        ];
        const get = run({
            "@a/one": module("one", "@a/two", "@a/three"),
            "@a/two": module("two", "@a/three"),
            "@a/three": module("three"),
        });
        expect(order).toEqual(["three", "two", "one"]);
        expect(get("@a/two")).toEqual({ name: "two" });
    });

    test("are found by each of their names", () => {
        const found = [];
        const spellings = ["@a/deep/file", "@a/deep/file.js", "/a/static/src/deep/file", "./deep/file", "other"];
        run(
            {
                "@a/deep/file": [[], (require, module, exports) => void (exports.here = true)],
                "@a/list/index": [[], (require, module, exports) => void (exports.list = true)],
                "@a/main": [[], (require) => void found.push(...spellings.map(require), require("@a/list"))],
            },
            { other: "@a/deep/file" }
        );
        expect(found).toEqual([...spellings.map(() => ({ here: true })), { list: true }]);
    });

    test("are where their name says, or where they are said to be", () => {
        const nothing = [[], () => {}];
        const modules = { "@a/x": nothing, "@a/../tests/y": nothing, library: nothing, "@l/z": nothing };
        run(modules, {}, { library: "/web/npm/library.mjs", "@l/z": "/web/npm/z.js" });
        expect(Object.fromEntries(odoo.loader.urls)).toEqual({
            "@a/x": "/a/static/src/x.js",
            "@a/../tests/y": "/a/static/tests/y.js",
            library: "/web/npm/library.mjs",
            "@l/z": "/web/npm/z.js",
        });
    });

    test("that need each other see what the other exports by then", () => {
        const get = run({
            "@a/one": [
                ["@a/two"],
                (require, module) => {
                    module.exports = { early: 1 };
                    module.exports.late = require("@a/two").seen;
                },
            ],
            "@a/two": [["@a/one"], (require, module) => void (module.exports = { seen: require("@a/one").early })],
        });
        expect(get("@a/one").late).toBe(1);
    });

    test("that fail are left out with those that need them", async () => {
        const get = run({
            "@a/wrong": [
                [],
                () => {
                    throw new Error("not today");
                },
            ],
            "@b/needs": [["@a/wrong"], (require) => void require("@a/wrong")],
            "@b/lost": [["@c/nowhere"], (require) => void require("@c/nowhere")],
            "@b/good": [[], (require, module, exports) => void (exports.works = true)],
        });
        expect(get("@b/good").works).toBe(true);
        expect([...odoo.loader.failed]).toEqual(["@a/wrong", "@b/needs", "@b/lost"]);
        const failures = await odoo.modulesImported;
        expect(failures.map(({ url }) => url.split("/")[1])).toEqual(["a", "b", "b"]);
        expect(failures[1].error.message).toContain("@b/needs needs @a/wrong");
        expect(failures[1].error.cause.message).toBe("not today");
        expect(failures[2].error.message).toContain("@c/nowhere");
        expect(errors).toHaveBeenCalledTimes(3);
    });

    test("of a later bundle use those that are there", async () => {
        const registry = { of: "the first bundle" };
        run({ "@a/registry": [[], () => registry] });
        const get = run({
            "@a/registry": [[], () => ({ of: "the second bundle" })],
            "@b/lazy": [["@a/registry"], (require) => ({ registry: require("@a/registry") })],
        });
        expect(get("@b/lazy").registry).toBe(registry);
        expect(await odoo.modulesImported).toEqual([]);
    });

    test("are announced", () => {
        const started = vi.fn();
        odoo.loader.bus.addEventListener("module-started", ({ detail }) => started(detail));
        run({ "@a/one": [[], () => "exported"] });
        expect(started).toHaveBeenCalledExactlyOnceWith({ moduleName: "@a/one", module: "exported" });
    });
});

describe("modules of plain scripts", () => {
    test("wait for what they need", () => {
        odoo.define("@b/legacy", ["@a/one"], (require) => `after ${require("@a/one")}`);
        expect(odoo.loader.modules.has("@b/legacy")).toBe(false);
        const get = run({ "@a/one": [[], () => "one"] });
        expect(get("@b/legacy")).toBe("after one");
    });

    test("run at once when nothing is missing", () => {
        odoo.define("plain", [], () => 5);
        expect(odoo.loader.modules.get("plain")).toBe(5);
    });

    test("have a name, needs and a function", () => {
        expect(() => odoo.define("@a/one", () => 5)).toThrow("@a/one");
    });
});

test("a second loader leaves the first one alone", () => {
    const { loader } = odoo;
    new Function(source)();
    expect(odoo.loader).toBe(loader);
});
