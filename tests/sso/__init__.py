"""Tests of sso"""
