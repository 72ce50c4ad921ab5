-- what was put off is the original's to do
UPDATE ir_job SET state = 'cancelled', worker = NULL, date_done = now() AT TIME ZONE 'UTC'
 WHERE state IN ('blocked', 'waiting', 'pending', 'started');

-- nothing happens by itself, but for the cleaning
UPDATE ir_cron
   SET active = FALSE
 WHERE id NOT IN (
    SELECT res_id FROM ir_model_data WHERE model = 'ir.cron' AND module = 'base' AND name = 'autovacuum_job'
 );

-- no e-mail leaves: neither by the servers of the database, nor by that of the configuration, which is used without any
UPDATE ir_mail_server SET active = FALSE;
INSERT INTO ir_mail_server (name, smtp_host, smtp_port, smtp_encryption, smtp_authentication, sequence, active)
VALUES ('Neutralized: nothing is sent', 'neutralized.invalid', 1025, 'none', 'login', 0, TRUE);

-- webhooks call nobody
UPDATE ir_act_server SET webhook_url = 'https://neutralized.invalid' WHERE webhook_url IS NOT NULL;

-- everybody can ask
INSERT INTO ir_config_parameter (key, value)
VALUES ('database.is_neutralized', 'true')
    ON CONFLICT (key) DO UPDATE SET value = 'true';
