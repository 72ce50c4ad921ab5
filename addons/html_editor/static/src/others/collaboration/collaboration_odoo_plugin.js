import { loadBundle } from "@web/core/assets";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { Plugin } from "@html_editor/plugin";
import { LostTextDialog } from "@html_editor/others/collaboration/lost_text_dialog";
import { delays, Outbox } from "@html_editor/others/collaboration/outbox";

/** Bundle of what joins texts; it comes when one is written together. */
const BUNDLE = "html_editor.collaboration_lib";
/** Type of the messages on the bus, and the beginning of the names of channels. */
const TYPE = "editor_collaboration";
async function loadSharedText() {
    const parts = registry.category("html_editor");
    if (!parts.contains("SharedText")) {
        await loadBundle(BUNDLE);
    }
    return parts.get("SharedText");
}

const wait = (duration) => new Promise((resolve) => browser.setTimeout(resolve, duration));

/** How the pages of those who write one text hear of each other: by the bus. */
export class CollaborationOdooPlugin extends Plugin {
    static id = "collaborationOdoo";
    static dependencies = ["collaboration"];
    static shared = ["check", "getPeerMetadata", "getPeers", "hears"];

    /** Others who write the text, by their ids. @type {Map<string, Object>} */
    peers = new Map();
    /** What the user wrote and others are about to be told. @type {string[]} */
    updates = [];
    /** A save of which more is to be heard. @type {string|null} */
    awaited = null;
    state = "alone";
    startTime = Date.now();

    resources = {
        collaboration_step_added_handlers: (update) => this.stepAdded(update),
        collaborative_caret_handlers: () => this.sendCaret(),
        collaborative_peer_gone_handlers: (client) => this.forgetClient(client),
    };

    setup() {
        this.given = this.config.collaboration;
        if (!this.given) {
            return;
        }
        const { collaborationModelName, collaborationFieldName, collaborationResId } = this.given.collaborationChannel;
        this.target = {
            model_name: collaborationModelName,
            field_name: collaborationFieldName,
            res_id: collaborationResId,
        };
        this.channel = [TYPE, collaborationModelName, collaborationFieldName, collaborationResId].join(":");
        if (this.given.collaborativeTrigger === "start") {
            this.join();
        } else {
            this.addDomListener(this.editable, "focusin", () => this.join());
        }
    }

    destroy() {
        this.leave();
        super.destroy();
    }

    get text() {
        return this.dependencies.collaboration.getText();
    }

    // ------------------------------------------------------------------ coming and going

    /** Write with the others from now on; who cannot be reached now is tried again with the next focus. */
    async join() {
        if (this.state !== "alone") {
            return;
        }
        this.state = "joining";
        try {
            const [SharedText, stored] = await Promise.all([loadSharedText(), this.readStored()]);
            if (!this.isDestroyed) {
                await this.begin(SharedText, stored);
            }
        } catch (error) {
            this.state = "alone";
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
        }
    }

    async begin(SharedText, stored) {
        const { busService, peerId } = this.given;
        this.outbox = new Outbox(this.target, peerId, {
            onLost: () => this.trySoon(),
            onRefused: () => this.refused(),
        });
        this.listen(busService);
        this.state = "joined";
        const before = this.editable.innerText;
        const isKept = this.dependencies.collaboration.share(SharedText, stored);
        this.given.onStored?.(stored);
        this.introduce();
        if (!isKept) {
            this.showLost(before);
        }
        await busService.addChannel(this.channel);
        this.announce();
    }

    listen(busService) {
        const heard = (message) => this.heard(message);
        const connected = () => this.connected();
        busService.subscribe(TYPE, heard);
        // a connection that was closed while the page was offline is a new one
        const events = ["connect", "reconnect"];
        events.forEach((event) => busService.addEventListener(event, connected));
        const gone = () => this.outbox.close("ptp_disconnect");
        browser.addEventListener("pagehide", gone);
        // pages that nobody sees may have been forgotten
        const seen = () => this.document.visibilityState === "visible" && this.announce();
        this.document.addEventListener("visibilitychange", seen);
        this.unlisten = () => {
            this.document.removeEventListener("visibilitychange", seen);
            busService.unsubscribe(TYPE, heard);
            events.forEach((event) => busService.removeEventListener(event, connected));
            browser.removeEventListener("pagehide", gone);
            busService.deleteChannel(this.channel);
        };
    }

