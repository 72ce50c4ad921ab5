/** The messages of a document beside its form. */
import { Component, xml } from "@odoo/owl";
import { Chatter } from "@mail/chatter/web_portal/chatter";
import { AttachmentView } from "@mail/core/common/attachment_view";
import { expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { patch } from "@web/core/utils/patch";
import { startMail } from "./mail_page";
import { afterThis, mount } from "./mount";

let chatter;
patch(Chatter.prototype, {
    setup() {
        super.setup();
        chatter = this;
    },
});

const SERVICES = ["popover", "dialog", "file_upload", "mail.attachment_upload", "mail.suggestion"];
const FILE = { id: 9, name: "plan.pdf" };

/** Show the messages of a document; `done` is what was done with its form. */
async function show(attributes) {
    const answer = (route) => (route === "/mail/thread/messages" ? { data: {}, messages: [] } : {});
    const { env, store } = await startMail(answer, {}, SERVICES);
    const done = [];
    const props = {
        saveRecord: async () => done.push("saved"),
        threadId: 5,
        threadModel: "res.partner",
        webRecord: { load: async () => done.push("loaded") },
        ...attributes,
    };
    await mount(Chatter, { env, props });
    return { done, env, store };
}
const ANEW = ["saved", "loaded"];
const tick = () => new Promise((resolve) => setTimeout(resolve));

test.each([
    ["hasParentReloadOnMessagePosted", (one) => one.onPostCallback()],
    ["hasParentReloadOnAttachmentsChanged", (one) => one.onUploaded()],
    [
        "hasParentReloadOnAttachmentsChanged",
        (one) => {
            one.attachmentUploader.unlink = async () => {};
            return one.unlinkAttachment(FILE);
        },
    ],
    [
        "hasParentReloadOnFollowersUpdate",
        (one) => {
            one.env.services.action.doAction = async (_action, { onClose }) => onClose();
            return one.onAddFollowers();
        },
    ],
])("c65: with %s the form is loaded anew, else not", async (attribute, act) => {
    for (const isWanted of [true, false]) {
        const { done } = await show({ [attribute]: isWanted });
        await act(chatter);
        await tick();
        expect(done).toEqual(isWanted ? ANEW : []);
    }
});

test("c65: who begins or ends to follow has the form loaded anew always", async () => {
    const { done, store } = await show({});
    await chatter.onClickFollow();
    await tick();
    expect(done).toEqual(ANEW);
    const thread = store.Thread.insert({ id: 5, model: "res.partner" });
    thread.selfFollower = { id: 3, partner: store.self, thread };
    await chatter.onClickUnfollow();
    await tick();
    expect(done).toEqual([...ANEW, ...ANEW]);
});

test("c65: a post closes the composer", async () => {
    await show({});
    await chatter.toggleComposer("note");
    expect(chatter.state.composerType).toBe("note");
    chatter.onPostCallback();
    expect(chatter.state.composerType).toBe(false);
});

/** Have windows that are opened be frames of the page. @returns {HTMLIFrameElement[]} */
function openInFrames() {
    const frames = [];
    const { open } = browser;
    browser.open = () => {
        const frame = document.createElement("iframe");
        frames.push(frame);
        document.body.append(frame);
        frame.contentWindow.close = () => frame.remove();
        return frame.contentWindow;
    };
    afterThis(() => {
        browser.open = open;
        frames.forEach((frame) => frame.remove());
    });
    return frames;
}

class Text extends Component {
    static template = xml`<b t-esc="props.text"/>`;
    static props = ["text"];
}

test("c61: one part of the page is in a window of its own, until that is closed", async () => {
    const { env } = await startMail();
    const frames = openInFrames();
    const popout = env.services["mail.popout"];
    const done = [];
    popout.addHooks(
        () => done.push("before"),
        () => done.push("after")
    );
    popout.bus.addEventListener("CHANGED", () => done.push("changed"));
    popout.update({ text: "nowhere" });
    popout.popout(Text, { text: "one" });
    const shown = () => frames.at(-1).contentDocument.querySelector("b")?.textContent;
    await vi.waitFor(() => expect(shown()).toBe("one"));
    popout.popout(Text, { text: "two" });
    await vi.waitFor(() => expect(shown()).toBe("two"));
    popout.update({ text: "three" });
    await vi.waitFor(() => expect(shown()).toBe("three"));
    expect([frames.length, done]).toEqual([1, ["before", "changed", "before", "changed"]]);
    popout.reset();
    popout.reset();
    expect([popout.externalWindow, done.slice(4)]).toEqual([null, ["after", "changed"]]);
    browser.open = () => null;
    expect(popout.popout(Text, { text: "refused" })).toBe(null);
});

test("c61: the main file is shown, and the others after it in a circle", async () => {
    const { env, store } = await startMail(() => ({}), {}, SERVICES);
    const called = [];
    env.services.orm.silent.call = async (...args) => called.push(args);
    const file = (id, name, mimetype = "image/png") => ({ id, mimetype, name });
    const files = [file(1, "a.png"), file(2, "b.txt", "text/plain"), file(3, "c.png")];
    const thread = store.Thread.insert({ attachments: files, id: 5, mainAttachment: { id: 3 }, model: "res.partner" });
    const page = await mount(AttachmentView, { env, props: { threadId: 5, threadModel: "res.partner" } });
    const name = () => page.querySelector(".o-mail-Attachment-name").textContent;
    expect(name()).toBe("c.png");
    for (const [button, wanted] of [
        [".o_move_next", "a.png"],
        [".o_move_previous", "c.png"],
    ]) {
        page.querySelector(button).click();
        await vi.waitFor(() => expect(name()).toBe(wanted));
        expect(thread.mainAttachment.name).toBe(wanted);
    }
    expect(called.map(([model, method, [[id]]]) => [model, method, id])).toEqual([
        ["ir.attachment", "register_as_main_attachment", 1],
        ["ir.attachment", "register_as_main_attachment", 3],
    ]);
});
