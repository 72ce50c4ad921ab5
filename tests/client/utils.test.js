/** Small helpers of the client. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { localization } from "@web/core/l10n/localization";
import { areDatesEqual, deserializeDate, deserializeDateTime, serializeDateTime } from "@web/core/l10n/dates";
import { makeErrorFromResponse, RPCError } from "@web/core/network/rpc";
import { x2ManyCommands } from "@web/core/orm_service";
import * as arrays from "@web/core/utils/arrays";
import { checkFileSize } from "@web/core/utils/files";
import { memoize } from "@web/core/utils/functions";
import { formatFloat, insertThousandsSep } from "@web/core/utils/numbers";
import { omit, pick } from "@web/core/utils/objects";
import { withComputedProperties } from "@web/core/utils/reactive";
import { batched } from "@web/core/utils/timing";
import { getNextTabableElement, getPreviousTabableElement } from "@web/core/utils/ui";
import { objectToUrlEncodedString, RedirectionError, redirect, url } from "@web/core/utils/urls";
import { append, createElement, extractAttributes, serializeXML } from "@web/core/utils/xml";
import { reactive } from "@odoo/owl";

beforeEach(() => {
    Object.assign(localization, { decimalPoint: ".", grouping: [3, 0], thousandsSep: "," });
});

describe("functions", () => {
    test("results are remembered by the first argument", () => {
        const square = vi.fn((x) => x * x);
        const fast = memoize(square);
        expect([fast(3), fast(3, "else"), fast(4)]).toEqual([9, 9, 16]);
        expect(square).toHaveBeenCalledTimes(2);
    });

    test("a burst of calls is one call, with what the first one gave", async () => {
        const callback = vi.fn();
        const soon = batched(callback);
        const first = soon("a");
        soon("b");
        expect(callback).not.toHaveBeenCalled();
        await first;
        await soon("c");
        expect(callback.mock.calls).toEqual([["a"], ["c"]]);
    });

    test("computed properties follow what they read", () => {
        const source = reactive({ count: 1 });
        const target = withComputedProperties(reactive({}), [source], { double: ({ count }) => 2 * count });
        expect(target.double).toBe(2);
        source.count = 4;
        expect(target.double).toBe(8);
    });
});

describe("numbers", () => {
    test.each([
        ["1234567", ",", [3, 0], "1,234,567"],
        ["-123", ",", [3, 0], "-123"],
        ["-1234", ".", [3, 0], "-1.234"],
        ["1234567", ",", [3, 2, 0], "12,34,567"],
        ["1234", ",", [], "1234"],
    ])("%s with %s in groups of %j", (digits, separator, grouping, text) => {
        expect(insertThousandsSep(digits, separator, grouping)).toBe(text);
    });

    test("decimals and separators are those of the language", () => {
        Object.assign(localization, { decimalPoint: ",", thousandsSep: "." });
        expect(formatFloat(-1234.005, { digits: [16, 2] })).toBe("-1.234,01");
        expect(formatFloat(1200, { noTrailingZeros: true })).toBe("1.200");
    });
});

describe("lists and objects", () => {
    test("some keys or all but some", () => {
        expect(pick({ a: 1, b: 2, c: undefined }, "a", "c", "z")).toEqual({ a: 1, c: undefined });
        expect(omit({ a: 1, b: 2 }, "b")).toEqual({ a: 1 });
    });

    test("what is in one list only", () => {
        expect(arrays.symmetricalDifference([1, 2, 3], [3, 4])).toEqual([1, 2, 4]);
    });

    test("commands of lines", () => {
        expect(x2ManyCommands.create(0, { id: 4, name: "a" })).toEqual([0, false, { name: "a" }]);
        expect(x2ManyCommands.update(7, { id: 7, name: "b" })).toEqual([1, 7, { name: "b" }]);
        expect(x2ManyCommands.set([1, 2])).toEqual([x2ManyCommands.SET, false, [1, 2]]);
        for (const name of ["delete", "unlink", "link"]) {
            expect(x2ManyCommands[name](5)).toEqual([x2ManyCommands[name.toUpperCase()], 5, false]);
        }
        expect(x2ManyCommands.clear()).toEqual([x2ManyCommands.CLEAR, false, false]);
    });
});

describe("dates", () => {
    const noon = deserializeDateTime("2024-03-01 12:00:00");

    test("are equal when they are the same moment, one by one", () => {
        const elsewhere = noon.setZone("Asia/Tokyo");
        expect(areDatesEqual(noon, elsewhere)).toBe(true);
        expect(areDatesEqual([noon, false], [elsewhere, false])).toBe(true);
        expect(areDatesEqual([noon, noon], noon)).toBe(false);
        expect(areDatesEqual(noon, false)).toBe(false);
        expect(areDatesEqual(noon, noon.plus({ seconds: 1 }))).toBe(false);
    });

    test("come from the server's texts and become such again", () => {
        expect(serializeDateTime(noon)).toBe("2024-03-01 12:00:00");
        expect(deserializeDateTime("2024-03-01 12:00:00", { tz: "Asia/Tokyo" }).hour).toBe(21);
        expect(deserializeDate("2024-03-01").toISODate()).toBe("2024-03-01");
    });
});

describe("XML", () => {
    test("elements from attributes and children in any order", () => {
        const el = createElement("a", { id: "x" }, [createElement("b"), false], { class: "y" });
        expect(serializeXML(append(el, createElement("c")))).toBe('<a id="x" class="y"><b/><c/></a>');
    });

    test("attributes are taken away", () => {
        const el = createElement("a", { id: "x", name: "n" });
        expect(extractAttributes(el, ["id", "class"])).toEqual({ id: "x", class: "" });
        expect(serializeXML(el)).toBe('<a name="n"/>');
    });
});

describe("addresses", () => {
    test("queries are encoded, empty values keep their key", () => {
        expect(objectToUrlEncodedString({ a: "x y&z", b: null, "c d": 1 })).toBe("a=x%20y%26z&b=&c%20d=1");
        expect(url("/a", { b: 2 }, { origin: "http://h/" })).toBe("http://h/a?b=2");
    });

    test("nobody is sent to another origin", () => {
        expect(() => redirect("https://elsewhere.example/")).toThrow(RedirectionError);
    });
});

describe("files", () => {
    test("too large ones are told", () => {
        const add = vi.fn();
        expect(checkFileSize(10, { add })).toBe(true);
        expect(add).not.toHaveBeenCalled();
        expect(checkFileSize(1e9, { add })).toBe(false);
        expect(String(add.mock.lastCall[0])).toContain("1GB");
        expect(add.mock.lastCall[1]).toEqual({ type: "danger" });
    });
});

test("errors of the server keep what it said", () => {
    const error = makeErrorFromResponse({
        code: 200,
        message: "Server Error",
        type: "server",
        data: { name: "odoo.exceptions.UserError", message: "No" },
    });
    expect(error).toBeInstanceOf(RPCError);
    expect(error).toMatchObject({
        code: 200,
        data: { message: "No" },
        exceptionName: "odoo.exceptions.UserError",
        message: "Server Error",
        name: "RPC_ERROR",
        subType: "server",
        type: "server",
    });
});

test("the keyboard goes from one element to the next", () => {
    const box = document.body.appendChild(document.createElement("div"));
    box.innerHTML = `<button>a</button><button disabled="">b</button><a href="#">c</a>`;
    const [a, , c] = box.children;
    expect([getNextTabableElement(box), getPreviousTabableElement(box)]).toEqual([a, c]);
    a.focus();
    expect([getNextTabableElement(box), getPreviousTabableElement(box)]).toEqual([c, null]);
    box.remove();
});
