import { exprToBoolean } from "@web/core/utils/booleans";
import { registry } from "@web/core/registry";
import { createElement } from "@web/core/utils/xml";

/** What the arch says of a chatter, and the properties that say it to the component. */
const OPTIONS = {
    hasParentReloadOnAttachmentsChanged: "reload_on_attachment",
    hasParentReloadOnFollowersUpdate: "reload_on_follower",
    hasParentReloadOnMessagePosted: "reload_on_post",
    isAttachmentBoxVisibleInitially: "open_attachments",
};

/** `<chatter/>` of a form. Documents in dialogs are not talked about. */
function compileChatter(node) {
    const isInSheet = Boolean(node.closest("sheet"));
    const container = createElement("div", {
        class: "o-mail-ChatterContainer o-mail-Form-chatter",
        "t-if": "__comp__.hasChatter",
        "t-att-class": `{ "o-aside": __comp__.isChatterAside(${isInSheet}) }`,
    });
    const chatter = createElement("t", {
        "t-component": "__comp__.mailComponents.Chatter",
        has_activities: "!!__comp__.props.archInfo.has_activities",
        highlightMessageId: "__comp__.highlightMessageId",
        isChatterAside: `__comp__.isChatterAside(${isInSheet})`,
        isInFormSheetBg: `${isInSheet}`,
        saveRecord: "() => __comp__.saveForChatter()",
        threadId: "__comp__.props.record.resId || false",
        threadModel: "__comp__.props.record.resModel",
        webRecord: "__comp__.props.record",
    });
    for (const [prop, attribute] of Object.entries(OPTIONS)) {
        const value = node.getAttribute(attribute) || "";
        chatter.setAttribute(prop, `${Boolean(value) && exprToBoolean(value, true)}`);
    }
    container.append(chatter);
    return container;
}

registry.category("form_compilers").add("chatter_compiler", { selector: "chatter", fn: compileChatter });
