"""The front door: public site and dashboards"""
