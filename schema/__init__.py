"""What goes out: the contract's types bound to the domain's values. `schema` is the whole; schema.graphql is its print."""

from schema.whole import schema

__all__ = ["schema"]
