import { Component, markup, onWillStart, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

/** @param {string} text @returns {string} HTML of a text that somebody typed */
export function asHtml(text) {
    const paragraph = document.createElement("p");
    text.trim()
        .split("\n")
        .forEach((line, index) => paragraph.append(...(index ? [document.createElement("br")] : []), line));
    return paragraph.outerHTML;
}

/** The talk about a document, on its page: what was written last comes first, and more on demand. */
export class PortalChatter extends Component {
    static template = "portal.Chatter";
    static components = {};
    static props = {
        threadModel: String,
        threadId: Number,
        token: { type: String, optional: true },
        pid: { type: [String, Number], optional: true },
        hash: { type: String, optional: true },
        perPage: { type: Number, optional: true },
        composer: { type: Boolean, optional: true },
        timezone: { type: String, optional: true },
    };
    static defaultProps = { perPage: 10, composer: true };

    setup() {
        this.input = useRef("input");
        this.file = useRef("file");
        /** @type {any} */
        this.state = useState({
            messages: [],
            files: [],
            text: "",
            error: "",
            mayPost: false,
            mayBeMore: false,
            isBusy: false,
            edited: null,
            editedText: "",
            self: null,
        });
        onWillStart(() => this.load());
    }

    /** What says that the visitor may see the document. */
    get link() {
        const { token, pid, hash } = this.props;
        return Object.fromEntries(Object.entries({ token, pid, hash }).filter(([, value]) => value));
    }

    get thread() {
        return { thread_model: this.props.threadModel, thread_id: this.props.threadId };
    }

    get isInternal() {
        return Boolean(user.isInternalUser);
    }

    async load() {
        try {
            const [store] = await Promise.all([
                rpc("/portal/chatter_init", { ...this.thread, ...this.link }),
                this.loadMessages(),
            ]);
            this.state.mayPost = this.props.composer && store["mail.thread"][0].hasWriteAccess;
            this.state.self = store.Store.self;
        } catch {
            this.state.error = _t("The messages could not be loaded.");
        }
    }

    /** What else is said when messages are asked for; modules extend it. @returns {Object} */
    get fetchParams() {
        return {};
    }

    /** What else goes with a new message; modules extend it. @returns {Object} */
    get postValues() {
        return {};
    }

    /** Called with what the server answers beside the messages. */
    onFetched(_answer) {}

    /** Called when a message was posted. */
    onPosted() {}

    async loadMessages(before) {
        const place = { ...this.thread, ...this.link, limit: this.props.perPage, before };
        const { data, ...others } = await rpc("/mail/chatter_fetch", { ...this.fetchParams, ...place });
        this.onFetched(others);
        const found = data["mail.message"].sort((first, second) => second.id - first.id);
        this.state.mayBeMore = found.length === this.props.perPage;
        this.state.messages.push(...found.map((message) => ({ ...message, html: markup(message.body || "") })));
    }

    onClickMore() {
        return this.whileBusy(() => this.loadMessages(this.state.messages.at(-1).id));
    }

    /** @param {() => Promise<any>} act whose failure is told below the field */
    async whileBusy(act) {
        Object.assign(this.state, { isBusy: true, error: "" });
        try {
            await act();
        } catch (error) {
            this.state.error = error.data?.message || _t("That did not work: try again.");
        } finally {
            this.state.isBusy = false;
        }
    }

    get isEmpty() {
        return !this.state.text.trim() && !this.state.files.length;
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey) && !this.isEmpty) {
            ev.preventDefault();
            this.onSubmit();
        }
    }

    onSubmit() {
        return this.whileBusy(async () => {
            const { text, files } = this.state;
            await rpc("/mail/message/post", {
                ...this.thread,
                ...this.link,
                post_data: {
                    ...this.postValues,
                    body: text.trim() ? asHtml(text) : "",
                    attachment_ids: files.map(({ id }) => id),
                    message_type: "comment",
                    subtype_xmlid: "mail.mt_comment",
                },
                attachment_tokens: files.map((file) => file.access_token || ""),
            });
            Object.assign(this.state, { text: "", files: [] });
            this.onPosted();
            await this.reload();
        });
    }

    /** Show the newest messages anew. */
    async reload() {
        this.state.messages.splice(0);
        await this.loadMessages();
    }

    async onFiles(ev) {
        const chosen = [...ev.target.files];
        ev.target.value = "";
        await this.whileBusy(async () => {
            for (const file of chosen) {
                this.state.files.push(await this.upload(file));
            }
        });
    }

    /** @param {File} file @returns {Promise<{id: number, name: string, access_token?: string}>} */
    async upload(file) {
        const form = new FormData();
        const values = { ...this.thread, ...this.link, is_pending: "true", csrf_token: globalThis.odoo.csrf_token };
        Object.entries(values).forEach(([name, value]) => form.append(name, String(value)));
        form.append("ufile", file);
        const answer = await fetch("/mail/attachment/upload", { method: "POST", body: form });
        const { data, error } = answer.ok ? await answer.json() : { error: _t("The file could not be uploaded.") };
        if (error) {
            throw Object.assign(new Error(error), { data: { message: error } });
        }
        return data["ir.attachment"][0];
    }

    onRemoveFile(file) {
        return this.whileBusy(async () => {
            await rpc("/mail/attachment/delete", { attachment_id: file.id, access_token: file.access_token });
            this.state.files.splice(this.state.files.indexOf(file), 1);
        });
    }

    fileUrl(file) {
        return `/web/content/${file.id}?download=true&access_token=${encodeURIComponent(file.access_token || "")}`;
    }

    isOwn(message) {
        return Boolean(this.state.mayPost && this.state.self && message.author?.id === this.state.self.id);
    }

    onEdit(message) {
        const text = new DOMParser().parseFromString(message.body.replaceAll("<br>", "\n"), "text/html");
        Object.assign(this.state, { edited: message.id, editedText: text.body.textContent });
    }

    onSaveEdited(message) {
        return this.update(message, asHtml(this.state.editedText));
    }

    onDelete(message) {
        return this.update(message, "");
    }

    update(message, body) {
        return this.whileBusy(async () => {
            const attachments = body ? message.attachment_ids : [];
            await rpc("/mail/message/update_content", {
                ...this.link,
                message_id: message.id,
                body,
                attachment_ids: attachments.map(({ id }) => id),
                attachment_tokens: attachments.map((file) => file.access_token || ""),
            });
            this.state.edited = null;
            await this.reload();
        });
    }

    onToggleInternal(message) {
        return this.whileBusy(async () => {
            message.is_internal = await rpc("/mail/update_is_internal", {
                message_id: message.id,
                is_internal: !message.is_internal,
            });
        });
    }
}

registry.category("public_components").add("portal.chatter", PortalChatter);
