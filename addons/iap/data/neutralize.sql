-- a copy of a database does not spend what the original has
UPDATE iap_account
   SET account_token = split_part(account_token, '+', 1) || '+disabled'
 WHERE account_token IS NOT NULL;
