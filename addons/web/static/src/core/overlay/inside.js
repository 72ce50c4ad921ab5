/** Whether a node is in a popover, menu or dialog above the page and not in what contains `el`. */
export function isInsideOverlayOf(el, target) {
    const overlay = target.closest?.(".o-overlay-item, .o_notification_manager");
    return Boolean(overlay) && !overlay.contains(el);
}
