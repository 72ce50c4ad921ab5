/** The store of a page: what it takes from the server, and what follows for conversations. */
import { describe, expect, test, vi } from "vitest";
import { Thread } from "@mail/core/common/thread";
import { NavigableList } from "@mail/core/common/navigable_list";
import { startMail } from "./mail_page";
import { mount } from "./mount";

const DOCUMENT = { id: 5, model: "res.partner" };
const told = (...ids) => ids.map((id) => ({ id, body: `<p>${id}</p>`, thread: DOCUMENT, message_type: "comment" }));

/** A server with messages of one document, thirty to a page. */
function serverWith(count) {
    const asked = [];
    const answer = (route, params) => {
        asked.push([route, params]);
        if (route !== "/mail/thread/messages") {
            return {};
        }
        const { after = 0, around, before = Infinity, limit } = params;
        let ids = Array.from({ length: count }, (_, index) => count - index).filter((id) => id > after && id < before);
        if (around) {
            const half = limit / 2;
            ids = [...ids.filter((id) => id > around).slice(-half), ...ids.filter((id) => id <= around).slice(0, half)];
        }
        ids = after ? ids.slice(-limit) : ids.slice(0, limit);
        return { data: { "mail.message": told(...ids) }, messages: ids };
    };
    return { answer, asked };
}

describe("C24 C30 C31: data of the server", () => {
    test("names of the server lead to the models here; what is gone goes", async () => {
        const { store } = await startMail();
        const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
        expect([store.self.name, store.self.type]).toEqual(["Mitchell", "partner"]);
        const { Message, Thread } = store.insert(
            {
                "mail.message": told(1, 2),
                "mail.thread": { ...DOCUMENT, name: "Azure" },
                "no.such.model": [{ id: 1 }],
            },
            { html: true }
        );
        expect(Message.map(({ inlineBody }) => inlineBody)).toEqual(["1", "2"]);
        expect([Thread[0].name, Thread[0].allMessages.length]).toEqual(["Azure", 2]);
        store.insert({ "mail.message": [{ id: 2, _DELETE: true }] });
        expect([Message[1].exists(), Thread[0].allMessages.length]).toEqual([false, 1]);
        expect(warn).toHaveBeenCalledTimes(1);
        warn.mockRestore();
    });

    test("questions of a moment go in one request", async () => {
        const { answer, asked } = serverWith(0);
        const { store } = await startMail(answer);
        await store.isReady;
        const cached = store.makeCachedFetchData({ canned_responses: true });
        await Promise.all([cached.fetch(), cached.fetch(), store.fetchData({ failures: true }, { readonly: false })]);
        const routes = asked.slice(-2);
        expect(routes.map(([route]) => route)).toEqual(["/mail/data", "/mail/action"]);
        expect(routes[1][1]).toMatchObject({ canned_responses: true, failures: true });
        expect(cached.status).toBe("fetched");
    });

    test("who is of interest is followed while they are", async () => {
        const { bus, store } = await startMail();
        store.Persona.insert({ id: 9, type: "partner", im_status: "offline" });
        store.Persona.insert({ id: 10, type: "partner", im_status: "im_partner" });
        expect(bus.channels).toEqual(["odoo-presence-res.partner_3", "odoo-presence-res.partner_9"]);
        store.Persona.get({ id: 9, type: "partner" }).delete();
        expect(bus.channels).toEqual(["odoo-presence-res.partner_3"]);
    });
});

