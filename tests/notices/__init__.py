"""Tests of notices"""
