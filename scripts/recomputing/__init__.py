"""Figures worked out from a bundle of facts, by Python alone and by nothing of the product"""
