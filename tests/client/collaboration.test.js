/** Texts that several people write at once. */
import { TextSelection } from "prosemirror-state";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { browser } from "@web/core/browser/browser";
import "@html_editor/register";
import "@html_editor/fields/html_field";
import { delays } from "@html_editor/others/collaboration/outbox";
import { SharedText } from "@html_editor/others/collaboration/shared_text";
import { COLLABORATION_PLUGINS, MAIN_PLUGINS } from "@html_editor/plugin_sets";
import { parseContent } from "@html_editor/prose/content";
import { joinChanges } from "@html_editor/prose/joining";
import { execCommand, insertText, plainEditor, typing } from "./editor_page";
import { save, settle, showFields } from "./form_page";
import { afterThis, answerRpc, nextFrame } from "./mount";

const TARGET = { model_name: "thing", field_name: "x", res_id: 1 };
Object.assign(delays, { gather: 0, answer: 20, retry: 20 });

/** What the server does, and what it has. */
let server;

/** The bus of one page; what it is told while it is away is lost. */
class FakeBus extends EventTarget {
    heard = new Set();
    isAway = false;
    channels = [];

    subscribe(_type, callback) {
        this.heard.add(callback);
    }

    unsubscribe(_type, callback) {
        this.heard.delete(callback);
    }

    addChannel(name) {
        this.channels.push(name);
    }

    deleteChannel(name) {
        this.channels = this.channels.filter((each) => each !== name);
    }

    comeBack(how = "reconnect") {
        this.isAway = false;
        this.dispatchEvent(new Event(how));
    }
}

/** Send a message to all pages, as the route does. */
function broadcast({ bus_data: data, ...target }) {
    const { fromPeerId } = data;
    const sender = server.pages.find((page) => page.peerId === fromPeerId);
    if (sender?.bus.isAway) {
        throw new ConnectionLostError("/html_editor/bus_broadcast");
    }
    if (server.refuses) {
        throw Object.assign(new RPCError("No"), { exceptionName: "odoo.exceptions.AccessError" });
    }
    const message = JSON.parse(JSON.stringify({ ...target, ...data, user: sender?.user || { id: 0, name: "" } }));
    for (const { bus } of server.pages) {
        if (!bus.isAway) {
            setTimeout(() => [...bus.heard].forEach((hear) => hear(message)));
        }
    }
}

beforeEach(() => {
    server = { stored: "<p>one</p><p>two</p>", pages: [], calls: [], refuses: false };
    server.calls = answerRpc((route, params) => (server[route] ? server[route](params) : broadcast(params)));
    const { sendBeacon } = navigator;
    browser.navigator.sendBeacon = (_route, body) => {
        body.text()
            .then((text) => broadcast(JSON.parse(text).params))
            .catch(() => {});
        return true;
    };
    afterThis(() => (browser.navigator.sendBeacon = sendBeacon));
});

/** Somebody who writes: what he sees is what was stored when he came, unless another text is given. */
async function writer(name, content = server.stored) {
    const bus = new FakeBus();
    const page = { peerId: name, bus, user: { id: name.length, name } };
    server.pages.push(page);
    const read = async () => {
        if (bus.isAway) {
            throw new ConnectionLostError("read");
        }
        return [{ id: 1, x: server.stored }];
    };
    const told = { onStored: vi.fn(), onFieldWrite: vi.fn(), onChange: vi.fn() };
    const { editor, el } = await plainEditor({
        content,
        Plugins: [...MAIN_PLUGINS, ...COLLABORATION_PLUGINS],
        onChange: told.onChange,
        collaboration: {
            peerId: name,
            busService: bus,
            ormService: { silent: { read } },
            collaborationChannel: {
                collaborationModelName: "thing",
                collaborationFieldName: "x",
                collaborationResId: 1,
            },
            collaborativeTrigger: "start",
            ...told,
        },
    });
    editor.attachTo(el);
    const { collaboration, collaborationOdoo } = editor.shared;
    await vi.waitFor(() => expect(collaboration.getText()).not.toBe(null), { interval: 5 });
    return { bus, collaboration, editor, el, page, told, peers: () => collaborationOdoo.getPeers() };
}

