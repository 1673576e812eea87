"""The reference: every key, section, class, token and problem, made from the types and texts that define them."""
