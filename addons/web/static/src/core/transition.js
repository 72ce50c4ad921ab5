import { Component, useState, xml } from "@odoo/owl";

/** Whether things move while they appear and go; tests set `disabled`. */
export const config = { disabled: false };

/** State for content that may animate while it appears; `shouldMount` follows what was asked. */
export function useTransition({ initialVisibility = true } = {}) {
    const state = useState({ visible: initialVisibility });
    return {
        get shouldMount() {
            return state.visible;
        },
        set shouldMount(value) {
            state.visible = value;
        },
        get className() {
            return state.visible ? "o-fade-enter-active" : "o-fade-leave";
        },
        get stage() {
            return state.visible ? "enter-active" : "leave";
        },
    };
}

/** Shows its slot while `visible`. */
export class Transition extends Component {
    static template = xml`<t t-if="props.visible" t-slot="default" className="(props.name || 'o-fade') + '-enter-active'"/>`;
    static props = {
        name: { optional: true },
        visible: { type: Boolean, optional: true },
        immediate: { optional: true },
        leaveDuration: { optional: true },
        onLeave: { optional: true },
        slots: Object,
    };
    static defaultProps = { visible: true };
}
