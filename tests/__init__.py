"""The suite"""
