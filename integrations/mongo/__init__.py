"""The store: MongoDB through Motor. The only place that imports motor, pymongo or bson."""
