"""Tests of people"""
