/** Records of the client: what they declare, what follows from changes, who is told. */
import { markup, reactive } from "@odoo/owl";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Registry } from "@web/core/registry";
import { AND, makeStore, OR, Record, Store } from "@mail/model/export";

let localRegistry;
const start = () => makeStore({ services: {} }, { localRegistry });

beforeEach(() => {
    localRegistry = new Registry();
    Store.register(localRegistry);
});

/** @param {typeof Record[]} classes */
function storeOf(...classes) {
    classes.forEach((Class) => Class.register(localRegistry));
    return start();
}

class Person extends Record {
    static id = "id";
    id;
    name = Record.attr("");
    team = Record.one("Team", { inverse: "people" });
    tags = Record.attr([]);
}
class Team extends Record {
    static id = AND("kind", "id");
    kind = Record.attr();
    id = Record.attr();
    people = Record.many("Person", { inverse: "team" });
    lead = Record.one("Person");
}

describe("C10 C13: models and their ids", () => {
    test("a record is found by its id, singly, in several parts, by either part, or as the only one", () => {
        class Draft extends Record {
            static id = OR("team", "person");
            team = Record.one("Team");
            person = Record.one("Person");
        }
        class Settings extends Record {}
        const store = storeOf(Person, Team, Draft, Settings);
        expect(store.Person.insert(5).localId).toBe("Person,5");
        expect(store.Team.insert({ kind: "a", id: 1 }).localId).toBe("Team,a AND 1");
        expect(store.Draft.insert({ team: { kind: "a", id: 1 } }).localId).toBe("Draft,(Team,a AND 1)");
        expect(store.Draft.insert({ person: 5 }).localId).toBe("Draft,(Person,5)");
        expect(store.Settings.insert({}).eq(store.Settings.insert({}))).toBe(true);
        expect(store.Person.get(5).eq(store.get("Person,5"))).toBe(true);
        expect(Object.keys(store.Person.records)).toEqual(["Person,5"]);
    });

    test("each store has records of its own", () => {
        const store = storeOf(Person, Team);
        store.Person.insert(1);
        expect(start().Person.get(1)).toBe(undefined);
    });

    test("names of models are told apart, relations lead to what there is", () => {
        class Other extends Record {
            static _name = "Person";
        }
        expect(() => storeOf(Person, Team, Other)).toThrow('two models with the name "Person"');
        localRegistry = new Registry();
        expect(() => storeOf(Person)).toThrow('leads to the model "Team"');
        localRegistry = new Registry();
        class Wrong extends Record {
            people = Record.many("Person", { inverse: "team" });
        }
        expect(() => storeOf(Person, Team, Wrong)).toThrow('leads to "Team"');
    });

    test("setup declares fields, too, and wins over the class", () => {
        class Thing extends Record {
            static id = "id";
            size = Record.attr(1);
            setup() {
                super.setup();
                this.size = Record.attr(2);
                this.plain = "yes";
            }
        }
        const store = storeOf(Thing);
        const thing = store.Thing.insert({ id: 1 });
        expect([thing.size, thing.plain]).toEqual([2, "yes"]);
        expect(store.Thing.insert({ id: 2, size: 3 }).size).toBe(3);
    });
});

