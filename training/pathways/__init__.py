"""The pathway: tiers, modules and who must do which"""
