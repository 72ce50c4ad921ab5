import { onMounted, onPatched, onWillStart, onWillUnmount, useComponent, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { browser } from "@web/core/browser/browser";
import { makePopover } from "@web/core/popover/popover_hook";
import { useService, useWhileMounted } from "@web/core/utils/hooks";

/** Milliseconds in which a second click makes a double click. */
const DOUBLE_CLICK_DELAY = 250;

const DEEDS = ["createRecord", "deleteRecord", "editRecord"];

/** Props of what draws a scale of a calendar. */
export const scaleProps = {
    ...Object.fromEntries(DEEDS.map((name) => [name, Function])),
    isWeekendVisible: { optional: true, type: Boolean },
    model: Object,
    setDate: { optional: true, type: Function },
};

/**
 * A popover beside an event, or a dialog where there is no room for one.
 *
 * @param {typeof import("@odoo/owl").Component} component with the property `close`
 * @returns {{open: (target: HTMLElement, props: Object, popoverClass?: string) => void, close: () => void}}
 */
export function useCalendarPopover(component) {
    const owner = useComponent();
    const popovers = useService("popover");
    const dialogs = useService("dialog");
    let popoverClass = "";
    const popover = makePopover((...args) => popovers.add(...args), component, {
        env: owner.env,
        position: "right",
        get popoverClass() {
            return `o_cw_popover ${popoverClass}`;
        },
    });
    let closeDialog = null;
    const close = () => {
        closeDialog?.();
        closeDialog = null;
        popover.close();
    };
    useWhileMounted(() => close);
    return {
        close,
        open(target, props, givenClass = "") {
            close();
            popoverClass = givenClass;
            // whoever closes it goes on from here
            target.focus({ preventScroll: true });
            if (owner.env.isSmall) {
                closeDialog = dialogs.add(component, props);
            } else {
                popover.open(target, props);
            }
        },
    };
}

/**
 * Tell one click from two.
 *
 * @param {(...args: any[]) => void} singleClickCb
 * @param {(...args: any[]) => void} doubleClickCb
 * @returns {{handle: (...args: any[]) => void}} takes the arguments of both at each click
 */
export function useClickHandler(singleClickCb, doubleClickCb) {
    const component = useComponent();
    let timer = null;
    onWillUnmount(() => browser.clearTimeout(timer));
    return {
        handle(...args) {
            if (timer) {
                browser.clearTimeout(timer);
                timer = null;
                doubleClickCb.call(component, ...args);
                return;
            }
            timer = browser.setTimeout(() => {
                timer = null;
                singleClickCb.call(component, ...args);
            }, DOUBLE_CLICK_DELAY);
        },
    };
}

/** What FullCalendar is told: functions know the component as their `this`. */
function bound(component, params) {
    const entries = Object.entries(params).map(([name, value]) => [
        name,
        typeof value === "function" ? value.bind(component) : value,
    ]);
    return Object.fromEntries(entries);
}

/**
 * A calendar of FullCalendar in an element of the component; it asks for its events whenever the component is rendered.
 *
 * @param {string} refName
 * @param {Object} params options of FullCalendar
 * @returns {{api: any, el: HTMLElement|null}} its instance (null before it is mounted) and the element
 */
export function useFullCalendar(refName, params) {
    const component = useComponent();
    const ref = useRef(refName);
    let instance = null;
    onWillStart(() => loadBundle("web.fullcalendar_lib"));
    onMounted(() => {
        instance = new globalThis.FullCalendar.Calendar(ref.el, bound(component, params));
        instance.render();
    });
    onPatched(() => instance.refetchEvents());
    onWillUnmount(() => {
        instance?.destroy();
        instance = null;
    });
    return {
        get api() {
            return instance;
        },
        get el() {
            return ref.el;
        },
    };
}
