/** A line above a form that says who else is at work on its record. */
import { Component, onWillUnmount, useEffect, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { useBus, useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { FetchRecordError } from "@web/model/relational_model/utils";
import { FormController } from "@web/views/form/form_controller";

/** Milliseconds between two messages that say that the record is being edited. */
export const RENEWAL = 10_000;
/** Milliseconds without such a message after which nobody does so any more. */
export const EXPIRY = 25_000;

export class LiveRecordLine extends Component {
    static template = "bus.LiveRecordLine";
    static props = { model: Object };

    setup() {
        this.live = useService("live_records");
        this.names = useService("name");
        this.model = useState(this.props.model);
        /** Names of those who edit the record, by their ids; who has changed it; whether it is gone. */
        this.state = useState({ editors: {}, changedBy: "", isGone: false, isTyped: false });
        this.timers = {};
        const watch = this.live.watch({
            resModel: this.model.root.resModel,
            getIds: () => [this.resId].filter(Boolean),
            onChanged: (changed) => this.onChanged(changed),
            onEditing: (news) => this.onEditing(news),
        });
        useBus(this.model.bus, "FIELD_IS_DIRTY", ({ detail }) => {
            this.state.isTyped = Boolean(detail);
        });
        useEffect(
            () => {
                watch.update();
                return () => this.forget();
            },
            () => [this.resId]
        );
        useEffect(
            (resId, isEdited) => (resId && isEdited ? this.tellEditing(resId) : undefined),
            () => [this.resId, this.isEdited]
        );
        onWillUnmount(() => watch.stop());
    }

    get resId() {
        return this.model.root.resId;
    }

    get isEdited() {
        return this.model.root.dirty || this.state.isTyped;
    }

    // ------------------------------------------------------------------ what is done here

    /** Tell the others for as long as there is something that is not saved. */
    tellEditing(resId) {
        const { resModel } = this.model.root;
        this.live.tellEditing(resModel, resId, true);
        const timer = browser.setInterval(() => this.live.tellEditing(resModel, resId, true), RENEWAL);
        return () => {
            browser.clearInterval(timer);
            this.live.tellEditing(resModel, resId, false);
        };
    }

    // ------------------------------------------------------------------ what others do

    async nameOf(userId) {
        const { [userId]: name } = await this.names.loadDisplayNames("res.users", [userId]);
        return typeof name === "string" ? name : _t("Somebody").toString();
    }

    async onEditing({ id, is_editing: isEditing, user_id: userId }) {
        if (id !== this.resId) {
            return;
        }
        this.leave(userId);
        if (isEditing) {
            this.timers[userId] = browser.setTimeout(() => this.leave(userId), EXPIRY);
            const name = await this.nameOf(userId);
            if (this.timers[userId] && id === this.resId) {
                this.state.editors[userId] = name;
            }
        }
    }

    leave(userId) {
        browser.clearTimeout(this.timers[userId]);
        delete this.timers[userId];
        delete this.state.editors[userId];
    }

    forget() {
        Object.keys(this.timers).forEach((userId) => this.leave(userId));
        Object.assign(this.state, { changedBy: "", isGone: false, isTyped: false });
    }

    /** Show what others stored, unless there is something here that is not. */
    async onChanged(changed) {
        const { resId } = this;
        const userId = changed.get(resId);
        if (!changed.has(resId) || !resId) {
            return;
        }
        if (this.isEdited) {
            const name = await this.nameOf(userId);
            this.state.changedBy = this.resId === resId ? name : "";
            return;
        }
        try {
            await this.model.root.load();
        } catch (error) {
            if (!(error instanceof FetchRecordError)) {
                throw error;
            }
            this.state.isGone = true;
        }
    }

    // ------------------------------------------------------------------ what is said

    get text() {
        const { changedBy, editors, isGone } = this.state;
        const names = Object.values(editors);
        if (isGone) {
            return _t("This record was deleted.");
        }
        if (changedBy && this.isEdited) {
            return _t("%s has changed this record meanwhile.", changedBy);
        }
        if (names.length < 2) {
            return names.length ? _t("%s is editing this record", names[0]) : "";
        }
        const [first, second] = names;
        return names.length === 2
            ? _t("%(first)s and %(second)s are editing this record", { first, second })
            : _t("%(first)s and %(count)s others are editing this record", { first, count: names.length - 1 });
    }
}

patch(FormController.prototype, {
    /** Classes of addons have components of their own: the template asks the controller. */
    get liveRecordLine() {
        return LiveRecordLine;
    },
});
