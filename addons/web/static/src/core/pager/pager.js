import { Component, EventBus, useExternalListener, useState } from "@odoo/owl";
import { useAutofocus } from "@web/core/utils/hooks";
import { clamp } from "@web/core/utils/numbers";

/** What {@link pagerBus} says when a page was turned: `{ value, total }`. */
export const PAGER_UPDATED_EVENT = "PAGER:UPDATED";
export const pagerBus = new EventBus();

/** "1-80 / 213" with arrows; the range can be typed. */
export class Pager extends Component {
    static template = "web.Pager";
    static defaultProps = { isEditable: true, withAccessKey: true };
    static props = {
        offset: Number,
        limit: Number,
        total: Number,
        onUpdate: Function,
        isEditable: { type: Boolean, optional: true },
        withAccessKey: { type: Boolean, optional: true },
        updateTotal: { type: Function, optional: true },
    };

    setup() {
        this.state = useState({ isEditing: false, isDisabled: false });
        this.inputRef = useAutofocus();
        useExternalListener(document, "mousedown", (ev) => {
            if (this.state.isEditing && ev.target !== this.inputRef.el) {
                this.state.isEditing = false;
            }
        });
    }

    get minimum() {
        return this.props.offset + 1;
    }

    get maximum() {
        return Math.min(this.props.offset + this.props.limit, this.props.total);
    }

    get value() {
        return this.props.limit === 1 ? `${this.minimum}` : `${this.minimum}-${this.maximum}`;
    }

    get isSinglePage() {
        const { limit, offset, total, updateTotal } = this.props;
        // while more records may be found there are other pages
        return !updateTotal && offset === 0 && limit >= total;
    }

    async navigate(direction) {
        const { offset, limit, total, updateTotal } = this.props;
        let next = offset + limit * direction;
        let known = total;
        if (updateTotal && (next < 0 || next >= total)) {
            known = await updateTotal();
        }
        if (next >= known) {
            next = 0;
        } else if (next < 0) {
            next = limit === 1 ? known - 1 : Math.floor((known - 1) / limit) * limit;
        }
        await this.update(next, limit, true);
        if (this.env.isSmall) {
            const { value, props } = this;
            pagerBus.trigger(PAGER_UPDATED_EVENT, { value, total: props.total });
        }
    }

    async setValue(text) {
        const [from, to] = text
            .trim()
            .split(/\s*[-\s,;]\s*/)
            .map((part) => parseInt(part, 10));
        if (Number.isNaN(from)) {
            return;
        }
        const minimum = clamp(from, 1, this.props.total);
        const maximum = Number.isNaN(to ?? NaN) ? minimum : clamp(to, minimum, this.props.total);
        await this.update(minimum - 1, maximum - minimum + 1, false);
    }

    async update(offset, limit, hasNavigated) {
        this.state.isDisabled = true;
        try {
            await this.props.onUpdate({ offset, limit }, hasNavigated);
        } finally {
            this.state.isDisabled = false;
            this.state.isEditing = false;
        }
    }

    onInputKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            this.setValue(ev.target.value);
        } else if (ev.key === "Escape") {
            this.state.isEditing = false;
        }
    }

    onValueClick() {
        if (this.props.isEditable && !this.state.isDisabled) {
            this.state.isEditing = true;
        }
    }
}
