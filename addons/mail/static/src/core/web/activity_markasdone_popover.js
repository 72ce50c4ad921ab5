import { Component, useState } from "@odoo/owl";
import { useAutofocus, useService } from "@web/core/utils/hooks";

/** Asks what came of an activity, and whether something comes next. */
export class ActivityMarkAsDone extends Component {
    static template = "mail.ActivityMarkAsDone";
    static props = {
        activity: Object,
        close: { type: Function, optional: true },
        hasHeader: { type: Boolean, optional: true },
        onActivityChanged: { type: Function, optional: true },
        onClickDoneAndScheduleNext: { type: Function, optional: true },
    };
    static defaultProps = { hasHeader: false, onActivityChanged: () => {} };

    setup() {
        this.action = useService("action");
        this.state = useState({ isBusy: false });
        this.textArea = useAutofocus({ refName: "textarea" });
    }

    /** Whether what comes next is asked for; where it follows by itself there is nothing to ask. */
    get isSuggested() {
        return this.props.activity.chaining_type === "suggest";
    }

    /** Escape leaves this, not what it stands in. */
    onKeydown(ev) {
        const { close } = this.props;
        if (close && ev.key === "Escape") {
            close();
            ev.stopPropagation();
        }
    }

    /**
     * Do something once, however often its button is pressed.
     *
     * @param {() => Promise<any>} deed
     */
    async once(deed) {
        if (this.state.isBusy) {
            return undefined;
        }
        this.state.isBusy = true;
        try {
            return await deed();
        } finally {
            this.state.isBusy = false;
        }
    }

    async onClickDone() {
        const { activity, close, onActivityChanged } = this.props;
        const { res_id: id, res_model: model } = activity;
        await this.once(() => activity.markAsDone());
        activity.remove();
        onActivityChanged({ id, model });
        close?.();
    }

    async onClickDoneAndScheduleNext() {
        const { activity, close, onActivityChanged, onClickDoneAndScheduleNext } = this.props;
        const { res_id: id, res_model: model } = activity;
        onClickDoneAndScheduleNext?.();
        const action = await this.once(() => activity.markAsDoneAndScheduleNext());
        activity.remove();
        onActivityChanged({ id, model });
        close?.();
        if (action) {
            const onClose = () => onActivityChanged({ id, model });
            await this.env.services.action.doAction(action, { onClose });
        }
    }
}
