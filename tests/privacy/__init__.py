"""Tests of privacy"""
