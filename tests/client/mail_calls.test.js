/** Calls: browsers that find each other, and what users see and do. */
import { EventBus } from "@odoo/owl";
import { expect, test, vi } from "vitest";
import { CallInvitations } from "@mail/discuss/call/common/call_invitations";
import { CallSettings } from "@mail/discuss/call/common/call_settings";
import { Call } from "@mail/discuss/call/lazy/call";
import { PeerToPeer } from "@mail/discuss/call/lazy/peer_to_peer";
import { assets } from "@web/core/assets";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { startMail } from "./mail_page";
import { afterThis, mount } from "./mount";

import.meta.glob(
    ["../../addons/mail/static/src/discuss/**/*.js", "!../../addons/mail/static/src/discuss/**/public/*.js"],
    { eager: true }
);

/** A picture that moves. */
function videoTrack() {
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    const timer = setInterval(() => context.fillRect(Math.random() * 9, 0, 9, 9), 30);
    afterThis(() => clearInterval(timer));
    return canvas.captureStream(30).getVideoTracks()[0];
}

/** Two browsers whose messages the server passes on. */
function makePair() {
    const pair = {};
    const notifyTo = (other) => async (messages) => {
        for (const [sender, , content] of messages) {
            await pair[other].handleNotification(sender, content);
        }
    };
    pair.first = new PeerToPeer({ notify: notifyTo("second") });
    pair.second = new PeerToPeer({ notify: notifyTo("first") });
    pair.first.connect(1);
    pair.second.connect(2);
    afterThis(() => [pair.first, pair.second].forEach((one) => one.disconnect()));
    return pair;
}

test("d97: browsers find each other through the server, and see what is switched on later", async () => {
    const { first, second } = makePair();
    const seen = [];
    const states = [];
    const infos = [];
    first.addEventListener("track", ({ detail }) => seen.push(detail));
    first.addEventListener("state", ({ detail }) => states.push(detail.state));
    first.addEventListener("info", ({ detail }) => infos.push(detail));
    await second.addPeer(1);
    await vi.waitFor(() => expect(states).toContain("connected"), 5000);
    expect(seen.map(({ id, kind }) => [id, kind])).toEqual([
        [2, "audio"],
        [2, "camera"],
        [2, "screen"],
    ]);
    await second.setTrack("screen", videoTrack());
    const video = document.createElement("video");
    Object.assign(video, { muted: true, srcObject: new MediaStream([seen[2].track]) });
    await video.play();
    await vi.waitFor(() => expect(video.videoWidth).toBeGreaterThan(2), 5000);
    second.broadcast({ raisingHand: true });
    await vi.waitFor(() => expect(infos).toEqual([{ id: 2, info: { raisingHand: true } }]));
    second.removePeer(1);
    expect(second.peers.size).toBe(0);
});

const MEMBERS = [
    { id: 70, persona: { id: 3, type: "partner" }, thread: { id: 7, model: "discuss.channel" } },
    { id: 71, persona: { id: 9, name: "Cora", type: "partner" }, thread: { id: 7, model: "discuss.channel" } },
];
const CHANNEL = { channel_type: "group", id: 7, is_pinned: true, name: "Garden" };
const session = (id, member) => ({ channelMember: { id: member }, id });