    leave() {
        this.unlisten?.();
        this.unlisten = null;
        this.outbox?.close("ptp_disconnect");
        browser.clearTimeout(this.timer);
        browser.clearTimeout(this.saveTimer);
        this.state = "left";
    }

    /** The text stays as it is, and belongs to the user alone: he may not write it any more, or it is too long. */
    refused() {
        if (this.state === "joined") {
            this.leave();
            this.forgetPeers();
            const message = _t("What you write is not shown to others any more. It can still be saved.");
            this.services.notification.add(message, { type: "warning" });
        }
    }

    /** The connection was away: what was missed is asked for, and what others did not hear is told. */
    connected() {
        this.announce();
        this.check();
    }

    trySoon() {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.announce(), delays.retry);
    }

    // ------------------------------------------------------------------ what is stored

    async readStored() {
        const { model_name: model, field_name: name, res_id: id } = this.target;
        const [row] = await this.given.ormService.silent.read(model, [id], [name]);
        return String(row?.[name] || "");
    }

    /** Compare with what is stored, as it may have been changed by somebody who did not write with the others. */
    async check() {
        if (this.state !== "joined" || this.isChecking) {
            return;
        }
        this.isChecking = true;
        try {
            if (this.lacks(await this.readStored())) {
                // somebody may know more
                this.announce();
                await wait(delays.answer);
                const stored = await this.readStored();
                if (this.lacks(stored)) {
                    this.takeOver({ stored });
                    this.given.onStored?.(stored);
                }
            }
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            this.trySoon();
        } finally {
            this.isChecking = false;
        }
    }

    /** @param {string} stored @returns {Promise<boolean>} whether others tell what was saved, soon */
    async hears(stored) {
        const end = Date.now() + 2 * delays.answer;
        this.announce();
        while (this.lacks(stored) && Date.now() < end) {
            await wait(delays.gather);
        }
        return this.state === "joined" && !this.lacks(stored);
    }

    lacks(stored) {
        return this.state === "joined" && !this.dependencies.collaboration.contains(stored);
    }

    /** Go on with another text. What the user wrote and cannot be joined with it is shown once more. */
    takeOver(origin) {
        const before = this.editable.innerText;
        const isKept = this.dependencies.collaboration.takeOver(origin);
        this.introduce();
        this.announce();
        if (!isKept) {
            this.showLost(before);
        }
    }

    showLost(text) {
        this.services.dialog.add(LostTextDialog, { text });
    }

    // ------------------------------------------------------------------ messages

    /** @returns {Object} what others are told of who writes here */
    getPeerMetadata() {
        const { startTime } = this;
        return Object.assign(
            { startTime },
            ...this.getResource("collaboration_peer_metadata_providers").map((ask) => ask())
        );
    }

    /** @returns {Object[]} others who write the text: `{peerId, user: {id, name}, client}` */
    getPeers() {
        return [...this.peers.values()];
    }

    /** Say that somebody writes here, and what he knows. */
    announce() {
        if (this.state === "joined") {
            this.outbox.add("ptp_join", () => this.presence(), { replaces: true });
        }
    }

    presence() {
        const { base, caret, client, saves, vector } = this.text;
        return { base, caret, client, saves, vector, ...this.getPeerMetadata() };
    }

    /** Who it is, the server tells: see the caret of others. */
    introduce() {
        this.text.introduce({ name: "", color: "#000000" });
    }

    /** Nobody needs to be told what nobody hears: who comes asks for it. */
    stepAdded(update) {
        if (this.state !== "joined" || !this.peers.size) {
            return;
        }
        const { base } = this.text;
        this.updates.push(update);
        const payload = () => ({ base, updates: this.updates.splice(0) });
        this.outbox.add("oe_history_step", payload, { replaces: true });
    }

    heard(message) {
        const { fromPeerId: peerId, notificationName: name, notificationPayload: payload, toPeerId } = message;
        const isOther = Object.entries(this.target).some(([key, value]) => message[key] !== value);
        if (isOther || this.state !== "joined" || peerId === this.given.peerId) {
            return;
        }
        this.dispatchTo("collaboration_notification_handlers", message);
        if (name === "html_field_write") {
            this.stored(payload.last_step_id);
        } else if (!toPeerId || toPeerId === this.given.peerId) {
            try {
                this.follow(name, payload, { ...message, peerId });
            } catch (error) {
                // somebody's page is broken, or of another version: that is no reason not to write here
                console.warn("A message about a shared text is not understood:", error);
            }
        }
    }

    /** The text was saved; the name of the save may come later than the news of it. @param {string} save */
    stored(save) {
        browser.clearTimeout(this.saveTimer);
        this.awaited = this.text.contains(save) ? null : save;
        if (this.awaited) {
            this.saveTimer = browser.setTimeout(() => this.check(), delays.answer);
        } else {
            this.given.onFieldWrite?.(save);
        }
    }

    follow(name, payload, { peerId, user }) {
        switch (name) {
            case "ptp_join":
                this.know(peerId, user, payload);
                this.answer(peerId, payload);
                break;
            case "ptp_disconnect":
                this.forget(peerId);
                break;
            case "oe_history_step":
                this.take(payload, peerId);
                break;
            case "oe_history_snapshot":
                this.know(peerId, user, payload);
                this.takeSnapshot(payload, peerId);
                break;
            case "oe_history_set_selection":
                this.know(peerId, user, payload);
                if (payload.base === this.text.base && this.text.isBehind(payload.vector)) {
                    this.askSoon();
                }
                break;
        }
    }

    know(peerId, user, { caret, client, startTime }) {
        const before = this.peers.get(peerId);
        if (before && before.client !== client) {
            this.text.removeCaret(before.client);
        }
        const isNew = !before;
        this.peers.set(peerId, { peerId, user, client, startTime: startTime ?? before?.startTime ?? 0 });
        this.text.moveCaret(caret);
        if (isNew) {
            this.given.onPeers?.(this.getPeers());
            this.sendCaret();
        }
    }

    forget(peerId) {
        const peer = this.peers.get(peerId);
        if (peer) {
            this.peers.delete(peerId);
            this.text.removeCaret(peer.client);
            this.given.onPeers?.(this.getPeers());
        }
    }

    forgetClient(client) {
        this.getPeers().forEach((peer) => peer.client === client && this.forget(peer.peerId));
    }

    forgetPeers() {
        [...this.peers.keys()].forEach((peerId) => this.forget(peerId));
    }

    /** Somebody has come, or has come back. */
    answer(peerId, { base, saves, startTime, vector }) {
        const { text } = this;
        const save = saves.at(-1);
        if (base === text.base) {
            const updates = [text.changesSince(vector)];
            this.outbox.add("oe_history_step", { base, updates, vector: text.vector }, { to: peerId });
        } else if (save && !text.contains(save)) {
            this.check();
        } else if (this.isBefore(startTime, peerId)) {
            const snapshot = () => ({ ...this.presence(), state: this.text.changesSince() });
            this.outbox.add("oe_history_snapshot", snapshot, { to: peerId });
        } else {
            this.askSoon();
        }
    }

    /** Whether the text of this page stands where two texts began differently. */
    isBefore(startTime, peerId) {
        const own = this.given.peerId;
        return this.startTime < startTime || (this.startTime === startTime && own < peerId);
    }

    take({ base, updates, vector }, peerId) {
        const { text } = this;
        if (base !== text.base) {
            this.askSoon();
            return;
        }
        const isWhole = updates.map((update) => text.join(update)).every(Boolean);
        this.dispatchTo("external_history_step_handlers");
        if (this.awaited) {
            this.stored(this.awaited);
        }
        if (vector) {
            this.outbox.add("oe_history_step", { base, updates: [text.changesSince(vector)] }, { to: peerId });
        }
        if (!isWhole || !this.peers.has(peerId)) {
            this.askSoon();
        }
    }

    takeSnapshot({ base, saves, startTime, state }, peerId) {
        const own = this.text.saves.at(-1);
        const isOlder = base === this.text.base || this.isBefore(startTime, peerId);
        if (!isOlder && (!own || saves.includes(own))) {
            this.takeOver({ base, state });
        }
    }

    /** Ask for what is missing, once for many reasons. */
    askSoon() {
        if (!this.isAsking) {
            this.isAsking = true;
            browser.setTimeout(() => {
                this.isAsking = false;
                this.announce();
            }, delays.answer);
        }
    }

    sendCaret() {
        if (this.state === "joined" && this.peers.size) {
            const payload = () => {
                const { base, caret, client, vector } = this.text;
                return { base, caret, client, vector };
            };
            this.outbox.add("oe_history_set_selection", payload, { replaces: true });
        }
    }
}
