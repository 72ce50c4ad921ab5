/** Channels: what the server tells of them, windows, and the application. */
import { EventBus } from "@odoo/owl";
import { expect, test, vi } from "vitest";
import { Composer } from "@mail/core/common/composer";
import { Message as MessageComponent } from "@mail/core/common/message";
import { ChatHubPlace } from "@mail/core/web/later/later";
import { NotificationSettings } from "@mail/discuss/core/common/notification_settings";
import { LONG_TYPING, SHORT_TYPING } from "@mail/discuss/typing/common/composer_patch";
import { SubChannelList } from "@mail/discuss/core/public_web/sub_channel_list";
import { DiscussNotificationSettings } from "@mail/discuss/core/web/discuss_notification_settings";
import { GifPicker } from "@mail/discuss/gif_picker/lazy/gif_picker";
import { VoiceRecorder } from "@mail/discuss/voice_message/lazy/voice_recorder";
import { timeOf } from "@mail/discuss/voice_message/lazy/voice_time";
import { assets } from "@web/core/assets";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";
import { startMail } from "./mail_page";
import { afterThis, mount } from "./mount";

/** Components that were shown last. */
let composerComponent, messageComponent;
patch(Composer.prototype, {
    setup() {
        super.setup();
        composerComponent = this;
    },
});
patch(MessageComponent.prototype, {
    setup() {
        super.setup();
        messageComponent = this;
    },
});

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
        },
        ["popover", "dialog", "file_upload", "mail.attachment_upload", "mail.suggestion"]
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

test("c45: where the user sees new messages begin stays while these are looked at", async () => {
    const { channel, store } = await startDiscuss();
    const member = channel.selfMember;
    expect([member.threadAsSelf.id, member.name, member.persona.eq(store.self)]).toEqual([7, "Mitchell", true]);
    const tell = (values) => store.insert({ "discuss.channel.member": [{ id: 70, ...values }] });
    const local = () => [member.localNewMessageSeparator, member.localMessageUnreadCounter, member.unreadSynced];
    tell({ message_unread_counter: 2, new_message_separator: 5 });
    expect(local()).toEqual([5, 2, true]);
    member.syncUnread = false;
    tell({ message_unread_counter: 0, new_message_separator: 8 });
    expect(local()).toEqual([5, 2, false]);
    member.syncUnread = true;
    expect(local()).toEqual([8, 0, true]);
    const mine = store.Message.insert(message(4, { author: { id: 3, type: "partner" } }));
    const theirs = store.Message.insert(message(6));
    member.seen_message_id = mine;
    expect([mine, theirs].map((one) => member.hasSeen(one))).toEqual([true, false]);
});