/** A page whose network is a double. */
async function startCalls() {
    const sent = [];
    const network = Object.assign(new EventTarget(), {
        ...Object.fromEntries(
            ["addPeer", "broadcast", "connect", "disconnect", "handleNotification", "removePeer", "setTrack"].map(
                (name) => [name, vi.fn(async () => {})]
            )
        ),
    });
    const category = registry.category("discuss.call");
    const known = Object.fromEntries(["PeerToPeer", "watchSound"].map((name) => [name, category.get(name)]));
    const doubles = {
        PeerToPeer: vi.fn(function () {
            return network;
        }),
        watchSound: () => () => {},
    };
    Object.entries(doubles).forEach(([name, double]) => category.add(name, double, { force: true }));
    const { loadBundle } = assets;
    assets.loadBundle = async () => {};
    const { navigator } = browser;
    const tracks = [];
    const media = async () => {
        tracks.push(Object.assign(videoTrack()));
        return new MediaStream([tracks.at(-1)]);
    };
    const asked = [];
    const devices = [
        { deviceId: "m1", kind: "audioinput", label: "On the table" },
        { deviceId: "c1", kind: "videoinput", label: "" },
    ];
    const getUserMedia = (constraints) => (asked.push(constraints), media());
    browser.navigator = {
        mediaDevices: { enumerateDevices: async () => devices, getDisplayMedia: media, getUserMedia },
    };
    browser.localStorage.clear();
    afterThis(() => {
        Object.entries(known).forEach(([name, real]) => category.add(name, real, { force: true }));
        assets.loadBundle = loadBundle;
        browser.navigator = navigator;
    });
    const page = await startMail(
        (route, params) => {
            sent.push([route, params]);
            return route === "/mail/rtc/channel/join_call"
                ? {
                      Rtc: { iceServers: false, selfSession: 20, serverInfo: null },
                      "discuss.channel": [
                          {
                              id: 7,
                              rtcSessions: [
                                  ["ADD", [10, 20]],
                                  ["DELETE", []],
                              ],
                          },
                      ],
                      "discuss.channel.rtc.session": [session(10, 71), session(20, 70)],
                  }
                : {};
        },
        { presence: { bus: new EventBus(), getInactivityPeriod: () => 0 } },
        ["discuss.rtc"]
    );
    page.store.insert({ "discuss.channel": [CHANNEL], "discuss.channel.member": MEMBERS });
    const channel = page.store.Thread.get({ id: 7, model: "discuss.channel" });
    return { ...page, channel, network, rtc: page.env.services["discuss.rtc"], sent, tracks, asked };
}

test("d95, d96: who joins calls those who are there, and nothing is left when they leave", async () => {
    const { bus, channel, network, rtc, sent, tracks } = await startCalls();
    const joining = rtc.toggleCall(channel);
    // what comes before the network is there is not lost
    await vi.waitFor(() => expect(rtc.state.hasPendingRequest).toBe(true));
    bus.say("discuss.channel.rtc.session/peer_notification", { notifications: ["{}"], sender: 30 });
    await joining;
    expect(network.connect).toHaveBeenCalledWith(20, { iceServers: [] });
    expect(network.addPeer.mock.calls).toEqual([[10]]);
    await vi.waitFor(() => expect(network.handleNotification).toHaveBeenCalledWith(30, "{}"));
    expect(rtc.channel.eq(channel)).toBe(true);
    await rtc.toggleMicrophone();
    expect(tracks[0].enabled).toBe(false);
    expect(sent.at(-1)).toEqual([
        "/mail/rtc/session/update_and_broadcast",
        { session_id: 20, values: { is_muted: true } },
    ]);
    await rtc.toggleVideo("screen");
    expect([rtc.selfSession.isScreenSharingOn, network.setTrack.mock.calls.at(-1)[0]]).toEqual([true, "screen"]);
    await rtc.toggleVideo("screen");
    expect([tracks[1].readyState, rtc.selfSession.isScreenSharingOn]).toEqual(["ended", false]);
    await rtc.ping();
    expect(sent.at(-1)[1]).toEqual({ channel_id: 7, check_rtc_session_ids: [10, 20], rtc_session_id: 20 });
    bus.say("mail.record/insert", { "discuss.channel": [{ id: 7, rtcSessions: [["DELETE", [10]]] }] });
    expect(network.removePeer).toHaveBeenCalledWith(10);
    expect(channel.rtcSessions.map(({ id }) => id)).toEqual([20]);
    await rtc.toggleCall(channel);
    expect(sent.at(-1)).toEqual(["/mail/rtc/channel/leave_call", { channel_id: 7 }]);
    expect([rtc.channel, tracks[0].readyState, network.disconnect.mock.calls.length]).toEqual([undefined, "ended", 1]);
});