const html = ({ editor }) => editor.getContent().replace(/ data-last-history-steps="[^"]*"/, "");
const soon = (check) => vi.waitFor(check, { interval: 5 });
const sees = (someone, text) => soon(() => expect(html(someone)).toBe(text));

/** Write at the end of a line. */
function write({ editor }, line, text) {
    const { view } = editor;
    let end = 0;
    view.state.doc.forEach((node, position, index) => index <= line && (end = position + node.nodeSize - 1));
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, end)));
    insertText(editor, text);
}

/** Save what somebody sees, as his field does. */
function store(someone) {
    someone.collaboration.beginSave();
    const content = someone.editor.getContent();
    const last = someone.collaboration.getBranchIds().at(-1);
    server.stored = content.replace(/(data-last-history-steps)="[^"]*"/, `$1="${last}"`);
    someone.collaboration.endSave(server.stored);
    return last;
}

async function two() {
    const [ann, bob] = [await writer("Ann"), await writer("Bobby")];
    await soon(() => expect([ann.peers().length, bob.peers().length]).toEqual([1, 1]));
    return { ann, bob };
}

describe("E22 E23: texts", () => {
    test("each sees what the other writes, and where he is, under the name that the server tells", async () => {
        const { ann, bob } = await two();
        ann.editor.view.focus();
        write(ann, 0, " A");
        await sees(bob, "<p>one A</p><p>two</p>");
        expect(ann.told.onChange).toHaveBeenCalled();
        expect(bob.told.onChange).not.toHaveBeenCalled();
        await soon(() => expect(bob.el.querySelector(".o_we_peer_name")?.textContent).toBe("Ann"));
        expect(html(bob)).toBe("<p>one A</p><p>two</p>");
        ann.editor.destroy();
        await soon(() => expect(bob.peers()).toEqual([]));
        expect(ann.bus.channels).toEqual([]);
    });

    test("what both write at once is there once, in the same order for both", async () => {
        const { ann, bob } = await two();
        write(ann, 0, " A1");
        write(bob, 0, " B1");
        write(ann, 1, " A2");
        await soon(() => expect(html(bob)).toContain("two A2"));
        await soon(() => expect(html(ann)).toBe(html(bob)));
        expect(html(ann)).toMatch(/^<p>one( A1 B1| B1 A1)<\/p><p>two A2<\/p>$/);
    });

    test("everything that the editor makes arrives as it is", async () => {
        const { ann, bob } = await two();
        const rich = [
            '<h2 class="a">t</h2>',
            '<ul class="o_checklist"><li class="o_checked">x</li></ul>',
            '<p><a href="/web">l</a> <strong><em>b</em></strong><kbd><samp>k</samp></kbd><img src="/a.png" alt=""></p>',
            '<p><span style="color: red">c</span> <i class="fa fa-flag"></i><br>n</p>',
            '<table class="o_table"><tbody><tr><td colspan="2">c</td></tr><tr><td>1</td><td>2</td></tr></tbody></table>',
            '<div data-embedded="x" data-oe-protected="true" contenteditable="false"></div><pre>a\n b</pre>',
        ].join("");
        ann.editor.shared.prose.setContent(rich);
        await sees(bob, html(ann));
        expect(html(bob)).toContain("<kbd><samp>k</samp></kbd>");
    });

    test("who goes back takes back what he did himself", async () => {
        const { ann, bob } = await two();
        write(ann, 0, "A");
        await sees(bob, "<p>oneA</p><p>two</p>");
        write(bob, 1, "B");
        await sees(ann, "<p>oneA</p><p>twoB</p>");
        expect(bob.editor.shared.history.canUndo()).toBe(true);
        execCommand(ann.editor, "historyUndo");
        await sees(bob, "<p>one</p><p>twoB</p>");
        execCommand(ann.editor, "historyRedo");
        await sees(bob, "<p>oneA</p><p>twoB</p>");
    });

    test("what is tried out and taken back leaves what others wrote meanwhile", async () => {
        const { ann, bob } = await two();
        const goBack = ann.editor.shared.history.makeSavePoint();
        write(ann, 0, "/x");
        await sees(bob, "<p>one/x</p><p>two</p>");
        write(bob, 1, "B");
        await sees(ann, "<p>one/x</p><p>twoB</p>");
        goBack();
        await sees(bob, "<p>one</p><p>twoB</p>");
        expect(ann.editor.shared.history.canUndo()).toBe(false);
    });

    test("menus and uploads stay where they are while others write before them", async () => {
        const { ann, bob } = await two();
        let uploaded;
        server["/html_editor/attachment/add_data"] = () => new Promise((resolve) => (uploaded = resolve));
        write(bob, 1, "");
        bob.editor.shared.media.uploadFiles([new File(["x"], "a.png", { type: "image/png" })]);
        await soon(() => expect(uploaded).toBeTruthy());
        write(ann, 0, " and more");
        await soon(() => expect(html(bob)).toContain("one and more"));
        expect(bob.el.querySelector("p:nth-of-type(2) .o_we_uploading")).not.toBe(null);
        uploaded({ id: 4, name: "a.png", mimetype: "image/png", image_src: "/web/a.png" });
        await soon(() => expect(html(ann)).toMatch(/<p>two<img [^>]*><\/p>$/));
        write(bob, 0, " /hea");
        const menu = bob.editor.plugins.find(({ constructor }) => constructor.id === "suggestion");
        await soon(() => expect(menu.state.items.length && menu.remove).toBeTruthy());
        ann.editor.view.dispatch(ann.editor.view.state.tr.insertText("No ", 1));
        await soon(() => expect(html(bob)).toContain("No one and more /hea"));
        expect(menu.remove).toBeTruthy();
        bob.editor.editable.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
        await soon(() => expect(html(ann)).toMatch(/^<h1>No one and more ?<\/h1>/));
    });

    test("nothing that others send runs", async () => {
        const { bob } = await two();
        const { schema } = bob.editor.view.state;
        const { paragraph, image, text_block: block } = schema.nodes;
        const evil = { onclick: "alert(1)", title: "t" };
        const link = schema.marks.link.create({ href: "java\tscript:alert(1)" });
        const doc = schema.node("doc", null, [
            paragraph.create({ attrs: evil }, [
                schema.text("x", [link]),
                image.create({ src: "x", attrs: { onerror: "1" } }),
            ]),
            block.create({ tag: "script" }, schema.text("alert(1)")),
        ]);
        const text = bob.collaboration.getText();
        const other = new SharedText({ base: text.base, state: text.changesSince() }, { onChange() {}, onCaret() {} });
        other.write(doc);
        text.join(other.changesSince());
        other.destroy();
        await soon(() => expect(bob.el.querySelector("p").title).toBe("t"));
        expect(bob.el.querySelector("script, [onclick], [onerror], a[href]")).toBe(null);
        expect(bob.editor.getContent()).not.toMatch(/onclick|onerror|script/);
        // what cannot be read at all does no harm either
        const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
        const damaged = { base: text.base, updates: ["AAEC/w=="] };
        broadcast({
            ...TARGET,
            bus_data: { fromPeerId: "x", notificationName: "oe_history_step", notificationPayload: damaged },
        });
        await soon(() => expect(warn).toHaveBeenCalled());
        warn.mockRestore();
    });
});

