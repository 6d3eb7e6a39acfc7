"""How fast the site is, beside what was promised"""
