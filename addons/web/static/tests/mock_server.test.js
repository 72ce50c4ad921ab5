/** The server of tests. */

import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { rpc } from "@web/core/network/rpc";
import { user } from "@web/core/user";
import {
    authenticate,
    Command,
    defineModels,
    defineParams,
    defineWebModels,
    fields,
    getKwArgs,
    getService,
    installLanguages,
    logout,
    makeKwArgs,
    makeMockEnv,
    makeServerError,
    MockServer,
    models,
    onRpc,
    patchTranslations,
    patchWithCleanup,
    serverState,
    stepAllNetworkCalls,
    unmakeKwArgs,
    withUser,
} from "@web/../tests/web_test_helpers";
import { _t } from "@web/core/l10n/translation";

class Team extends models.Model {
    _name = "team";
    _order = "name";
    name = fields.Char({ required: true });
    fold = fields.Boolean();
    member_ids = fields.One2many({ relation: "member", relation_field: "team_id" });

    _records = [
        { id: 1, name: "Red" },
        { id: 2, name: "Blue", fold: true },
    ];
    _views = { "list,7": `<list><field name="name"/></list>` };
}

class Member extends models.Model {
    _name = "member";
    name = fields.Char();
    active = fields.Boolean({ default: true });
    score = fields.Integer();
    born = fields.Date();
    kind = fields.Selection({
        selection: [
            ["a", "Anna"],
            ["b", "Ben"],
        ],
    });
    team_id = fields.Many2one({ relation: "team" });
    team_name = fields.Char({ related: "team_id.name" });
    double = fields.Integer({
        compute() {
            for (const member of this) {
                member.double = member.score * 2;
            }
        },
    });

    _records = [
        { id: 1, name: "Dana", score: 3, team_id: 1, born: "2000-01-15", kind: "a" },
        { id: 2, name: "Omar", score: 4, team_id: 1, born: "2000-03-01", kind: "b" },
        { id: 3, name: "Yuki", score: 5, team_id: 2, born: "2000-03-20" },
        { id: 4, name: "Gone", active: false },
    ];
    _onChanges = {
        name(member) {
            member.score = member.name.length;
        },
    };

    greet(ids, kwargs) {
        return `${kwargs.word} ${this.browse(ids)[0].name}`;
    }
}

defineModels([Team, Member]);

const call = (model, method, args = [], kwargs = {}) => getService("orm").call(model, method, args, kwargs);

beforeEach(() => makeMockEnv());

describe("S84: methods", () => {
    test("search and read", async () => {
        expect(await call("member", "search", [[["score", ">", 3]]])).toEqual([2, 3]);
        expect(await call("member", "search_count", [[["team_id.name", "=", "Red"]]])).toBe(2);
        expect(await call("member", "search", [[["team_id", "ilike", "re"]]], { limit: 1, offset: 1 })).toEqual([2]);
        expect(await call("team", "search", [[]])).toEqual([2, 1]);
        expect(await call("team", "search", [[["member_ids.name", "=", "Yuki"]]])).toEqual([2]);
        expect(await call("member", "read", [[1], ["name", "team_id", "team_name", "double"]])).toEqual([
            { id: 1, name: "Dana", team_id: [1, "Red"], team_name: "Red", double: 6 },
        ]);
        expect(await call("member", "search", [[]], { context: { active_test: false } })).toHaveLength(4);
        expect(await call("team", "name_search", ["bl"])).toEqual([[2, "Blue"]]);
        expect(await call("team", "name_create", ["Green"])).toEqual([3, "Green"]);
    });

    test("create, write, unlink and copy", async () => {
        const [id] = await call("team", "create", [[{ name: "New", member_ids: [Command.create({ name: "Kim" })] }]]);
        expect(await call("member", "search_read", [[["team_id", "=", id]], ["name"]])).toEqual([
            { id: 5, name: "Kim" },
        ]);
        await call("team", "write", [[id], { member_ids: [Command.link(3), Command.delete(5)] }]);
        expect(MockServer.env["member"].browse([3])[0].team_id).toBe(id);
        const [copied] = await call("team", "copy", [[1]]);
        expect(MockServer.env["team"].browse([copied])[0].name).toBe("Red (copy)");
        await call("team", "unlink", [[id]]);
        expect(MockServer.env["member"].browse([3])[0].team_id).toBe(false);
        await call("member", "action_archive", [[1]]);
        expect(await call("member", "search", [[]])).toEqual([2, 3]);
        await expect(call("team", "read", [[99]])).rejects.toThrow(/no record 99 of team/);
    });

    test("what views ask for", async () => {
        const specification = { name: {}, team_id: { fields: { display_name: {} } } };
        expect(await call("member", "web_search_read", [], { domain: [["id", "=", 1]], specification })).toEqual({
            length: 1,
            records: [{ id: 1, name: "Dana", team_id: { id: 1, display_name: "Red" } }],
        });
        const members = { member_ids: { fields: { name: {} }, limit: 1 } };
        expect(await call("team", "web_read", [[1]], { specification: members })).toEqual([
            { id: 1, member_ids: [{ id: 1, name: "Dana" }, { id: 2 }] },
        ]);
        const [saved] = await call("member", "web_save", [[], { name: "Lee" }], { specification: { name: {} } });
        expect(saved).toEqual({ id: 5, name: "Lee" });
        const spec = { name: {}, score: {}, kind: {} };
        expect((await call("member", "onchange", [[], {}, [], spec])).value).toEqual(
            { name: false, score: 0, kind: false },
            {}
        );
        expect((await call("member", "onchange", [[1], { name: "Danae" }, ["name"], spec])).value).toEqual({
            score: 5,
        });
        const { views, models: described } = await call("team", "get_views", [], { views: [[7, "list"]] });
        expect(views.list.arch).toBe(`<list><field name="name"/></list>`);
        expect(described.team.fields.name).toMatchObject({ type: "char", string: "Name", required: true });
    });

    test("groups", async () => {
        const { groups, length } = await call("member", "web_read_group", [], {
            domain: [],
            fields: ["score:sum"],
            groupby: ["team_id"],
        });
        expect(length).toBe(3);
        expect(groups[0]).toMatchObject({ team_id: [2, "Blue"], team_id_count: 1, score: 5, __fold: true });
        const months = await call("member", "read_group", [[["born", "!=", false]], ["score"], ["born:month"]]);
        expect(months.map((group) => [group["born:month"], group.__count])).toEqual([
            ["January 2000", 1],
            ["March 2000", 2],
        ]);
        expect(months[1].__range["born:month"]).toEqual({ from: "2000-03-01", to: "2000-04-01" });
        expect(
            await call("member", "read_progress_bar", [], {
                domain: [["team_id", "!=", false]],
                group_by: "team_id",
                progress_bar: { field: "kind", colors: { a: "success", b: "danger" } },
            })
        ).toEqual({ 1: { a: 1, b: 1 }, 2: { a: 0, b: 0 } });
    });

    test("choices of the search panel, and methods of the class", async () => {
        const range = await call("member", "search_panel_select_range", ["team_id"], { enable_counters: true });
        expect(range.values.map((value) => [value.display_name, value.__count])).toEqual([
            ["Blue", 1],
            ["Red", 2],
        ]);
        expect(await call("member", "greet", [[1]], { word: "Hello" })).toBe("Hello Dana");
    });
});