describe("E24: hearing of each other", () => {
    test("who comes late gets the text as it is, though less of it was stored when he came", async () => {
        const { ann, bob } = await two();
        write(ann, 0, "A");
        await sees(bob, "<p>oneA</p><p>two</p>");
        const same = await writer("Carol");
        await sees(same, "<p>oneA</p><p>two</p>");
        store(ann);
        write(bob, 1, "B");
        const later = await writer("Dan");
        await sees(later, "<p>oneA</p><p>twoB</p>");
        write(later, 1, "D");
        for (const each of [ann, bob, same]) {
            await sees(each, "<p>oneA</p><p>twoBD</p>");
        }
    });

    test("a lost connection loses nothing, and brings nothing twice", async () => {
        const { ann, bob } = await two();
        bob.bus.isAway = true;
        write(bob, 1, " B");
        write(ann, 0, " A");
        bob.editor.view.dispatch(bob.editor.view.state.tr.delete(1, 2));
        await nextFrame();
        expect(html(bob)).toBe("<p>ne</p><p>two B</p>");
        bob.bus.comeBack();
        await sees(ann, "<p>ne A</p><p>two B</p>");
        await sees(bob, "<p>ne A</p><p>two B</p>");
        // the page was offline
        ann.bus.isAway = true;
        write(bob, 1, "B");
        await nextFrame();
        ann.bus.comeBack("connect");
        await sees(ann, "<p>ne A</p><p>two BB</p>");
    });

    test("who may not write it any more has the text for himself", async () => {
        const { ann, bob } = await two();
        server.refuses = true;
        write(ann, 0, "A");
        await soon(() => expect(ann.bus.heard.size).toBe(0));
        expect(html(ann)).toBe("<p>oneA</p><p>two</p>");
        expect(html(bob)).toBe("<p>one</p><p>two</p>");
    });

    test("alone, nobody is told what is typed", async () => {
        const ann = await writer("Ann");
        write(ann, 0, "some words");
        await nextFrame();
        const names = server.calls.map(({ params }) => params.bus_data.notificationName);
        expect(new Set(names)).toEqual(new Set(["ptp_join"]));
    });

    test("messages about other texts are not for this one", async () => {
        const { ann, bob } = await two();
        const heard = [...ann.bus.heard][0];
        heard({
            ...TARGET,
            field_name: "y",
            fromPeerId: "x",
            notificationName: "html_field_write",
            notificationPayload: {},
        });
        expect(ann.told.onFieldWrite).not.toHaveBeenCalled();
        heard({ ...TARGET, notificationName: "html_field_write", notificationPayload: { last_step_id: "s" } });
        expect(ann.told.onFieldWrite).not.toHaveBeenCalled();
        // what was saved is heard of later than that it was
        bob.collaboration.getText().savesArray.push(["s"]);
        await soon(() => expect(ann.told.onFieldWrite).toHaveBeenCalledWith("s"));
    });
});

