"""What models offer beyond the verbs of records, a room for each feature: mixins of the base class of models.

==================  ===========================================================
``access``          what the user of the environment may do
``import_export``   records from and to rows of a table
``onchange``        what forms need of a model
==================  ===========================================================
"""