test("c82, d96: the call is shown, with what can be done in it; invitations are taken or declined", async () => {
    const { bus, channel, env, rtc, sent, store } = await startCalls();
    await rtc.toggleCall(channel);
    store.RtcSession.insert({ connectionState: "connected", id: 10 });
    const page = await mount(Call, { env, props: { thread: channel } });
    const names = () =>
        [...page.querySelectorAll(".o-discuss-CallParticipantCard-name")].map((one) => one.textContent.trim());
    expect(names()).toEqual(["Cora", "Mitchell"]);
    const actions = [...page.querySelectorAll("[role=toolbar] button")].map(({ name }) => name);
    expect(actions).toEqual(["mute", "deafen", "camera-on", "share-screen", "raise-hand", "fullscreen", ""]);
    page.querySelector("button[name=mute]").click();
    await vi.waitFor(() => expect(page.querySelector("button[name=mute]").ariaPressed).toBe("true"));
    rtc.streams[10] = { screen: new MediaStream([videoTrack()]) };
    store.RtcSession.insert({ id: 10, isScreenSharingOn: true });
    await vi.waitFor(() => expect(page.querySelector(".o-discuss-Call-main video").srcObject).toBeTruthy());
    bus.say("discuss.channel.rtc.session/ended", { sessionId: 20 });
    await vi.waitFor(() => expect(page.querySelector("button[name=mute]")).toBe(null));
    bus.say("mail.record/insert", { "discuss.channel": [{ id: 7, rtcInvitingSession: 10 }] });
    const ring = await mount(CallInvitations, { env });
    expect(ring.textContent).toContain("Cora");
    ring.querySelector(".o-discuss-CallInvitation-decline").click();
    await vi.waitFor(() => expect(ring.textContent).toBe(""));
    expect(sent.at(-1)[0]).toBe("/mail/rtc/channel/leave_call");
});

test("c81: the user is heard by the device that was chosen", async () => {
    const { asked, channel, env, network, rtc, tracks } = await startCalls();
    await rtc.toggleCall(channel);
    const page = await mount(CallSettings, { env, props: { thread: channel } });
    const options = () => [...page.querySelectorAll("select")].map((one) => [...one.options].map(({ value }) => value));
    expect(options()).toEqual([["", "m1"], [""]]);
    const [select] = page.querySelectorAll("select");
    select.value = "m1";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await vi.waitFor(() => expect(network.setTrack.mock.calls.at(-1)[1]).toBe(tracks[1]));
    expect(asked).toEqual([{ audio: true }, { audio: { deviceId: "m1" } }]);
    expect([tracks[0].readyState, tracks[1].enabled]).toEqual(["ended", true]);
    await rtc.leaveCall();
});

const press = (type, key, values = {}, target = document.body) =>
    target.dispatchEvent(new KeyboardEvent(type, { bubbles: true, cancelable: true, key, ...values }));

test("c81: with push to talk the microphone is open while the key is held, and a moment longer", async () => {
    const { channel, env, rtc, store, tracks } = await startCalls();
    const saved = [];
    env.services.orm.call = async (_model, _method, _ids, { new_settings: values }) => saved.push(values);
    await rtc.toggleCall(channel);
    const page = await mount(CallSettings, { env, props: { thread: channel } });
    expect(page.querySelector("button[name=push_to_talk_key]")).toBe(null);
    page.querySelector("input[name=use_push_to_talk]").click();
    await vi.waitFor(() => page.querySelector("button[name=push_to_talk_key]").click());
    expect(tracks[0].enabled).toBe(false);
    press("keydown", "Shift", { shiftKey: true });
    press("keydown", "M", { shiftKey: true });
    await vi.waitFor(() => expect(page.querySelector("kbd").textContent).toBe("SHIFT + M"));
    const range = page.querySelector("input[name=voice_active_duration]");
    range.value = "100";
    range.dispatchEvent(new Event("change", { bubbles: true }));
    expect(saved).toEqual([
        { use_push_to_talk: true },
        { push_to_talk_key: "true...m" },
        { voice_active_duration: 100 },
    ]);
    press("keydown", "m");
    expect(tracks[0].enabled).toBe(false);
    press("keydown", "M", { shiftKey: true });
    expect(tracks[0].enabled).toBe(true);
    // who lets go of Shift first lets go of the key all the same
    press("keyup", "Shift");
    press("keyup", "m");
    expect(tracks[0].enabled).toBe(true);
    await vi.waitFor(() => expect(tracks[0].enabled).toBe(false));
    // silent is silent, and what is typed is typed
    const input = document.createElement("input");
    page.append(input);
    press("keydown", "M", { shiftKey: true }, input);
    expect(tracks[0].enabled).toBe(false);
    await rtc.toggleMicrophone();
    press("keydown", "M", { shiftKey: true });
    expect(tracks[0].enabled).toBe(false);
    await rtc.toggleMicrophone();
    expect(tracks[0].enabled).toBe(true);
    window.dispatchEvent(new Event("blur"));
    await vi.waitFor(() => expect(tracks[0].enabled).toBe(false));
    // Escape leaves the key as it was
    page.querySelector("button[name=push_to_talk_key]").click();
    press("keydown", "Escape");
    expect(store.settings.push_to_talk_key).toBe("true...m");
    store.settings.use_push_to_talk = false;
    await rtc.leaveCall();
});