describe("C42: the messages of a document", () => {
    test("pages of thirty, without a gap between them", async () => {
        const { answer } = serverWith(70);
        const { store } = await startMail(answer);
        const thread = store.Thread.insert(DOCUMENT);
        await thread.fetchNewMessages();
        const ids = () => thread.messages.map(({ id }) => id);
        expect([ids().length, ids()[0], thread.loadOlder, thread.isLoaded]).toEqual([30, 41, true, true]);
        await thread.fetchMoreMessages();
        await thread.fetchMoreMessages();
        expect([ids().length, ids()[0], thread.loadOlder]).toEqual([70, 1, false]);
        await thread.loadAround(70);
        expect(ids().length).toBe(70);
    });

    test("around an old message there is more on both sides", async () => {
        const { answer } = serverWith(200);
        const { store } = await startMail(answer);
        const thread = store.Thread.insert(DOCUMENT);
        await thread.fetchNewMessages();
        await thread.loadAround(100);
        const ids = thread.messages.map(({ id }) => id);
        expect([ids[0], ids.at(-1), thread.loadOlder, thread.loadNewer]).toEqual([71, 130, true, true]);
        store.Message.insert(told(201));
        thread.addOrReplaceMessage(store.Message.get(201));
        expect(thread.messages.length).toBe(60);
        await thread.fetchMoreMessages("newer");
        expect(thread.messages.at(-1).id).toBe(160);
    });

    test("a document that is about to be shown has its messages, and asks once", async () => {
        const { answer, asked } = serverWith(30);
        const shown = await startMail(answer, { popover: { add: () => () => {} }, dialog: { add() {} } });
        const pages = () => asked.filter(([route]) => route === "/mail/thread/messages").length;
        const thread = shown.store.Thread.insert(DOCUMENT);
        thread.prefetchMessages();
        const count = () => document.querySelectorAll(".o-mail-Message").length;
        const found = [];
        const observer = new MutationObserver(() => found.push(count()));
        observer.observe(document.body, { childList: true, subtree: true });
        await mount(Thread, { env: shown.env, props: { order: "desc", thread } });
        await vi.waitFor(() => expect(count()).toBe(30));
        observer.disconnect();
        expect([found.filter(Boolean)[0], pages()]).toEqual([8, 1]);
        await thread.showNewest();
        expect(pages()).toBe(2);
    });

    test("messages that did not come are asked for again by whoever shows them", async () => {
        const { answer, asked } = serverWith(2);
        let isDown = true;
        const { store } = await startMail((route, params) => {
            if (isDown && route === "/mail/thread/messages") {
                throw new Error("no line");
            }
            return answer(route, params);
        });
        const thread = store.Thread.insert(DOCUMENT);
        thread.prefetchMessages();
        await vi.waitFor(() => expect(thread.hasLoadingFailed).toBe(true));
        isDown = false;
        await thread.showNewest();
        expect([thread.messages.length, thread.hasLoadingFailed, asked.length > 0]).toEqual([2, false, true]);
    });

    test("what is new comes behind what is shown", async () => {
        const { answer } = serverWith(10);
        const { store } = await startMail(answer);
        const thread = store.Thread.insert(DOCUMENT);
        await thread.fetchNewMessages();
        const [message] = store.Message.insert(told(11));
        thread.addOrReplaceMessage(message);
        thread.addOrReplaceMessage(message);
        expect(thread.messages.map(({ id }) => id).slice(-2)).toEqual([10, 11]);
    });
});

describe("C50: what the server tells", () => {
    test("the inbox counts what came after its number, and the open document has it", async () => {
        const { bus, store } = await startMail(serverWith(0).answer);
        const thread = store.Thread.insert(DOCUMENT);
        await thread.fetchNewMessages();
        store.inbox.update({ counter: 2, counter_bus_id: 1 });
        bus.say("mail.message/inbox", { "mail.message": told(1).map((row) => ({ ...row, needaction: true })) });
        expect([store.inbox.counter, thread.messages.length, thread.needactionMessages.length]).toEqual([2, 1, 1]);
        bus.say("mail.message/inbox", { "mail.message": told(2) });
        expect(store.inbox.counter).toBe(3);
        bus.say("mail.message/mark_as_read", { message_ids: [1, 2], needaction_inbox_counter: 1 });
        expect([store.inbox.counter, thread.needactionMessages.length]).toEqual([1, 0]);
        bus.say("mail.message/toggle_star", { message_ids: [1], starred: true });
        expect([store.Message.get(1).starred, store.starred.counter]).toEqual([true, 1]);
        bus.say("mail.message/delete", { message_ids: [1] });
        expect([thread.messages.length, store.starred.counter]).toEqual([1, 0]);
    });

    test("what was said to the user alone is in the inbox, and not on the document", async () => {
        const { bus, store } = await startMail(serverWith(0).answer);
        const thread = store.Thread.insert(DOCUMENT);
        await thread.fetchNewMessages();
        const [row] = told(1);
        const alone = { ...row, message_type: "user_notification", needaction: true };
        bus.say("mail.message/inbox", { "mail.message": [alone] });
        expect([store.inbox.counter, thread.messages.length, thread.needactionMessages.length]).toEqual([1, 0, 1]);
    });

    test("who comes and goes is seen a moment later", async () => {
        const { bus, store } = await startMail();
        const ann = store.Persona.insert({ id: 9, type: "partner", im_status: "offline" });
        bus.say("bus.bus/im_status_updated", { im_status: "online", partner_id: 9 });
        bus.say("bus.bus/im_status_updated", { im_status: "online", partner_id: 99 });
        expect(ann.im_status).toBe("offline");
        await vi.waitFor(() => expect(ann.im_status).toBe("online"), { timeout: 2000 });
        expect(store.Persona.get({ id: 99, type: "partner" })).toBe(undefined);
    });

    test("failures of the user are together by what they are about", async () => {
        const { bus, store } = await startMail();
        const failed = { message: 1, notification_status: "exception", notification_type: "email" };
        bus.say("mail.record/insert", {
            "mail.message": told(1).map((row) => ({ ...row, author: { id: 3, type: "partner" } })),
            "mail.notification": [
                { id: 1, ...failed },
                { id: 2, ...failed },
            ],
        });
        expect(store.failures.map(({ notifications }) => notifications.length)).toEqual([2]);
        const sent = { notification_status: "sent" };
        bus.say("mail.record/insert", {
            "mail.notification": [
                { id: 1, ...sent },
                { id: 2, ...sent },
            ],
        });
        expect([store.failures.length, Object.keys(store.Failure.records).length]).toEqual([0, 0]);
        const again = { "mail.notification": [{ id: 1, ...failed }] };
        bus.say("mail.record/insert", again);
        expect(`${store.failures[0].body}`).toBe("An e-mail could not be sent.");
        bus.say("mail.record/insert", { "mail.message": [{ id: 1, record_name: "S00042" }] });
        expect(`${store.failures[0].body}`).toBe("“S00042” could not be sent.");
    });

    test("choices beside an input are where there is room on the page", async () => {
        const { env } = await startMail();
        const anchorRef = document.createElement("textarea");
        const at = (top, bottom) => ({ top, bottom, height: bottom - top, left: 10, right: 310, width: 300 });
        const box = vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function () {
            return this === anchorRef ? at(innerHeight - 40, innerHeight - 10) : at(0, 200);
        });
        const props = { anchorRef, onSelect() {}, options: [{ label: "Ann" }], position: "bottom" };
        const place = await mount(NavigableList, { env, props });
        const { left, top } = place.querySelector(".o-mail-NavigableList").style;
        expect([left, top]).toEqual(["10px", `${innerHeight - 240}px`]);
        box.mockRestore();
    });
});

