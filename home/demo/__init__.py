"""The demo world: fictional Severnshire, its agencies and its cast"""
