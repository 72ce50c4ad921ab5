from . import test_classic_actions, test_report_file
