"""Tests of messages."""

from . import (
    test_activities,
    test_aliases,
    test_common,
    test_composer,
    test_fetchmail,
    test_followers,
    test_gateway,
    test_gateway_bounces,
    test_gateway_parsing,
    test_mail_send,
    test_mailgate,
    test_messages,
    test_posting,
    test_reach,
    test_recipients,
    test_render,
    test_routes,
    test_server_actions,
    test_store_routes,
    test_tracking,
)
