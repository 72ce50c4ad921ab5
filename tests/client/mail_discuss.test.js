/** Channels: what the server tells of them, windows, and the application. */
import { EventBus } from "@odoo/owl";
import { expect, test } from "vitest";
import { registry } from "@web/core/registry";
import { startMail } from "./mail_page";

// the page for visitors is another one
import.meta.glob(
    ["../../addons/mail/static/src/discuss/**/*.js", "!../../addons/mail/static/src/discuss/**/public/*.js"],
    { eager: true }
);

const CHANNEL = {
    "discuss.channel": [
        {
            channel_type: "channel",
            fetchChannelInfoState: "fetched",
            id: 7,
            is_pinned: true,
            memberCount: 2,
            name: "Garden",
        },
    ],
    "discuss.channel.member": [
        {
            id: 70,
            message_unread_counter: 0,
            message_unread_counter_bus_id: 0,
            new_message_separator: 0,
            persona: { id: 3, type: "partner" },
            thread: { id: 7, model: "discuss.channel" },
        },
    ],
};

function message(id, values = {}) {
    const place = { model: "discuss.channel", res_id: 7, thread: { id: 7, model: "discuss.channel" } };
    return {
        author: { id: 9, name: "Cora", type: "partner" },
        body: `<p>${id}</p>`,
        id,
        message_type: "comment",
        ...place,
        ...values,
    };
}

/** The services of channels. */
const SERVICES = ["mail.out_of_focus", "discuss.core.common", "discuss.core.web", "discuss.core.public.web"];

async function startDiscuss(answer = () => ({})) {
    const sent = [];
    const page = await startMail(
        (route, params) => {
            sent.push([route, params]);
            return answer(route, params);
        },
        {
            multi_tab: { isOnMainTab: () => true },
            presence: { bus: new EventBus(), getInactivityPeriod: () => 0, isOdooFocused: () => true },
            title: { setCounters: (counters) => sent.push(["title", counters]) },
        }
    );
    const { env } = page;
    for (const name of SERVICES) {
        env.services[name] = registry.category("services").get(name).start(env, env.services);
    }
    page.store.insert(CHANNEL);
    return { ...page, channel: page.store.Thread.get({ id: 7, model: "discuss.channel" }), sent };
}

const tick = () => new Promise((resolve) => setTimeout(resolve));

