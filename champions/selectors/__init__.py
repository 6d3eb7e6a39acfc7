"""Reads over the network: facts, directory, requests, coordinator's page"""
