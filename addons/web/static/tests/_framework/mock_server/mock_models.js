/** Models of base that tests of views need. */

import { Command, fields } from "./mock_fields";
import { ServerModel } from "./mock_model";
import { serverState } from "../mock_server_state";

class IrAttachment extends ServerModel {
    _name = "ir.attachment";
    name = fields.Char();
    mimetype = fields.Char();
    res_model = fields.Char();
    res_id = fields.Integer();
    url = fields.Char();
}

class IrModel extends ServerModel {
    _name = "ir.model";
    name = fields.Char();
    model = fields.Char();

    display_name_for(names) {
        return names.map((model) => ({ model, display_name: model }));
    }

    get_available_models() {
        return Object.keys(this.env.models).map((model) => ({ model, display_name: model }));
    }
}

class IrModelAccess extends ServerModel {
    _name = "ir.model.access";
    name = fields.Char();
}

class IrModelFields extends ServerModel {
    _name = "ir.model.fields";
    name = fields.Char();
    model_id = fields.Many2one({ relation: "ir.model" });
}

class IrRule extends ServerModel {
    _name = "ir.rule";
    name = fields.Char();
}

class IrUiView extends ServerModel {
    _name = "ir.ui.view";
    name = fields.Char();
    type = fields.Char();
    arch = fields.Text();
}

class ResCompany extends ServerModel {
    _name = "res.company";
    name = fields.Char();
    partner_id = fields.Many2one({ relation: "res.partner" });
    _records = serverState.companies.map(({ id, name }) => ({ id, name }));
}

class ResCountry extends ServerModel {
    _name = "res.country";
    name = fields.Char();
    code = fields.Char();
}

class ResCurrency extends ServerModel {
    _name = "res.currency";
    name = fields.Char();
    symbol = fields.Char();
    position = fields.Selection({
        selection: [
            ["after", "After Amount"],
            ["before", "Before Amount"],
        ],
    });
    _records = serverState.currencies.map(({ id, name, symbol, position }) => ({ id, name, symbol, position }));
}

class ResGroups extends ServerModel {
    _name = "res.groups";
    name = fields.Char();
    _records = [{ id: serverState.groupId, name: "Internal User" }];
}

class ResPartner extends ServerModel {
    _name = "res.partner";
    name = fields.Char();
    active = fields.Boolean({ default: true });
    email = fields.Char();
    phone = fields.Char();
    color = fields.Integer();
    is_company = fields.Boolean();
    parent_id = fields.Many2one({ relation: "res.partner" });
    company_id = fields.Many2one({ relation: "res.company" });
    country_id = fields.Many2one({ relation: "res.country" });
    user_ids = fields.One2many({ relation: "res.users", relation_field: "partner_id" });
    _records = [{ id: serverState.partnerId, name: serverState.partnerName }];
}

class ResUsers extends ServerModel {
    _name = "res.users";
    name = fields.Char({ related: "partner_id.name" });
    login = fields.Char();
    password = fields.Char();
    lang = fields.Char();
    tz = fields.Char();
    active = fields.Boolean({ default: true });
    partner_id = fields.Many2one({ relation: "res.partner" });
    company_id = fields.Many2one({ relation: "res.company" });
    groups_id = fields.Many2many({ relation: "res.groups" });
    _records = [
        {
            id: serverState.userId,
            login: "admin",
            password: "admin",
            partner_id: serverState.partnerId,
            company_id: serverState.companies[0]?.id,
            groups_id: [Command.link(serverState.groupId)],
        },
    ];

    has_group() {
        return serverState.userId === this.env.uid;
    }
}

/** Classes of the models of base, to be defined as they are or extended. */
export const webModels = {
    IrAttachment,
    IrModel,
    IrModelAccess,
    IrModelFields,
    IrRule,
    IrUiView,
    ResCompany,
    ResCountry,
    ResCurrency,
    ResGroups,
    ResPartner,
    ResUsers,
};
