"""Tests of champions"""
