import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

const STARS = [1, 2, 3, 4, 5];

/** Stars: how many were given, or, with `onChange`, how many are. */
export class RatingStars extends Component {
    static template = "portal_rating.Stars";
    static props = { value: Number, onChange: { type: Function, optional: true } };

    get stars() {
        const { value } = this.props;
        return STARS.map((number) => ({
            icon: value >= number - 0.25 ? "fa-star" : value >= number - 0.75 ? "fa-star-half-o" : "fa-star-o",
            label: number === 1 ? _t("One star").toString() : _t("%s stars", number).toString(),
            number,
        }));
    }

    get label() {
        return _t("%s of 5 stars", Math.round(this.props.value * 10) / 10).toString();
    }
}

/** What all who rated think, with how often there is each number of stars. */
export class RatingSummary extends Component {
    static template = "portal_rating.Summary";
    static components = { RatingStars };
    static props = { chosen: Number, onChoose: Function, stats: Object };

    get rows() {
        const { percent } = this.props.stats;
        return [...STARS].reverse().map((stars) => ({ share: Math.round(percent[stars] || 0), stars }));
    }

    get average() {
        return this.props.stats.avg.toFixed(1);
    }
}
