"""What models offer beyond the verbs of records, a room for each feature: mixins of the base class of models.

=================  ===========================================================
``access``         what the user of the environment may do
``archiving``      records that are no longer in use
``companies``      which records those of a company may refer to
``constraints``    what must hold of records after they changed
``data_loading``   records of data files, by their external ids
``defaults``       what new records get where nothing is given
``description``    what a model tells of its fields and records
``display_names``  what records are called, and the search by names
``external_ids``   names of records for files and other databases
``import_export``  records from and to rows of a table
``onchange``       what forms need of a model
``translations``   texts in other languages
``tree``           records that refer to others of their model
=================  ===========================================================
"""
