import { Component } from "@odoo/owl";

/** The flag of a country. */
export class CountryFlag extends Component {
    static template = "mail.CountryFlag";
    static props = { class: { type: String, optional: true }, country: Object };
    static defaultProps = { class: "" };
}
