"""Tests of audit"""
