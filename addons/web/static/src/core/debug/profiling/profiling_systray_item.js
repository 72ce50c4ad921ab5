import { Component, xml } from "@odoo/owl";

/** Sign that requests are measured. */
class ProfilingSystrayItem extends Component {
    static template = xml`
        <div class="o_profiling_sign d-flex align-items-center px-2" role="img" aria-label="Requests are measured"
             title="Requests are measured"><i class="fa fa-circle text-danger" aria-hidden="true"/></div>`;
    static props = {};
}

export const profilingSystrayItem = { Component: ProfilingSystrayItem };
