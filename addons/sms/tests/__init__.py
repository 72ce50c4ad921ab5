from . import test_sms_composer, test_sms_queue, test_sms_template, test_sms_thread
