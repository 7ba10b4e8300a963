"""Mandates (授权委托): the authority that one person gives to another, from its granting to its end."""