describe("E25: what is stored", () => {
    test("a save names itself and those that it contains", async () => {
        const { ann, bob } = await two();
        write(ann, 0, "A");
        const first = store(ann);
        await soon(() => expect(bob.collaboration.contains(server.stored)).toBe(true));
        write(bob, 1, "B");
        const second = store(bob);
        expect(bob.editor.getContent()).toBe(`<p data-last-history-steps="${first},${second}">oneA</p><p>twoB</p>`);
        expect(parseContent(server.stored).eq(bob.editor.view.state.doc)).toBe(true);
        // the same text is not saved under another name
        store(bob);
        expect(bob.collaboration.getBranchIds()).toEqual([first, second]);
    });

    test("what was discarded is gone, and what others wrote is not", async () => {
        const { ann, bob } = await two();
        write(ann, 0, "A");
        await sees(bob, "<p>oneA</p><p>two</p>");
        write(bob, 1, "B");
        await sees(ann, "<p>oneA</p><p>twoB</p>");
        ann.collaboration.takeBackUnsaved();
        await sees(bob, "<p>one</p><p>twoB</p>");
    });

    test("what somebody stored without the others is shown, with what was written elsewhere", async () => {
        const ann = await writer("Ann");
        server.stored = "<p>1</p><p>two</p>";
        ann.bus.comeBack();
        await sees(ann, "<p>1</p><p>two</p>");
        expect(ann.told.onStored).toHaveBeenLastCalledWith("<p>1</p><p>two</p>");
        write(ann, 1, "A");
        server.stored = "<p>11</p><p>two</p>";
        ann.bus.comeBack();
        await sees(ann, "<p>11</p><p>twoA</p>");
    });

    test("what cannot be joined is shown once more, to be copied", async () => {
        const ann = await writer("Ann");
        const add = vi.spyOn(ann.editor.services.dialog, "add");
        ann.editor.shared.prose.setContent("<p>oAe</p><p>two</p>");
        server.stored = "<p>another</p><p>two</p>";
        ann.bus.comeBack();
        await sees(ann, "<p>another</p><p>two</p>");
        expect(add.mock.calls[0][1].text).toContain("oAe");
    });

    test("what was typed before the others were reached is joined with what was stored meanwhile", async () => {
        const loaded = server.stored;
        server.stored = "<p>one</p><p>two, stored</p>";
        const ann = await writer("Ann", loaded);
        await sees(ann, "<p>one</p><p>two, stored</p>");
        const [before, mine] = [loaded, "<p>oneA</p><p>two</p>"].map(parseContent);
        const joined = joinChanges(before, mine, parseContent(server.stored));
        expect(joined.eq(parseContent("<p>oneA</p><p>two, stored</p>"))).toBe(true);
        const changed = parseContent("<p>onX</p><p>two</p>");
        expect(joinChanges(before, mine, changed).firstChild.textContent).toBe("onXA");
        expect(joinChanges(before, parseContent("<p>oAA</p><p>two</p>"), changed)).toBe(null);
    });
});