test("c73: others are told that the user writes, until a pause, the end of the message or of the page", async () => {
    const { channel, env, sent } = await startDiscuss();
    const timers = new Map();
    const known = { clearTimeout: browser.clearTimeout, setTimeout: browser.setTimeout };
    await mount(Composer, { env, props: { composer: channel.composer } });
    Object.assign(browser, {
        clearTimeout: (id) => timers.delete(id),
        setTimeout: (callback, delay) =>
            timers.set(timers.size + delay, { callback, delay }) && timers.size - 1 + delay,
    });
    afterThis(() => Object.assign(browser, known));
    const told = () =>
        sent.filter(([route]) => route === "/discuss/channel/notify_typing").map(([, params]) => params.is_typing);
    const type = (text) => {
        channel.composer.text = text;
        composerComponent.detectTyping();
    };
    const run = (wanted) => {
        const [[id, { callback }]] = [...timers].filter(([, { delay }]) => delay === wanted);
        timers.delete(id);
        callback();
    };
    type("/who");
    type("");
    expect(told()).toEqual([]);
    type("H");
    type("He");
    expect(told()).toEqual([true]);
    run(LONG_TYPING);
    type("Hel");
    expect(told()).toEqual([true, true]);
    run(SHORT_TYPING);
    expect(told()).toEqual([true, true, false]);
    type("Hello");
    composerComponent.stopTyping();
    composerComponent.stopTyping();
    expect(told().slice(3)).toEqual([true, false]);
    expect([SHORT_TYPING, LONG_TYPING]).toEqual([5000, 50000]);
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

test("what windows consist of is loaded when the first one opens, and again after a failure", async () => {
    const { channel, env } = await startDiscuss();
    const loading = vi.spyOn(assets, "loadBundle").mockRejectedValueOnce(new Error("no connection"));
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const page = await mount(ChatHubPlace, { env });
    expect(loading).not.toHaveBeenCalled();
    channel.openChatWindow().fold();
    await vi.waitFor(() => expect(page.querySelector(".o-mail-LoadingChatHub button")).not.toBe(null));
    expect(loading).toHaveBeenCalledWith("mail.assets_backend_lazy");
    page.querySelector(".o-mail-LoadingChatHub button").click();
    await vi.waitFor(() => expect(page.querySelector(".o-mail-ChatBubble")).not.toBe(null));
    expect(page.querySelector(".o-mail-LoadingChatHub")).toBe(null);
    vi.restoreAllMocks();
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

const THREAD = {
    channel_type: "channel",
    id: 8,
    name: "Roses",
    parent_channel_id: { id: 7, model: "discuss.channel" },
};

test("c40, c41, c43, c80: threads begin with a message, and lead to it; pages of them follow each other", async () => {
    const { channel, sent, store } = await startDiscuss((route) => {
        const created = { ...THREAD, fetchChannelInfoState: "fetched", from_message_id: 5 };
        const data = { "discuss.channel": [created], "mail.message": [message(5)] };
        const answers = {
            "/discuss/channel/sub_channel/create": { data, sub_channel: { id: 8, model: "discuss.channel" } },
            "/discuss/channel/sub_channel/fetch": {
                "discuss.channel": [{ ...THREAD, id: 20 }, { ...THREAD, id: 15 }, CHANNEL["discuss.channel"][0]],
            },
        };
        return answers[route] || {};
    });
    const first = store.Message.insert(message(5));
    const component = { props: { message: first, thread: channel }, store };
    const action = registry.category("mail.message/actions").get("create-or-view-thread");
    expect([action.condition(component), String(action.title(component))]).toEqual([true, "Begin a thread"]);
    await action.onClick(component);
    expect(sent.find(([route]) => route.endsWith("/create"))[1]).toMatchObject({
        from_message_id: 5,
        parent_channel_id: 7,
    });
    expect(first.linkedSubChannel.name).toBe("Roses");
    expect(String(action.title(component))).toBe("Open the thread");
    const thread = first.linkedSubChannel;
    expect([thread.parent_channel_id.eq(channel), thread.from_message_id.eq(first)]).toEqual([true, true]);
    // threads have no threads
    expect(action.condition({ props: { message: store.Message.insert(message(6)), thread }, store })).toBe(false);
    expect((await channel.loadMoreSubChannels()).map(({ id }) => id)).toEqual([15, 20]);
    await channel.loadMoreSubChannels();
    expect(sent.at(-1)[1].before).toBe(15);
    expect(channel.sub_channel_ids.map(({ id }) => id)).toEqual([20, 15, 8]);
});

test("c81: the list of threads is searched, and begins one that is called so", async () => {
    const { channel, env, sent } = await startDiscuss(() => ({ "discuss.channel": [THREAD] }));
    env.services.localization ??= { direction: "ltr" };
    const page = await mount(SubChannelList, { env, props: { thread: channel } });
    const names = () => [...page.querySelectorAll(".o-mail-NotificationItem-name")].map((one) => one.textContent);
    await vi.waitFor(() => expect(names()).toEqual(["Roses"]));
    const input = page.querySelector("input");
    input.value = "Tulips";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await vi.waitFor(() => expect(names()).toEqual([]));
    page.querySelector("form").dispatchEvent(new Event("submit", { cancelable: true }));
    const [, params] = sent.find(([route]) => route.endsWith("/create"));
    expect(params).toMatchObject({ name: "Tulips", parent_channel_id: 7 });
});

test("c124: what is told of channels is chosen for all, or for one", async () => {
    const { channel, env, sent, store } = await startDiscuss();
    const page = await mount(NotificationSettings, { env, props: { thread: channel } });
    const choose = (name) => page.querySelector(`input[value=${name}]`).click();
    expect(page.querySelector("input[value=default]").checked).toBe(true);
    choose("all");
    expect(sent.at(-1)[1]).toEqual({ channel_id: 7, custom_notifications: "all" });
    const select = page.querySelector("select");
    select.value = "60";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    expect(sent.at(-1)).toEqual(["/discuss/settings/mute", { channel_id: 7, minutes: 60 }]);
    channel.mute_until_dt = "9999-12-31 23:59:59";
    await vi.waitFor(() => expect(page.textContent).toContain("until you say"));
    const general = await mount(DiscussNotificationSettings, { env, props: { action: {} } });
    general.querySelector("input[value=no_notif]").click();
    expect(sent.at(-1)[1]).toEqual({ channel_id: undefined, custom_notifications: "no_notif" });
    expect(store.settings.channel_notifications).toBe("mentions");
});

test("c71, c80: a message is shown in the user's language, and as it was written", async () => {
    const answers = [{ error: "Not now" }, { body: "<p>Good day</p>", lang_name: "German" }];
    const { channel, env, sent, store } = await startDiscuss((route) =>
        route === "/mail/message/translate" ? answers.shift() : {}
    );
    store.hasMessageTranslationFeature = true;
    store.insert({ "mail.message": [message(5, { body: "<p>Guten Tag</p>" })] }, { html: true });
    const shown = store.Message.get(5);
    const action = registry.category("mail.message/actions").get("toggle-translation");
    expect(action.condition({ props: { message: shown, thread: channel }, store })).toBe(true);
    const page = await mount(MessageComponent, { env, props: { message: shown, thread: channel } });
    const shows = (text) => vi.waitFor(() => expect(page.querySelector(".o-mail-Message-body").textContent).toBe(text));
    const toggle = () => messageComponent.onClickToggleTranslation();
    await toggle();
    await vi.waitFor(() => expect(page.querySelector("[role=status]").textContent).toBe("Not now"));
    await toggle();
    await shows("Good day");
    expect(page.querySelector(".o-mail-Message-translated").textContent).toContain("German");
    await toggle();
    await shows("Guten Tag");
    await toggle();
    await shows("Good day");
    expect(sent.filter(([route]) => route === "/mail/message/translate").length).toBe(2);
    store.insert({ "mail.message": [{ body: "<p>Gute Nacht</p>", id: 5, translationValue: false }] }, { html: true });
    await shows("Gute Nacht");
});

test("d84, c71: links of new messages are looked at, and what is behind them is shown", async () => {
    const link = "https://x.example/cat.gif";
    const { channel, env, sent, store } = await startDiscuss((route) =>
        route === "/mail/message/post"
            ? {
                  "mail.message": [
                      message(5, { author: { id: 3, type: "partner" }, body: `<a href="${link}">${link}</a>` }),
                  ],
              }
            : {}
    );
    store.hasLinkPreviewFeature = true;
    await channel.post(link);
    expect(sent.at(-1)).toEqual(["/mail/link_preview", { message_id: 5 }]);
    store.insert({
        "mail.link.preview": [{ id: 1, image_mimetype: "image/gif", message: 5, og_image: link, source_url: link }],
    });
    const page = await mount(MessageComponent, { env, props: { message: store.Message.get(5), thread: channel } });
    expect(page.querySelector(".o-mail-LinkPreviewImage img").getAttribute("src")).toBe(link);
    // the picture says it all
    expect(page.querySelector(".o-mail-Message-body")).toBe(null);
    store.insert({ "mail.link.preview": [{ id: 2, message: 5, og_title: "Cats", og_type: false, source_url: link }] });
    await vi.waitFor(() => expect(page.querySelector(".o-mail-LinkPreviewCard").textContent).toContain("Cats"));
    page.querySelector(".o-mail-LinkPreview-hide").click();
    expect(sent.at(-1)).toEqual(["/mail/link_preview/hide", { link_preview_ids: [1] }]);
});

test("d89: moving pictures are found, kept and sent", async () => {
    const picture = (id) => ({ id, media_formats: { tinygif: { url: `data:image/gif,${id}` } } });
    const { channel, env, sent, store } = await startDiscuss(
        (route) =>
            ({
                "/discuss/gif/categories": { tags: [{ image: "data:,", searchterm: "cat" }] },
                "/discuss/gif/favorites": [[picture("9")]],
                "/discuss/gif/search": { next: "n", results: [picture("1"), picture("9")] },
            })[route] || {}
    );
    const chosen = [];
    const page = await mount(GifPicker, { env, props: { onSelect: (url) => chosen.push(url) } });
    await vi.waitFor(() => page.querySelector(".o-mail-GifPicker-category").click());
    const stars = () => [...page.querySelectorAll(".o-mail-GifPicker-star")].map((one) => one.ariaPressed);
    await vi.waitFor(() => expect(stars()).toEqual(["false", "true"]));
    page.querySelector(".o-mail-GifPicker-star").click();
    await vi.waitFor(() => expect(stars()).toEqual(["true", "true"]));
    expect(sent.at(-1)).toEqual(["/discuss/gif/add_favorite", { tenor_gif_id: "1" }]);
    page.querySelector(".o-mail-GifPicker-more").click();
    expect(sent.at(-1)[1]).toMatchObject({ position: "n", search_term: "cat" });
    page.querySelector(".o-mail-GifPicker-gif button").click();
    expect(chosen).toEqual(["data:image/gif,1"]);
    store.hasGifPickerFeature = true;
    await mount(Composer, { env, props: { composer: channel.composer } });
    expect(composerComponent.extraActions.map(({ id }) => id)).toContain("gif-picker");
    await composerComponent.sendGif("https://x.example/1.gif");
    const posted = () => sent.find(([route]) => route === "/mail/message/post")[1].post_data.body;
    await vi.waitFor(() => expect(posted()).toContain("x.example/1.gif"));
});

test("d90: what is said is recorded, sent as a file, and heard", async () => {
    const { env } = await startDiscuss();
    const stopped = [];
    const track = { stop: () => stopped.push("track") };
    class Recorder extends EventTarget {
        static isTypeSupported = (type) => type === "audio/webm";
        mimeType = "audio/webm;codecs=opus";
        state = "inactive";
        start() {
            this.state = "recording";
        }
        stop() {
            this.state = "inactive";
            this.dispatchEvent(Object.assign(new Event("dataavailable"), { data: new Blob(["sound"]) }));
            this.dispatchEvent(new Event("stop"));
        }
    }
    const known = { MediaRecorder: window.MediaRecorder, navigator: browser.navigator };
    window.MediaRecorder = Recorder;
    browser.navigator = { mediaDevices: { getUserMedia: async () => ({ getTracks: () => [track] }) } };
    afterThis(() => {
        window.MediaRecorder = known.MediaRecorder;
        browser.navigator = known.navigator;
    });
    const done = [];
    const page = await mount(VoiceRecorder, { env, props: { onDone: (file) => done.push(file) } });
    const finish = page.querySelector(".o-mail-VoiceRecorder-done");
    await vi.waitFor(() => expect(finish.disabled).toBe(false));
    finish.click();
    expect([done[0].type, stopped]).toEqual(["audio/webm", ["track"]]);
    expect(done[0].name).toMatch(/^voice-.*\.webm$/);
    expect(await done[0].text()).toBe("sound");
    // what is given up is nothing, and a microphone that is refused is told of
    const other = await mount(VoiceRecorder, { env, props: { onDone: (file) => done.push(file) } });
    await tick();
    other.querySelector(".btn-link").click();
    expect(done[1]).toBe(undefined);
    expect([timeOf(65), timeOf(Infinity)]).toEqual(["1:05", "0:00"]);
});
