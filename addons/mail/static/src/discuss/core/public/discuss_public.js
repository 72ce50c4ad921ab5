import { Component, onMounted, useState } from "@odoo/owl";
import { Discuss } from "@mail/core/public_web/discuss";
import { WelcomePage } from "@mail/discuss/core/public/welcome_page";
import { browser } from "@web/core/browser/browser";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { useService } from "@web/core/utils/hooks";

/** The page on which people from outside talk in one channel. */
export class DiscussPublic extends Component {
    static template = "mail.DiscussPublic";
    static components = { Discuss, MainComponentsContainer, WelcomePage };
    static props = {};

    setup() {
        this.store = useState(useService("mail.store"));
        this.title = useService("title");
        this.state = useState({ isWelcome: this.store.shouldDisplayWelcomeViewInitially });
        const { thread } = this;
        this.title.setParts({ action: thread.displayName, zopenerp: this.store.companyName });
        if (!thread.selfMember) {
            // of what happens in their channels members are told anyway
            this.env.services.bus_service.addChannel(`discuss.channel_${thread.id}`);
        }
        onMounted(() => {
            this.hideToken();
            if (!this.state.isWelcome) {
                this.open();
            }
        });
    }

    get thread() {
        return this.store.discuss_public_thread;
    }

    /** The token of an invitation stays neither on the screen nor where the address is copied from. */
    hideToken() {
        if (this.store.isChannelTokenSecret) {
            browser.history.replaceState(browser.history.state, "", `/discuss/channel/${this.thread.id}`);
        }
    }

    proceed() {
        this.state.isWelcome = false;
        this.open();
    }

    open() {
        const { highlightMessage: id } = this.store;
        this.thread.highlightMessage = id ? { id } : undefined;
        this.thread.setAsDiscussThread(false);
    }
}
