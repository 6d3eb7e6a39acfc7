"""Who may do what: permissions, roles, gates, scopes"""
