import { toRaw, useComponent, useState } from "@odoo/owl";
import { QuickReactionMenu } from "@mail/core/common/quick_reaction_menu";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** What can be done with a message, by name. */
export const messageActionsRegistry = registry.category("mail.message/actions");

const isIn = (component, model) => component.props.thread?.model === model;
const message = (component) => component.props.message;

messageActionsRegistry
    .add("reaction", {
        callComponent: QuickReactionMenu,
        condition: (component) => message(component).canAddReaction(component.props.thread),
        icon: "fa fa-smile-o",
        title: _t("Add a reaction"),
        props: (component) => ({ message: message(component) }),
        sequence: 10,
    })
    .add("reply-to", {
        condition: (component) =>
            Boolean(component.props.messageToReplyTo) && message(component).canReplyTo(component.props.thread),
        icon: "fa fa-reply",
        title: _t("Answer"),
        onClick: (component) =>
            component.props.messageToReplyTo.toggle(component.props.thread, toRaw(message(component))),
        sequence: (component) => (component.props.thread?.eq(component.store.inbox) ? 55 : 20),
    })
    .add("toggle-star", {
        condition: (component) => message(component).canToggleStar,
        icon: (component) => (message(component).starred ? "fa fa-star o-mail-Message-starred" : "fa fa-star-o"),
        title: (component) => (message(component).starred ? _t("Take the star away") : _t("Mark with a star")),
        onClick: (component) => message(component).toggleStar(),
        sequence: 30,
        mobileCloseAfterClick: false,
    })
    .add("mark-as-read", {
        condition: (component) => component.props.thread?.eq(component.store.inbox) || false,
        icon: "fa fa-check",
        title: _t("Mark as read"),
        onClick: (component) => message(component).setDone(),
        sequence: 40,
    })
    .add("reactions", {
        condition: (component) => message(component).reactions.length > 0,
        icon: "fa fa-heart-o",
        title: _t("Who reacted"),
        onClick: (component) => component.openReactionMenu(),
        sequence: 50,
        dropdown: true,
    })
    .add("download_files", {
        condition: (component) => message(component).attachment_ids.length > 1 && component.store.self.isInternalUser,
        icon: "fa fa-download",
        title: _t("Download the files"),
        onClick: (component) => component.downloadFiles(),
        sequence: 55,
    })
    .add("unfollow", {
        condition: (component) => message(component).canUnfollow(component.props.thread),
        icon: "fa fa-user-times",
        title: _t("Stop following"),
        onClick: (component) => message(component).unfollow(),
        sequence: 60,
    })
    .add("mark-as-unread", {
        condition: (component) =>
            isIn(component, "discuss.channel") &&
            component.store.self.type === "partner" &&
            !message(component).isTemporary,
        icon: "fa fa-eye-slash",
        title: _t("Mark as new from here"),
        onClick: (component) => message(component).onClickMarkAsUnread(component.props.thread),
        sequence: 70,
    })
    .add("edit", {
        condition: (component) => message(component).editable,
        icon: "fa fa-pencil",
        title: _t("Edit"),
        onClick: (component) => component.enterEditMode(),
        sequence: 80,
    })
    .add("delete", {
        condition: (component) => message(component).editable,
        icon: "fa fa-trash-o",
        title: _t("Delete"),
        btnClass: "text-danger",
        onClick: (component) => component.onClickDelete(),
        sequence: 90,
    })
    .add("toggle-translation", {
        condition: (component) => message(component).isTranslatable(component.props.thread),
        icon: (component) => `fa fa-language${component.isTranslated ? " text-primary" : ""}`,
        title: (component) => (component.isTranslated ? _t("Show as it was written") : _t("Translate")),
        onClick: (component) => component.onClickToggleTranslation(),
        sequence: 100,
    })
    .add("copy-link", {
        condition: (component) => message(component).message_type !== "user_notification" && message(component).id > 0,
        icon: "fa fa-link",
        title: _t("Copy the link"),
        onClick: (component) => message(component).copyLink(),
        sequence: 110,
    });

/** An action as the component shows it. */
function shownAction(component, id, action) {
    const valueOf = (value) => (typeof value === "function" ? value(component) : value);
    return {
        get btnClass() {
            return valueOf(action.btnClass) || "";
        },
        callComponent: action.callComponent,
        component: action.component,
        get condition() {
            return Boolean(action.condition(component));
        },
        dropdown: action.dropdown,
        get icon() {
            return valueOf(action.icon);
        },
        id,
        mobileCloseAfterClick: action.mobileCloseAfterClick ?? true,
        onClick: (ev) => action.onClick?.(component, ev),
        get props() {
            return valueOf(action.props) || {};
        },
        get sequence() {
            return valueOf(action.sequence);
        },
        get title() {
            return valueOf(action.title)?.toString();
        },
    };
}

/** What can be done with the message of a component. @returns {{actions: Object[]}} those that can, in their order */
export function useMessageActions() {
    const component = useComponent();
    const entries = messageActionsRegistry.getEntries();
    entries.forEach(([, action]) => action.setup?.(component));
    const all = entries.map(([id, action]) => shownAction(component, id, action));
    const state = useState({
        get actions() {
            const actions = all
                .filter((action) => action.condition)
                .sort((one, other) => one.sequence - other.sequence);
            actions.forEach((action, index) =>
                Object.assign(action, { isFirst: index === 0, isLast: index === actions.length - 1 })
            );
            return actions;
        },
    });
    return state;
}
