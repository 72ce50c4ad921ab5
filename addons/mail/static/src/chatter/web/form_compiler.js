import { exprToBoolean } from "@web/core/utils/booleans";
import { registry } from "@web/core/registry";
import { createElement } from "@web/core/utils/xml";
import { applyInvisible } from "@web/views/view_compiler";

/** What the arch says of a chatter, and the properties that say it to the component. */
const OPTIONS = {
    hasParentReloadOnAttachmentsChanged: "reload_on_attachment",
    hasParentReloadOnFollowersUpdate: "reload_on_follower",
    hasParentReloadOnMessagePosted: "reload_on_post",
    isAttachmentBoxVisibleInitially: "open_attachments",
};

const PREVIEW = "div.o_attachment_preview";

/** An expression that tells whether the form that a node is in has a place for a file, which may be invisible. */
function hasPreview(node, params) {
    const preview = node.closest("form")?.querySelector(PREVIEW);
    const shown = preview && applyInvisible(preview.getAttribute("invisible"), createElement("t"), params);
    return shown ? shown.getAttribute("t-if") || "true" : "false";
}

/** `<chatter/>` of a form. Documents in dialogs are not talked about. */
function compileChatter(node, params) {
    const isInSheet = Boolean(node.closest("sheet"));
    const hasAttachmentPreview = hasPreview(node, params);
    const isAside = `__comp__.isChatterAside(${isInSheet}, ${hasAttachmentPreview})`;
    const container = createElement("div", {
        class: "o-mail-ChatterContainer o-mail-Form-chatter",
        "t-if": "__comp__.hasChatter",
        "t-att-class": `{ "o-aside": ${isAside} }`,
    });
    const chatter = createElement("t", {
        "t-component": "__comp__.mailComponents.Chatter",
        has_activities: "!!__comp__.props.archInfo.has_activities",
        hasAttachmentPreview,
        highlightMessageId: "__comp__.highlightMessageId",
        isChatterAside: isAside,
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

/** The place of a file beside the sheet, on wide screens. */
function compileAttachmentPreview() {
    const container = createElement("div", {
        class: "o_attachment_preview",
        "t-if": "__comp__.mailLayout(true) === 'COMBO'",
    });
    const view = createElement("t", {
        "t-component": "__comp__.mailComponents.AttachmentView",
        threadId: "__comp__.props.record.resId",
        threadModel: "__comp__.props.record.resModel",
    });
    container.append(view);
    return container;
}

registry
    .category("form_compilers")
    .add("attachment_preview_compiler", { selector: PREVIEW, fn: compileAttachmentPreview });