describe("S83: handlers", () => {
    test("the last one first; one that answers nothing leaves it to the next", async () => {
        onRpc("member", "search", () => [7]);
        onRpc("search", ({ model, args }) => {
            expect.step([model, args]);
        });
        expect(await call("member", "search", [[]])).toEqual([7]);
        expect(await call("team", "search", [[]])).toEqual([2, 1]);
        expect.verifySteps([
            ["member", [[]]],
            ["team", [[]]],
        ]);
        onRpc("member", ["search", "search_count"], async ({ parent }) => [...[await parent()].flat(), 8]);
        expect(await call("member", "search", [[]])).toEqual([7, 8]);
        expect.verifySteps([["member", [[]]]]);
    });

    test("routes, their parts, and answers as they are", async () => {
        onRpc("/shop/<int:id>/price", async (request, { id }) => {
            const { params } = await request.json();
            return { id, ...params };
        });
        expect(await rpc("/shop/3/price", { tax: true })).toEqual({ id: "3", tax: true });
        onRpc("/plain", () => "text", { pure: true });
        const { fetch } = await import("@web/core/browser/browser").then(({ browser }) => browser);
        expect(await (await fetch("/plain")).text()).toBe("text");
    });

    test("S88: what nobody defined is an error, and answers are copies", async () => {
        await expect(rpc("/nowhere")).rejects.toThrow(/nowhere/);
        await expect(call("ghost", "search", [[]])).rejects.toThrow(/ghost/);
        await expect(call("member", "unknown", [[1]])).rejects.toThrow(/unknown/);
        const kept = { list: [1] };
        onRpc("member", "kept", () => kept);
        const answer = await call("member", "kept");
        answer.list.push(2);
        expect(kept).toEqual({ list: [1] });
    });

    test("errors of the server, steps of all calls, arguments by name", async () => {
        onRpc("member", "unlink", () => {
            throw makeServerError({ type: "ValidationError", message: "not this one" });
        });
        const error = await call("member", "unlink", [[1]]).catch((reason) => reason);
        expect(error).toMatchObject({ exceptionName: "odoo.exceptions.ValidationError", message: "not this one" });
        stepAllNetworkCalls();
        await call("team", "search", [[]]);
        expect.verifySteps(["search"]);
        const kwargs = makeKwArgs({ b: 2 });
        expect(getKwArgs([1, kwargs], "a", "b")).toEqual({ a: 1, b: 2 });
        expect(unmakeKwArgs(kwargs)).toEqual({ b: 2 });
    });
});

describe("S82: the state of the server", () => {
    test("users", async () => {
        defineWebModels();
        expect(user.userId).toBe(7);
        expect(MockServer.env.user.login).toBe("admin");
        await withUser(8, () => expect(user.userId).toBe(8));
        logout();
        expect(user.userId).toBe(serverState.publicUserId);
        authenticate("admin", "admin");
        expect(user.userId).toBe(7);
        expect(() => authenticate("admin", "wrong")).toThrow("Access Denied");
        expect(() => (serverState.nothing = 1)).toThrow(/nothing that the state/);
    });

    test("languages, terms and patches", async () => {
        patchTranslations({ Hello: "Salut" });
        expect(_t("Hello").toString()).toBe("Salut");
        installLanguages({ en_US: "English", fr_FR: "French" });
        expect(await call("res.lang", "get_installed")).toEqual([
            ["en_US", "English"],
            ["fr_FR", "French"],
        ]);
        serverState.lang = "fr_FR";
        expect(user.context.lang).toBe("fr_FR");
        defineParams({ lang_parameters: { decimal_point: "," } });
        const thing = { name: () => "one" };
        patchWithCleanup(thing, {
            name() {
                return `${super.name()} more`;
            },
        });
        expect(thing.name()).toBe("one more");
    });
});