test("c51: a message of others is one more to read; one's own, and what was counted, are none", async () => {
    const { bus, channel, store } = await startDiscuss();
    const tell = async (values) => {
        bus.say("discuss.channel/new_message", { data: { "mail.message": [values] }, id: 7, temporary_id: null });
        await tick();
    };
    await tell(message(1));
    expect(channel.selfMember.message_unread_counter).toBe(1);
    await tell(message(2, { author: { id: 3, type: "partner" } }));
    await tell(message(3, { message_type: "notification" }));
    expect(channel.selfMember.message_unread_counter).toBe(1);
    store.insert({
        "discuss.channel.member": [{ id: 70, message_unread_counter: 0, message_unread_counter_bus_id: 99 }],
    });
    await tell(message(4));
    expect(channel.selfMember.message_unread_counter).toBe(0);
    expect(channel.messages.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
});

test("c46, c50: windows open, fold and close; other pages are told, and are followed only where they are newer", async () => {
    const { bus, channel, sent, store } = await startDiscuss();
    channel.openChatWindow();
    expect(store.chatHub.opened.length).toBe(1);
    expect(sent.at(-1)).toEqual(["/discuss/channel/fold", { channel_id: 7, state: "open", state_count: 1 }]);
    const told = (fold_state, foldStateCount) => ({ fold_state, foldStateCount, id: 7, model: "discuss.channel" });
    bus.say("discuss.Thread/fold_state", told("folded", 1));
    await tick();
    expect(channel.chatWindow.isOpen).toBe(true);
    bus.say("discuss.Thread/fold_state", told("folded", 2));
    await tick();
    expect([store.chatHub.opened.length, store.chatHub.folded.length]).toEqual([0, 1]);
    channel.chatWindow.close();
    expect(channel.chatWindow).toBe(undefined);
    expect(store.chatHub.folded.length).toBe(0);
});

test("c52: channels are told of as the settings say, mentions always unless silenced", async () => {
    const { channel, store } = await startDiscuss();
    const plain = store.Message.insert(message(1));
    const mention = store.Message.insert(message(2, { recipients: [{ id: 3, type: "partner" }] }));
    channel.notifyMessageToUser(plain);
    expect(channel.chatWindow).toBe(undefined);
    channel.notifyMessageToUser(mention);
    expect(store.chatHub.folded.length).toBe(1);
    channel.chatWindow.close();
    channel.mute_until_dt = "2999-01-01 00:00:00";
    channel.notifyMessageToUser(mention);
    expect(channel.chatWindow).toBe(undefined);
});

test("c50: who leaves or is taken out has no window; what is deleted is gone", async () => {
    const { bus, channel, store } = await startDiscuss();
    channel.openChatWindow();
    bus.say("discuss.channel/leave", {
        "discuss.channel": [{ id: 7, is_pinned: false, isLocallyPinned: false }],
    });
    expect([channel.displayToSelf, channel.selfMember, channel.chatWindow]).toEqual([false, undefined, undefined]);
    bus.say("discuss.channel/delete", { id: 7 });
    expect(store.Thread.get({ id: 7, model: "discuss.channel" })).toBe(undefined);
});

test("c46, c102: channels stand in their part of the sidebar, by name", async () => {
    const { channel, store } = await startDiscuss();
    store.insert({ "discuss.channel": [{ channel_type: "channel", id: 8, is_pinned: true, name: "Aviary" }] });
    const { channels, chats } = store.discuss;
    expect(channels.threads.map(({ name }) => name)).toEqual(["Aviary", "Garden"]);
    expect(chats.threads.length).toBe(0);
    expect(store.discuss.allCategories.map(({ id }) => id)).toEqual(["channels", "chats"]);
    expect(channel.displayInSidebar).toBe(true);
});

test("c83: a command is run and posts nothing", async () => {
    const calls = [];
    const { channel, env, sent } = await startDiscuss();
    env.services.orm.silent.call = async (...args) => calls.push(args);
    const before = sent.length;
    await channel.post("/who is here");
    expect(calls).toEqual([["discuss.channel", "execute_command_who", [[7]]]]);
    expect(sent.length).toBe(before);
    expect(channel.commandOf("/nothing")).toBe(undefined);
});

test("c40: what is written while the messages are on their way stays", async () => {
    let arrive;
    const { channel } = await startDiscuss((route) => {
        if (route === "/discuss/channel/messages") {
            return new Promise((resolve) => {
                arrive = () => resolve({ data: { "mail.message": [message(1)] }, messages: [1] });
            });
        }
        const own = message(2, { author: { id: 3, type: "partner" } });
        return route === "/mail/message/post" ? { "mail.message": [own] } : {};
    });
    const loading = channel.fetchNewMessages();
    await channel.post("Hello");
    arrive();
    await loading;
    expect(channel.messages.map(({ id }) => id)).toEqual([1, 2]);
});

test("c81, d43, d86: messages are pinned and found again; files are asked for once", async () => {
    const calls = [];
    const { channel, env, sent, store } = await startDiscuss((route) => {
        const pinned = message(5, { pinned_at: "2026-01-02 10:00:00" });
        const file = { create_date: "2026-01-02 10:00:00", id: 4, mimetype: "text/plain", name: "a.txt" };
        const told = {
            "/discuss/channel/attachments": {
                "ir.attachment": [{ ...file, thread: { id: 7, model: "discuss.channel" } }],
            },
            "/discuss/channel/pinned_messages": { "mail.message": [pinned] },
        };
        return told[route] || {};
    });
    env.services.orm.call = async (...args) => calls.push(args);
    await channel.fetchPinnedMessages();
    expect(channel.pinnedMessages.map(({ id }) => id)).toEqual([5]);
    await store.Message.get(5).pin();
    expect(calls).toEqual([["discuss.channel", "set_message_pin", [[7], 5, false]]]);
    await channel.fetchMoreAttachments();
    await channel.fetchMoreAttachments();
    expect(sent.filter(([route]) => route === "/discuss/channel/attachments").length).toBe(1);
    const [file] = channel.attachments;
    expect(file.urlRoute).toBe("/discuss/channel/7/attachment/4");
    expect(file.downloadUrl).toContain("/discuss/channel/7/attachment/4?");
    expect([channel.areAttachmentsLoaded, file.monthYear]).toEqual([true, "January, 2026"]);
});
