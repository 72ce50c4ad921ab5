-- a copy of a database writes to nobody
DELETE FROM ir_config_parameter WHERE key = 'sms.endpoint';
UPDATE sms_sms SET state = 'canceled' WHERE state = 'outgoing';
