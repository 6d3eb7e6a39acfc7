"""Tests of the API"""
