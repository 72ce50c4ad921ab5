"""What requests for public pages go through."""

from . import ir_http, ir_http_errors, ir_http_language, ir_http_urls, ir_qweb, res_lang