describe("E29: the field", () => {
    const text = { type: "html", string: "Notes" };
    const stored = "<p>one</p>";

    async function shown(options, more = {}) {
        const bus = new FakeBus();
        const services = { company: { currentCompany: { id: 1 } }, bus_service: bus };
        const answers = {
            "/html_editor/bus_broadcast": () => true,
            read: () => [{ id: 1, x: server.stored }],
            web_save: (_model, [, values]) => {
                server.stored = values.x.replace(/(steps)="[^"]*?([^",]+)"/, '$1="$2"');
                return [{ id: 1, x: server.stored }];
            },
            ...more,
        };
        server.stored = stored;
        const node = `<field name="x" options="${options}"/>`;
        const found = await showFields(node, { x: text }, { x: stored }, { services, answers });
        await settle();
        const { editor } = typing(found.page.querySelector(".odoo-editor-editable"));
        return { ...found, bus, editor };
    }

    test("without the option a text is one person's", async () => {
        const { bus, editor } = await shown("{}");
        editor.view.focus();
        await settle();
        expect([editor.shared.collaboration, bus.channels]).toEqual([undefined, []]);
    });

    test("a save keeps the editor, and tells which one it was", async () => {
        const { bus, editor, page, saved } = await shown("{'collaborative': true}");
        expect(bus.channels).toEqual([]);
        editor.view.focus();
        await soon(() => expect(bus.channels).toEqual(["editor_collaboration:thing:x:1"]));
        insertText(editor, "A");
        await save(page);
        expect(saved().x).toMatch(/^<p data-last-history-steps="\w+">Aone<\/p>$/);
        expect(editor.isDestroyed).toBe(false);
        expect(editor.shared.collaboration.contains(server.stored)).toBe(true);
    });

    test("two who save at the same moment keep what both wrote", async () => {
        const conflict = { exceptionName: "odoo.addons.web.exceptions.SaveConflict" };
        const other = '<p data-last-history-steps="other">one, too</p>';
        let saves = 0;
        const { bus, editor, page, saved } = await shown("{'collaborative': true, 'collaborative_trigger': 'start'}", {
            web_save: (_model, [, { x }]) => {
                if (!saves++) {
                    const data = { context: { values: { x: other }, lines: {} } };
                    throw Object.assign(new RPCError("conflict"), conflict, { data });
                }
                return [{ id: 1, x }];
            },
        });
        await soon(() => expect(bus.channels.length).toBe(1));
        insertText(editor, "A");
        const text = editor.shared.collaboration.getText();
        // what somebody else wrote is heard of a moment later
        setTimeout(() => text.savesArray.push(["other"]), 10);
        await save(page);
        await soon(() => expect(saves).toBe(2));
        expect(saved().x).toMatch(/^<p data-last-history-steps="(\w+,)?other,\w+">Aone<\/p>$/);
        expect(document.querySelector(".modal")).toBe(null);
    });

    test("where somebody else saved what is shown, nothing is left to be saved", async () => {
        const { bus, editor, page } = await shown("{'collaborative': true, 'collaborative_trigger': 'start'}");
        await soon(() => expect(bus.channels.length).toBe(1));
        insertText(editor, "A");
        editor.editable.dispatchEvent(new FocusEvent("blur"));
        await settle();
        const buttons = page.querySelector(".o_form_status_indicator_buttons");
        expect(buttons.classList.contains("invisible")).toBe(false);
        // his page heard of that, and told which save it was
        const shared = editor.shared.collaboration.getText();
        shared.savesArray.push(["other"]);
        server.stored = '<p data-last-history-steps="other">Aone</p>';
        const notificationPayload = { last_step_id: "other" };
        bus.heard.forEach((hear) => hear({ ...TARGET, notificationName: "html_field_write", notificationPayload }));
        await soon(() => expect(buttons.classList.contains("invisible")).toBe(true));
    });
});
