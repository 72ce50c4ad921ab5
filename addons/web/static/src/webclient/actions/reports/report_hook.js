import { useComponent, useEffect } from "@odoo/owl";

/** What is in an element, or in the page of a frame. */
function contentOf(el) {
    return el instanceof HTMLIFrameElement ? el.contentDocument?.body : el;
}

/**
 * Component hook: elements of a report that name a record or a domain open it.
 *
 * Elements say `res-model`, and `res-id`, or `domain` with `view-type`.
 *
 * @param {{el: HTMLElement|null}} ref element or frame that shows the report
 * @param {string} [selector] part of it
 */
export function useEnrichWithActionLinks(ref, selector) {
    const component = useComponent();
    const open = (ev) => {
        const link = ev.target.closest("[res-model][res-id], [res-model][domain]");
        if (!link || (selector && !link.closest(selector))) {
            return;
        }
        ev.preventDefault();
        const value = (name) => link.getAttribute(name);
        const hasRecord = link.hasAttribute("res-id");
        component.env.services.action.doAction({
            type: "ir.actions.act_window",
            name: value("name") || link.textContent.trim(),
            res_model: value("res-model"),
            ...(hasRecord ? { res_id: Number(value("res-id")) } : { domain: value("domain") || [] }),
            views: [[false, value("view-type") || (hasRecord ? "form" : "list")]],
        });
    };
    useEffect(
        (el) => {
            if (!el) {
                return;
            }
            const listen = () => contentOf(el)?.addEventListener("click", open);
            // a frame gets another page when it is loaded
            el.addEventListener("load", listen);
            listen();
            return () => {
                el.removeEventListener("load", listen);
                contentOf(el)?.removeEventListener("click", open);
            };
        },
        () => [ref.el]
    );
}
