"""Organisations that act for people (社区帮扶办, 企业自助办, 窗口) or decide their matters, and the posts of those who work there."""
