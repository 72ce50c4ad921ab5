import { useState } from "@odoo/owl";

/** State of a dropdown that its owner commands: `{isOpen, open, close}`. */
export function useDropdownState({ onOpen, onClose } = {}) {
    const state = useState({
        isOpen: false,
        open: () => {
            state.isOpen = true;
            onOpen?.();
        },
        close: () => {
            state.isOpen = false;
            onClose?.();
        },
    });
    return state;
}

/** Functions to close the dropdowns around the component. */
export function useDropdownCloser(env) {
    return { close: () => env.dropdownControl?.close(), closeAll: () => env.dropdownControl?.closeAll() };
}
