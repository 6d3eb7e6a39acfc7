"""Tests of house"""
