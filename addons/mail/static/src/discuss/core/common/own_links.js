/** Links in messages that lead to places in the conversation, by what they say they are. */
const PLACES = {
    highlight: ({ env, props, store }, id) => {
        const message = store.Message.insert({ id });
        env.messageHighlight?.highlightMessage(message, props.thread);
    },
    "pin-menu": ({ env }) => env.pinMenu?.open(),
    "sub-channels-menu": ({ env }) => env.subChannelMenu?.open(),
};

/**
 * Go where a link of a message leads, if that is in the conversation.
 *
 * @param {Object} component in which it was clicked
 * @param {MouseEvent} ev
 * @returns {boolean} whether it led there
 */
export function followOwnLink(component, ev) {
    const { oeId: id, oeType: type } = ev.target.closest?.("a[data-oe-type]")?.dataset || {};
    if (!PLACES[type]) {
        return false;
    }
    ev.preventDefault();
    PLACES[type](component, Number(id));
    return true;
}
