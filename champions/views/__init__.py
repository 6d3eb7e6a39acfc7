"""The network's pages, by subject"""
