import { onWillUnmount, toRaw, useEffect, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { exprToBoolean } from "@web/core/utils/strings";
import { useBus } from "@web/core/utils/hooks";
import { applyDraft, draftOf, isStored } from "@web/model/relational_model/draft_values";

/** Milliseconds after the last change. */
const PAUSE = 1000;
const TYPED = "input:not([type]), input[type=text], textarea";

/** `model/field` of the fields whose text is hidden while it is typed, also in the lines of the form. */
function secretFields(resModel, { fieldNodes }, found = new Set()) {
    for (const { attrs, field, name, views } of Object.values(fieldNodes)) {
        if (exprToBoolean(attrs?.password || "")) {
            found.add(`${resModel}/${name}`);
        }
        for (const view of Object.values(views || {})) {
            secretFields(field?.relation || view.resModel, view, found);
        }
    }
    return found;
}

/** Keeps what is changed in a form and not saved, and offers it when the record is opened again. */
class FormDrafts {
    /**
     * @param {import("./form_controller").FormController} controller
     * @param {Object} store the service
     * @param {{found: Object|null}} state draft of an earlier time, which is offered
     */
    constructor(controller, store, state) {
        this.controller = controller;
        this.store = store;
        this.state = state;
        this.timer = 0;
        /** @type {any[]|null} what a draft was kept of */
        this.kept = null;
        this.release = (/** @type {any} */ _nothing) => {};
        /** @type {Set<string>|null} */
        this.secrets = null;
    }

    get found() {
        return this.state.found;
    }

    get root() {
        return this.controller.model.root;
    }

    /** What the draft is of. */
    get parts() {
        const { env, props } = this.controller;
        return [props.resModel, this.root.resId || "new", env.config.viewId || false];
    }

    get isSecret() {
        const { archInfo, props } = this.controller;
        const secrets = (this.secrets ??= secretFields(props.resModel, archInfo));
        return (resModel, name) => secrets.has(`${resModel}/${name}`);
    }

    /** Look whether there is something for the record that is shown. */
    async look() {
        const { root } = this;
        this.state.found = null;
        const { parts } = this;
        const draft = await this.store.get(parts);
        if (!draft || root !== this.root || root.dirty || (await isOpenElsewhere(parts))) {
            return;
        }
        if (isStored(root, draft)) {
            await this.store.remove(parts);
        } else {
            this.state.found = draft;
        }
    }

    /** Something was changed, saved or discarded: keep what there is once the user pauses. */
    schedule() {
        browser.clearTimeout(this.timer);
        const flush = () => this.flush();
        // a page that is never idle keeps it all the same
        const whenIdle = () =>
            window.requestIdleCallback ? window.requestIdleCallback(flush, { timeout: PAUSE }) : flush();
        this.timer = browser.setTimeout(whenIdle, PAUSE);
    }

    async flush() {
        const { kept, parts, root } = this;
        const typed = this.typedText();
        if (root.dirty || typed) {
            const draft = draftOf(root, this.isSecret);
            Object.assign(draft.values, typed);
            this.hold(parts);
            this.kept = parts;
            await this.store.put(parts, draft);
        } else if (kept) {
            await this.forget(kept);
        }
    }

    /** What is typed in the field that has the focus, which the record does not know yet. */
    typedText() {
        const input = /** @type {HTMLInputElement} */ (document.activeElement);
        const widget = input?.matches?.(TYPED) && input.closest(".o_field_widget[name]");
        const isOwn = widget && this.controller.rootRef.el?.contains(widget) && !widget.closest(".o_field_x2many");
        const name = isOwn && widget.getAttribute("name");
        const isText = name && ["char", "text"].includes(this.root.fields[name]?.type);
        if (!isText || this.isSecret(this.root.resModel, name) || input.value === this.root.data[name]) {
            return null;
        }
        return { [name]: input.value || false };
    }

    async forget(parts) {
        this.kept = null;
        this.release(undefined);
        await this.store.remove(parts);
    }

    /** Tell other pages of the browser that somebody works on it here. */
    hold(parts) {
        if (!this.kept && browser.navigator.locks) {
            const held = new Promise((resolve) => {
                this.release = resolve;
            });
            browser.navigator.locks.request(lockOf(parts), { mode: "shared" }, () => held);
        }
    }

    async restore() {
        const found = toRaw(this.found);
        this.state.found = null;
        this.hold(this.parts);
        this.kept = this.parts;
        await applyDraft(this.root, found);
    }

    async discard() {
        this.state.found = null;
        await this.store.remove(this.parts);
    }

    /** The form goes: what it has stored or dropped needs no draft. */
    leave() {
        browser.clearTimeout(this.timer);
        this.release(undefined);
        if (this.kept && !this.root.dirty) {
            this.store.remove(this.kept);
        }
    }
}

const lockOf = (parts) => `draft:${JSON.stringify(parts)}`;

async function isOpenElsewhere(parts) {
    const { held = [] } = (await browser.navigator.locks?.query()) || {};
    return held.some(({ name }) => name === lockOf(parts));
}

/**
 * Keep the unsaved changes of a form view; dialogs are part of the form below them.
 *
 * @param {import("./form_controller").FormController} controller
 * @returns {{found: {at: number}|null, restore: Function, discard: Function}|null} what was left of the record that is
 *     shown
 */
export function useFormDrafts(controller) {
    const { drafts: store } = controller.env.services;
    if (!store || controller.env.inDialog || !(controller.canEdit || controller.canCreate)) {
        return null;
    }
    const drafts = new FormDrafts(controller, store, useState({ found: null }));
    const later = () => drafts.schedule();
    useBus(controller.model.bus, "RECORD:CHANGED", later);
    useEffect(
        (el) => {
            el?.addEventListener("input", later);
            return () => el?.removeEventListener("input", later);
        },
        () => [controller.rootRef.el]
    );
    useEffect(
        () => {
            drafts.look();
        },
        () => [controller.model.root.id, controller.model.root.resId]
    );
    onWillUnmount(() => drafts.leave());
    return drafts;
}
