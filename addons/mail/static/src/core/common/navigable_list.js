import { Component, onWillUpdateProps, useExternalListener, useState } from "@odoo/owl";
import { ImStatus } from "@mail/core/common/im_status";
import { usePosition } from "@web/core/position/position_hook";

/** Choices beside an input: arrows go through them, Enter and Tab take one, Escape closes. */
export class NavigableList extends Component {
    static template = "mail.NavigableList";
    static components = { ImStatus };
    static props = {
        /** What the choices are beside: above it or below it, wherever there is room. */
        anchorRef: { optional: true },
        autoSelectFirst: { type: Boolean, optional: true },
        class: { type: String, optional: true },
        hint: { type: String, optional: true },
        isLoading: { type: Boolean, optional: true },
        onSelect: Function,
        options: Array,
        optionTemplate: { type: String, optional: true },
        placeholder: { type: String, optional: true },
        position: { type: String, optional: true },
    };
    static defaultProps = { autoSelectFirst: true, class: "", isLoading: false, position: "top" };

    setup() {
        this.state = useState({ activeIndex: this.props.autoSelectFirst ? 0 : null, open: true });
        const { position } = this.props;
        usePosition("root", () => this.props.anchorRef, { position: `${position.split("-")[0]}-fit` });
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev), { capture: true });
        useExternalListener(window, "click", () => (this.state.open = false));
        onWillUpdateProps((next) => {
            if (next.options !== this.props.options) {
                Object.assign(this.state, { activeIndex: next.autoSelectFirst ? 0 : null, open: true });
            }
        });
    }

    get show() {
        const { isLoading, options } = this.props;
        return this.state.open && Boolean(options.length || isLoading);
    }

    /** @param {1|-1} step */
    navigate(step) {
        const { length } = this.props.options;
        const from = this.state.activeIndex ?? (step > 0 ? -1 : length);
        this.state.activeIndex = (from + step + length) % length;
    }

    onKeydown(ev) {
        const { options } = this.props;
        if (!this.show || !options.length || ev.isComposing) {
            return;
        }
        const chosen = options[this.state.activeIndex];
        const answers = {
            ArrowDown: () => this.navigate(1),
            ArrowUp: () => this.navigate(-1),
            Escape: () => (this.state.open = false),
            ...(chosen && { Enter: () => this.select(ev, chosen), Tab: () => this.select(ev, chosen) }),
        };
        if (ev.key in answers) {
            ev.preventDefault();
            ev.stopPropagation();
            answers[ev.key]();
        }
    }

    select(ev, option) {
        this.props.onSelect(ev, option);
        this.state.open = false;
    }
}
