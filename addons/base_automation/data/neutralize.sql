-- a copy of a database tells nobody
UPDATE ir_act_server SET webhook_url = 'http://webhook.invalid/' WHERE state = 'webhook';