describe("C31 C41 C43: writing", () => {
    test("names in the text become recipients and links", async () => {
        const { answer, asked } = serverWith(0);
        const { store } = await startMail(answer);
        const thread = store.Thread.insert({ ...DOCUMENT, hasWriteAccess: true });
        const partner = store.Persona.insert({ id: 8, type: "partner", name: "Ann <b>" });
        const gone = store.Persona.insert({ id: 9, type: "partner", name: "Bob" });
        await thread.post("Hi @Ann <b>\nsee www.example.com.", { mentionedPartners: [partner, gone], isNote: true });
        const [, { post_data: data }] = asked.find(([route]) => route === "/mail/message/post");
        expect(data.partner_ids).toEqual([8]);
        expect(data.subtype_xmlid).toBe("mail.mt_note");
        const body = new DOMParser().parseFromString(data.body, "text/html").body;
        const [name, address] = body.querySelectorAll("a");
        expect([name.textContent, name.dataset.oeId, address.href]).toEqual([
            "@Ann <b>",
            "8",
            "https://www.example.com/",
        ]);
        expect(body.querySelectorAll("b").length).toBe(0);
        expect(body.innerHTML.endsWith(".")).toBe(true);
    });

    test("people who were suggested get a message, not a note", async () => {
        const { answer, asked } = serverWith(0);
        const { store } = await startMail(answer);
        const thread = store.Thread.insert({
            ...DOCUMENT,
            suggestedRecipients: [
                { partner_id: 4, name: "Ann" },
                { email: "new@example.com", name: "New", create_values: { phone: "1" } },
                { partner_id: 6, name: "Off", checked: false },
            ],
        });
        await thread.post("Hi");
        const [, params] = asked.find(([route]) => route === "/mail/message/post");
        expect(params.post_data.partner_ids).toEqual([4]);
        expect(params.partner_emails).toEqual(["new@example.com"]);
        expect(params.partner_additional_values).toEqual({ "new@example.com": { phone: "1" } });
    });

    test("in a channel a message is there at once, and stays when it is stored", async () => {
        let release;
        const stored = new Promise((resolve) => (release = resolve));
        const channel = { id: 7, model: "discuss.channel" };
        const author = { id: 3, type: "partner" };
        const { store } = await startMail(async (route) => {
            if (route === "/mail/message/post") {
                await stored;
                return { "mail.message": [{ id: 50, author, body: "<p>Hi</p>", thread: channel }] };
            }
            return {};
        });
        const thread = store.Thread.insert({ ...channel, channel_type: "channel" });
        const posting = thread.post("Hi");
        await vi.waitFor(() => expect(thread.messages.length).toBe(1));
        expect(thread.messages[0].isPending).toBe(true);
        release();
        await posting;
        expect(thread.messages.map(({ id }) => id)).toEqual([50]);
    });
});
