import { useState } from "@odoo/owl";
import { PortalChatter } from "@portal/chatter/portal_chatter";
import { RatingStars, RatingSummary } from "@portal_rating/chatter/rating_stars";
import { rpc } from "@web/core/network/rpc";
import { patch } from "@web/core/utils/patch";

Object.assign(PortalChatter.components, { RatingStars, RatingSummary });
Object.assign(PortalChatter.props, { ratingInclude: { type: Boolean, optional: true } });

/** Stars in the talk: given with a message, averaged above it, and answered by the house. */
patch(PortalChatter.prototype, {
    setup() {
        /** @type {any} */
        this.rating = useState({ answer: "", answered: null, chosen: 0, stars: 0, stats: null });
        super.setup();
    },

    get fetchParams() {
        if (!this.props.ratingInclude) {
            return super.fetchParams;
        }
        const { chosen } = this.rating;
        return { ...super.fetchParams, rating_include: true, ...(chosen && { rating_value: chosen }) };
    },

    get postValues() {
        const { stars } = this.rating;
        return { ...super.postValues, ...(stars && { rating_value: stars }) };
    },

    onFetched(answer) {
        super.onFetched(answer);
        this.rating.stats = answer.rating_stats || null;
    },

    onPosted() {
        super.onPosted();
        this.rating.stars = 0;
    },

    /** Show the ratings with one number of stars. @param {number} stars 0 for all messages */
    onChooseStars(stars) {
        this.rating.chosen = stars;
        return this.whileBusy(() => this.reload());
    },

    onAnswer(message) {
        Object.assign(this.rating, { answer: message.rating.publisher_comment, answered: message.id });
    },

    onSaveAnswer(message) {
        return this.whileBusy(async () => {
            const answer = await rpc("/website/rating/comment", {
                publisher_comment: this.rating.answer,
                rating_id: message.rating.id,
            });
            if (answer.error) {
                throw Object.assign(new Error(answer.error), { data: { message: answer.error } });
            }
            message.rating = answer;
            this.rating.answered = null;
        });
    },
});
