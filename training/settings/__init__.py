"""How the site is set up, by place: base, development, test, demo"""
