"""The facts behind the figures, as a bundle for an auditor"""
