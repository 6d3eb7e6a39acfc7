"""The look: layout, components, styles, scripts"""
