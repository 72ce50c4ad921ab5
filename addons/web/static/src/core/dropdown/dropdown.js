import {
    Component,
    onMounted,
    onPatched,
    onRendered,
    onWillUnmount,
    reactive,
    useEffect,
    useState,
    xml,
} from "@odoo/owl";
import { DropdownPopover } from "@web/core/dropdown/_behaviours/dropdown_popover";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { usePopover } from "@web/core/popover/popover_hook";

/** Button (first slot) that opens a menu ("content" slot). Nested ones open beside their item. */
export class Dropdown extends Component {
    static template = xml`<t t-slot="default"/>`;
    static components = {};
    static props = {
        arrow: { type: Boolean, optional: true },
        menuClass: { optional: true },
        position: { type: String, optional: true },
        slots: { type: Object, optional: true },
        items: { type: Array, optional: true },
        menuRef: { type: Function, optional: true },
        role: { type: String, optional: true },
        disabled: { type: Boolean, optional: true },
        holdOnHover: { type: Boolean, optional: true },
        focusToggleOnClosed: { type: Boolean, optional: true },
        beforeOpen: { type: Function, optional: true },
        onOpened: { type: Function, optional: true },
        onStateChanged: { type: Function, optional: true },
        state: { type: Object, optional: true },
        manual: { type: Boolean, optional: true },
        navigationOptions: { type: Object, optional: true },
        bottomSheet: { type: Boolean, optional: true },
    };
    static defaultProps = { menuClass: "", disabled: false, manual: false, role: "menu" };

    setup() {
        this.state = useState(this.props.state || useDropdownState());
        this.refresher = reactive({ token: 0 });
        this.nested = Boolean(this.env.dropdownControl);
        const parentControl = this.env.dropdownControl;
        this.control = {
            close: () => this.state.close(),
            closeAll: () => {
                this.state.close();
                parentControl?.closeAll();
            },
        };
        const { menuClass } = this.props;
        this.popover = usePopover(DropdownPopover, {
            position: this.props.position || (this.nested ? "right-start" : "bottom-start"),
            popoverClass: `o-dropdown--menu dropdown-menu show ${
                typeof menuClass === "string"
                    ? menuClass
                    : Object.keys(menuClass)
                          .filter((k) => menuClass[k])
                          .join(" ")
            }`,
            popoverRole: this.props.role,
            onClose: () => this.state.isOpen && this.state.close(),
            ref: (ref) => this.props.menuRef?.(ref),
            arrow: Boolean(this.props.arrow),
            holdOnHover: this.props.holdOnHover,
            // items are walked by arrows, and the button keeps the focus of those who point
            setActiveElement: false,
        });
        this.onToggle = this.onToggle.bind(this);
        this.onHover = this.onHover.bind(this);
        onMounted(() => this.bindTarget());
        onPatched(() => this.bindTarget());
        onRendered(() => {
            this.refresher.token++;
        });
        onWillUnmount(() => this.unbindTarget());
        useEffect(
            (isOpen) => this.applyState(isOpen),
            () => [this.state.isOpen]
        );
    }

    /** @returns {HTMLElement|null} first element of the default slot */
    get target() {
        /** @type {any} */
        let node = this.__owl__.firstNode();
        while (node && node.nodeType !== Node.ELEMENT_NODE) {
            node = node.nextSibling;
        }
        return node;
    }

    bindTarget() {
        const { target } = this;
        if (target === this.boundTarget) {
            this.markTarget();
            return;
        }
        this.unbindTarget();
        this.boundTarget = target;
        if (target) {
            target.setAttribute("aria-expanded", "false");
            target.classList.add("o-dropdown", "dropdown-toggle", "dropdown");
            target.classList.toggle("o-dropdown--has-parent", this.nested);
            if (!this.props.manual) {
                target.addEventListener("click", this.onToggle);
                target.addEventListener("mouseenter", this.onHover);
            }
        }
    }

    unbindTarget() {
        this.boundTarget?.removeEventListener("click", this.onToggle);
        this.boundTarget?.removeEventListener("mouseenter", this.onHover);
        this.boundTarget = null;
    }

    markTarget() {
        this.boundTarget?.classList.add("o-dropdown", "dropdown-toggle");
        this.boundTarget?.classList.toggle("show", this.state.isOpen);
        this.boundTarget?.setAttribute("aria-expanded", String(this.state.isOpen));
    }

    async onToggle(ev) {
        if (this.props.disabled) {
            return;
        }
        ev.stopPropagation();
        if (this.state.isOpen) {
            this.state.close();
        } else {
            await this.props.beforeOpen?.();
            this.state.open();
        }
    }

    async onHover() {
        const group = Dropdown.openSiblings.get(this.siblingGroup());
        if (this.nested && !this.state.isOpen && !this.props.disabled) {
            await this.props.beforeOpen?.();
            this.state.open();
        } else if (group && group !== this && group.state.isOpen) {
            group.state.close();
            await this.props.beforeOpen?.();
            this.state.open();
        }
    }

    siblingGroup() {
        return this.boundTarget?.closest(".o-dropdown-group") || this;
    }

    applyState(isOpen) {
        this.markTarget();
        if (isOpen && this.target) {
            Dropdown.openSiblings.set(this.siblingGroup(), this);
            const dropdown = this;
            this.popover.open(this.target, {
                items: this.props.items,
                refresher: this.refresher,
                control: this.control,
                onOpened: this.props.onOpened,
                navigation: this.props.navigationOptions,
                slots: {
                    get content() {
                        return dropdown.props.slots?.content;
                    },
                },
            });
        } else {
            this.popover.close();
        }
        if (this.wasOpen !== undefined || isOpen) {
            this.props.onStateChanged?.(isOpen);
        }
        this.wasOpen = isOpen;
    }
}

Dropdown.openSiblings = new WeakMap();

// where addons look for it, too
export { DropdownItem } from "@web/core/dropdown/dropdown_item";
