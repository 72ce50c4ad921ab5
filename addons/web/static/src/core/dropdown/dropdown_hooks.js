import { useState } from "@odoo/owl";

/**
 * State of a dropdown that its owner commands.
 *
 * @param {{onOpen?: Function, onClose?: Function}} [options]
 * @returns {{isOpen: boolean, open: () => void, close: () => void}}
 */
export function useDropdownState({ onOpen, onClose } = {}) {
    const state = useState({ isOpen: false });
    const change = (isOpen, tell) => () => {
        Object.assign(state, { isOpen });
        tell?.();
    };
    return Object.assign(state, { open: change(true, onOpen), close: change(false, onClose) });
}

/** Functions to close the dropdowns around the component. */
export function useDropdownCloser(env) {
    return { close: () => env.dropdownControl?.close(), closeAll: () => env.dropdownControl?.closeAll() };
}
