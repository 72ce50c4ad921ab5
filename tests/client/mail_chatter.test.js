/** The messages of a document beside its form. */
import { Chatter } from "@mail/chatter/web_portal/chatter";
import { expect, test } from "vitest";
import { patch } from "@web/core/utils/patch";
import { startMail } from "./mail_page";
import { mount } from "./mount";

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
        await new Promise((resolve) => setTimeout(resolve));
        expect(done).toEqual(isWanted ? ANEW : []);
    }
});

test("c65: who begins or ends to follow has the form loaded anew always", async () => {
    const { done, store } = await show({});
    await chatter.onClickFollow();
    await new Promise((resolve) => setTimeout(resolve));
    expect(done).toEqual(ANEW);
    const thread = store.Thread.insert({ id: 5, model: "res.partner" });
    thread.selfFollower = { id: 3, partner: store.self, thread };
    await chatter.onClickUnfollow();
    await new Promise((resolve) => setTimeout(resolve));
    expect(done).toEqual([...ANEW, ...ANEW]);
});

test("c65: a post closes the composer", async () => {
    await show({});
    await chatter.toggleComposer("note");
    expect(chatter.state.composerType).toBe("note");
    chatter.onPostCallback();
    expect(chatter.state.composerType).toBe(false);
});
