"""The network: profiles, directory and relayed contact"""
