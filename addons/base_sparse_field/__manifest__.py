{
    "name": "Sparse Fields",
    "version": "18.0.1.0.0",
    "category": "Hidden",
    "summary": "Many fields in one column",
    "description": "A field with sparse='data' keeps its value in the serialized field 'data', beside those of others: "
    "models may have thousands of fields of which a record has a few.",
    "depends": ["base"],
    "data": ["security/ir.model.access.csv", "views/ir_model_fields_views.xml"],
    "license": "LGPL-3",
}