describe("C14 C15 C16: inserting and relations", () => {
    test("both sides of a relation agree, by assignment, command and removal", () => {
        const store = storeOf(Person, Team);
        const team = store.Team.insert({ kind: "a", id: 1, people: [1, { id: 2, name: "Eva" }] });
        expect(team.people.map((one) => one.name)).toEqual(["", "Eva"]);
        expect(store.Person.get(2).team.eq(team)).toBe(true);
        team.people = [["DELETE", 1]];
        expect(store.Person.get(1).team).toBe(undefined);
        team.people = [
            ["ADD", [1, 3]],
            ["DELETE", { id: 2 }],
        ];
        expect(team.people.map((one) => one.id)).toEqual([1, 3]);
        store.Person.get(3).team = { kind: "a", id: 2 };
        expect(team.people.map((one) => one.id)).toEqual([1]);
        team.people = null;
        expect(team.people.length).toBe(0);
        team.lead = 1;
        team.lead = [["ADD", 2]];
        expect(team.lead.id).toBe(2);
        team.lead = false;
        expect(team.lead).toBe(undefined);
    });

    test("lists change as arrays do", () => {
        const store = storeOf(Person, Team);
        const { people } = store.Team.insert({ kind: "a", id: 1 });
        people.push(3, 4);
        people.unshift(1, 2);
        expect(people.map((one) => one.id)).toEqual([1, 2, 3, 4]);
        expect(people.pop().id).toBe(4);
        expect(people.shift().id).toBe(1);
        people[0] = 7;
        expect(people.map((one) => one.id)).toEqual([7, 3]);
        expect(store.Person.get(2).team).toBe(undefined);
        people.add(3);
        people.splice(1, 1, 8, 9);
        expect([people.length, people.at(-1).id, people.indexOf(store.Person.get(8))]).toEqual([3, 9, 1]);
        expect(people.includes(store.Person.get(3))).toBe(false);
        people.sort((a, b) => b.id - a.id);
        expect(people.concat([1]).length).toBe(4);
        expect(people.map((one) => one.id)).toEqual([9, 8, 7]);
        people.delete(8);
        const { clear } = people;
        expect(people.length).toBe(2);
        clear();
        expect(people.length).toBe(0);
    });

    test("what is not named keeps its value; defaults are not shared", () => {
        const store = storeOf(Person, Team);
        const person = store.Person.insert({ id: 1, name: "Eva", team: { kind: "a", id: 1 } });
        store.Person.insert({ id: 1 });
        store.Team.insert({ kind: "a", id: 1 });
        expect([person.name, person.team.id]).toEqual(["Eva", 1]);
        person.tags.push("x");
        expect(store.Person.insert(2).tags).toEqual([]);
    });

    test("texts are trusted as the last insertion was", () => {
        class Note extends Record {
            static id = "id";
            id;
            body = Record.attr("", { html: true });
        }
        const store = storeOf(Note);
        const note = store.Note.insert({ id: 1, body: "<b>a</b>" });
        expect(typeof note.body).toBe("string");
        store.Note.insert({ id: 1, body: "<b>a</b>" }, { html: true });
        expect(note.body).toEqual(markup("<b>a</b>"));
        store.Note.insert({ id: 1, body: "<b>a</b>" });
        expect(typeof note.body).toBe("string");
    });
});

describe("C17 C21 C22: records", () => {
    test("a deleted record is nowhere", () => {
        const store = storeOf(Person, Team);
        const team = store.Team.insert({ kind: "a", id: 1, people: [1, 2], lead: 1 });
        const person = store.Person.get(1);
        person.delete();
        expect([person.exists(), team.lead, team.people.length]).toEqual([false, undefined, 1]);
        expect(store.Person.get(1)).toBe(undefined);
    });

    test("values as data can be inserted again", () => {
        class Event extends Record {
            static id = "id";
            id = Record.attr();
            start = Record.attr(undefined, { type: "datetime" });
            who = Record.many("Person");
        }
        const store = storeOf(Person, Team, Event);
        const event = store.Event.insert({ id: 1, start: "2024-05-01 10:00:00", who: [{ id: 4 }] });
        expect(event.start.toUTC().hour).toBe(10);
        const data = JSON.parse(JSON.stringify(event.toData()));
        event.delete();
        const again = store.Event.insert(data);
        expect([again.start.toUTC().day, again.who[0].id]).toEqual([1, 4]);
    });

    test("records are compared with each other, whoever observes them", () => {
        const store = storeOf(Person, Team);
        const team = store.Team.insert({ kind: "a", id: 1, people: [1] });
        const observed = reactive(team, () => {}).people[0];
        expect(observed.eq(store.Person.get(1)) && observed.in(team.people)).toBe(true);
        expect(store.Person.insert(2).notIn(team.people)).toBe(true);
        const { update } = observed;
        update({ name: "Eva" });
        expect(store.Person.get(1).name).toBe("Eva");
    });
});

