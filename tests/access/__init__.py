"""Tests of access"""
