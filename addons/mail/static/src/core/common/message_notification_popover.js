import { Component } from "@odoo/owl";

/** Who was told of a message, and whether it reached them. */
export class MessageNotificationPopover extends Component {
    static template = "mail.MessageNotificationPopover";
    static props = ["message", "close?"];
}