describe("C18 C19 C20 C23: what follows from a change", () => {
    test("hooks see what is inserted as a whole, and only what is new", () => {
        const calls = [];
        class Group extends Record {
            static id = "id";
            id;
            people = Record.many("Person", {
                onAdd: (person) => calls.push(`+${person.id}${person.name}`),
                onDelete: (person) => calls.push(`-${person.id}`),
                onUpdate: () => calls.push("list"),
            });
        }
        const store = storeOf(Person, Team, Group);
        const group = store.Group.insert({ id: 1, people: [{ id: 1, name: "Ann" }] });
        expect(calls.splice(0)).toEqual(["+1Ann", "list"]);
        group.people = [1, 2];
        expect(calls.splice(0)).toEqual(["+2", "list"]);
        store.Person.get(1).delete();
        expect(calls.splice(0)).toEqual(["-1", "list"]);
        group.people = [2];
        expect(calls).toEqual([]);
    });

    test("computed values: at once, or when they are read", () => {
        const runs = { eager: 0, lazy: 0 };
        class Box extends Record {
            static id = "id";
            id;
            size = Record.attr(1);
            eager = Record.attr(0, {
                eager: true,
                compute() {
                    runs.eager++;
                    return this.size * 2;
                },
            });
            lazy = Record.attr(0, {
                compute() {
                    runs.lazy++;
                    return this.size * 3;
                },
            });
        }
        const store = storeOf(Box);
        const box = store.Box.insert({ id: 1, size: 2 });
        expect([runs.eager, runs.lazy]).toEqual([1, 0]);
        expect([box.eager, box.lazy]).toEqual([4, 6]);
        box.size = 3;
        expect([runs.eager, runs.lazy]).toEqual([2, 1]);
        expect([box.eager, box.lazy, runs.lazy]).toEqual([6, 9, 2]);
        const told = vi.fn();
        const observed = reactive(box, told);
        expect(observed.lazy).toBe(9);
        box.size = 4;
        expect([told.mock.calls.length, runs.lazy]).toEqual([1, 3]);
        store.MAKE_UPDATE(() => {
            box.size = 5;
            box.size = 6;
        });
        expect([box.lazy, runs.eager]).toEqual([18, 4]);
    });

    test("lists stay in their order, and whoever looks at them is told", () => {
        class Shelf extends Record {
            static id = "id";
            id;
            people = Record.many("Person", { sort: (a, b) => a.name.localeCompare(b.name) });
            words = Record.attr([], { sort: (a, b) => a.length - b.length });
        }
        const store = storeOf(Person, Team, Shelf);
        const shelf = store.Shelf.insert({ id: 1, words: ["ccc", "a", "bb"] });
        shelf.people = [
            { id: 1, name: "Zoe" },
            { id: 2, name: "Ann" },
        ];
        expect(shelf.words).toEqual(["a", "bb", "ccc"]);
        expect(shelf.people.map((one) => one.name)).toEqual(["Ann", "Zoe"]);
        let seen;
        const look = () => (seen = observed.people.map((one) => one.name).join());
        const observed = reactive(shelf, () => look());
        look();
        store.Person.get(2).name = "Zz";
        expect(seen).toBe("Zoe,Zz");
        shelf.people.add({ id: 3, name: "Bob" });
        expect(seen).toBe("Bob,Zoe,Zz");
    });

    test("a computed relation keeps its other side, a child is made with its parent", () => {
        class Page extends Record {
            static id = "id";
            id;
            draft = Record.one("Draft", { inverse: "page", compute: () => ({}), onDelete: (draft) => draft.delete() });
        }
        class Draft extends Record {
            static id = OR("page", "person");
            page = Record.one("Page");
            person = Record.one("Person");
            text = Record.attr("");
        }
        const store = storeOf(Person, Team, Page, Draft);
        const page = store.Page.insert(1);
        expect([page.draft.localId, page.draft.page.eq(page)]).toEqual(["Draft,(Page,1)", true]);
        const { draft } = page;
        page.delete();
        expect(draft.exists()).toBe(false);
    });

    test("changes of a record are heard of until nobody listens", () => {
        const store = storeOf(Person, Team);
        const person = store.Person.insert(1);
        const told = vi.fn();
        const end = Record.onChange(person, ["name", "team"], told);
        person.update({ name: "a", team: { kind: "a", id: 1 } });
        expect(told).toHaveBeenCalledTimes(1);
        end();
        person.name = "b";
        expect(told).toHaveBeenCalledTimes(1);
    });

    test("an error of a hook is told, and the rest goes on", () => {
        class Fragile extends Record {
            static id = "id";
            id;
            a = Record.attr(0, {
                onUpdate() {
                    if (this.a) {
                        throw new Error("no");
                    }
                },
            });
            double = Record.attr(0, {
                eager: true,
                compute() {
                    return this.a * 2;
                },
            });
        }
        const store = storeOf(Fragile);
        const fragile = store.Fragile.insert(1);
        expect(() => (fragile.a = 4)).toThrow("no");
        expect([fragile.a, fragile.double]).toEqual([4, 8]);
    });
});
