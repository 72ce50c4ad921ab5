import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useAutofocus } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

/** Milliseconds without a key after which is looked for what was typed. */
const TYPED = 300;
const SILENT = { silent: true };

/** Moving pictures of a service: what many look for, what is typed, and what the user keeps. */
export class GifPicker extends Component {
    static template = "mail.GifPicker";
    static props = ["onSelect", "close?"];

    setup() {
        this.state = useState({
            categories: [],
            error: "",
            favorites: [],
            gifs: [],
            isLoading: false,
            next: "",
            tab: "search",
            term: "",
        });
        /** Number of the last question: answers to others come too late. */
        this.asked = 0;
        this.searchLater = useDebounced(() => this.search(), TYPED);
        useAutofocus({ refName: "search" });
        onWillStart(() => void this.start());
    }

    /** Where the user is. */
    get place() {
        const [locale, country = "US"] = (user.lang || "en-US").split(/[-_]/);
        return { country, locale };
    }

    get shown() {
        return this.state.tab === "favorites" ? this.state.favorites : this.state.gifs;
    }

    get showsCategories() {
        return this.state.tab === "search" && !this.state.term.trim();
    }

    get hasMore() {
        return this.state.tab === "search" && Boolean(this.state.next) && !this.showsCategories;
    }

    urlOf(gif) {
        return gif.media_formats?.tinygif?.url;
    }

    isFavorite(gif) {
        return this.state.favorites.some(({ id }) => id === gif.id);
    }

    async start() {
        await this.ask(
            () =>
                Promise.all([
                    rpc("/discuss/gif/categories", this.place, SILENT),
                    rpc("/discuss/gif/favorites", {}, SILENT),
                ]),
            ([{ tags = [] }, [favorites]]) => Object.assign(this.state, { categories: tags, favorites })
        );
    }

    /** Ask the server, and take the answer unless something else was asked since. */
    async ask(question, take) {
        const number = ++this.asked;
        Object.assign(this.state, { error: "", isLoading: true });
        try {
            const answer = await question();
            if (number === this.asked) {
                take(answer);
            }
        } catch (error) {
            if (number === this.asked) {
                this.state.error = (error.data?.message || _t("The pictures cannot be reached just now.")).toString();
            }
        } finally {
            if (number === this.asked) {
                this.state.isLoading = false;
            }
        }
    }

    /** @param {string} [position] where the last page ended */
    search(position) {
        const term = this.state.term.trim();
        if (!term) {
            this.asked++;
            return Object.assign(this.state, { gifs: [], isLoading: false, next: "" });
        }
        return this.ask(
            () => rpc("/discuss/gif/search", { ...this.place, position, search_term: term }, SILENT),
            ({ next = "", results = [] }) => {
                this.state.gifs = position ? [...this.state.gifs, ...results] : results;
                this.state.next = next;
            }
        );
    }

    onInput() {
        this.state.tab = "search";
        this.state.gifs = [];
        this.searchLater();
    }

    onClickCategory({ searchterm }) {
        this.state.term = searchterm;
        return this.search();
    }

    async toggleFavorite(gif) {
        const isKept = this.isFavorite(gif);
        await rpc(`/discuss/gif/${isKept ? "remove" : "add"}_favorite`, { tenor_gif_id: gif.id }, SILENT);
        const others = this.state.favorites.filter(({ id }) => id !== gif.id);
        this.state.favorites = isKept ? others : [gif, ...others];
    }

    choose(gif) {
        this.props.onSelect(this.urlOf(gif));
        this.props.close?.();
    }
}

registry.category("lazy_components").add("mail.GifPicker", GifPicker);
